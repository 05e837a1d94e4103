import {
  Aws,
  CfnCondition,
  CfnParameter,
  Fn,
  type Stack,
  aws_servicecatalog as servicecatalog,
} from 'aws-cdk-lib';
import type { Configuration } from '../configuration';
import { portfolioPrincipals } from '../names';

/** The template's parameter that takes the id of a region's portfolio. */
export const portfolioParameter = (region: string): string =>
  `Portfolio${region.split('-').map(capitalized).join('')}`;

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * A share with the organization or with units brings its principals along; one with single accounts does not. So where
 * accounts are named, each of them says for itself who may launch from the portfolio that is shared with it.
 * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreatePortfolioShare.html
 */
export const admitToPortfolio = (stack: Stack, configuration: Configuration): void => {
  for (const region of configuration.regions) {
    const name = portfolioParameter(region);
    const portfolio = new CfnParameter(stack, name, { description: `Id of the portfolio in ${region}` });
    const here = new CfnCondition(stack, `In${name}`, {
      expression: Fn.conditionEquals(Aws.REGION, region),
    });
    for (const [id, role] of portfolioPrincipals(configuration)) {
      const association = new servicecatalog.CfnPortfolioPrincipalAssociation(stack, `${name}-${id}`, {
        portfolioId: portfolio.valueAsString,
        principalArn: `arn:aws:iam:::role/${role}`,
        principalType: 'IAM_PATTERN',
      });
      association.cfnOptions.condition = here;
    }
  }
};
