import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Product } from '../../products/product';
import type { Configuration } from '../configuration';
import { Portfolio } from './portfolio';
import { PortfolioShare } from './portfolio-share';
import { sharedNodes } from './shared-nodes';
import { VersionGuidance } from './version-guidance';

interface HubStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly catalogue: readonly Product[];
}

/** What the hub account has in each region: the portfolio, its products, and its share with the organization. */
export class HubStack extends Stack {
  readonly portfolioId: string;

  constructor(scope: Construct, id: string, { configuration, catalogue, ...props }: HubStackProps) {
    super(scope, id, {
      description: 'Gatehouse: the portfolio and its share with the organization',
      ...props,
    });
    const portfolio = new Portfolio(this, 'Portfolio', { configuration, catalogue });
    this.portfolioId = portfolio.portfolioId;

    const guidance = new VersionGuidance(this, 'Guidance', portfolio.offered);
    const share = new PortfolioShare(this, 'Share', {
      portfolioId: portfolio.portfolioId,
      nodes: sharedNodes(configuration),
    });
    // Tenants first see the portfolio when all of it is there; one without products cannot be shared.
    share.shares[0]?.node.addDependency(portfolio, ...guidance.resources);

    new CfnOutput(this, 'PortfolioId', {
      description: 'The portfolio that the organization launches from',
      value: portfolio.portfolioId,
    });
    for (const { product, offer } of portfolio.offered) {
      new CfnOutput(this, `ProductId-${product.key}`, {
        description: `Product id of ${product.name}, for the settings of a Jira project`,
        value: offer.productId,
      }).overrideLogicalId(`ProductId${pascalCase(product.key)}`);
    }
  }
}

const pascalCase = (key: string): string =>
  key
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
