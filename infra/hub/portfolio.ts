import { aws_servicecatalog as servicecatalog } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Product } from '../../products/product';
import type { Configuration } from '../configuration';
import { launchRoleName, portfolioPrincipals } from '../names';
import { OfferedProduct } from './offered-product';
import { TAG_OPTIONS } from './tag-options';

interface PortfolioProps {
  readonly configuration: Configuration;
  readonly catalogue: readonly Product[];
}

/** The portfolio: what it offers, with which tags, and which roles of any account may launch from it. */
export class Portfolio extends Construct {
  readonly portfolioId: string;
  readonly offered: readonly { readonly product: Product; readonly offer: OfferedProduct }[];

  constructor(scope: Construct, id: string, { configuration, catalogue }: PortfolioProps) {
    super(scope, id);
    const { ref: portfolioId } = new servicecatalog.CfnPortfolio(this, 'Resource', {
      displayName: 'Gatehouse',
      providerName: 'Cloud platform',
      description:
        'What employees launch from Jira Service Management or, where allowed, from the AWS console',
    });
    this.portfolioId = portfolioId;
    this.offered = catalogue.map((product) => ({
      product,
      offer: new OfferedProduct(this, product.key, {
        product,
        portfolioId,
        launchRoleName: launchRoleName(configuration, product.key),
      }),
    }));

    for (const [key, value] of Object.entries(TAG_OPTIONS)) {
      const option = new servicecatalog.CfnTagOption(this, `Tag-${key}`, { key, value, active: true });
      new servicecatalog.CfnTagOptionAssociation(this, `TagOfPortfolio-${key}`, {
        resourceId: portfolioId,
        tagOptionId: option.ref,
      });
    }

    for (const [id, role] of portfolioPrincipals(configuration)) this.admit(id, role);
  }

  /** Whoever holds a role of this path and name, in any account that the portfolio is shared with, may launch. */
  private admit(id: string, role: string): void {
    new servicecatalog.CfnPortfolioPrincipalAssociation(this, id, {
      portfolioId: this.portfolioId,
      principalArn: `arn:aws:iam:::role/${role}`,
      principalType: 'IAM_PATTERN',
    });
  }
}
