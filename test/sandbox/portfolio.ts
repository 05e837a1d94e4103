import { launchRoleName } from '../../infra/names';
import { configuration } from './configuration';
import type { Deployment } from './deployment/deploy';

/** What the portfolio offers under a product's key. */
interface OfferedProduct {
  readonly productId: string;
  /** The newest version. */
  readonly versionId: string;
  readonly name: string;
}

/** What a deployment has made of the catalogue, for whoever orders. */
export interface Portfolio {
  readonly id: string;
  /** @param key of a product in the catalogue @throws Error where the portfolio does not offer it */
  product(key: string): OfferedProduct;
  readonly products: readonly OfferedProduct[];
}

export const portfolioOf = (deployment: Deployment): Portfolio => {
  const made = (type: string) => deployment.of(`AWS::ServiceCatalog::${type}`);
  const products = made('CloudFormationProduct').map(({ made: { id, attributes } }) => ({
    productId: id,
    // Service Catalog lists versions in the order in which they were made.
    versionId: attributes?.['ProvisioningArtifactIds']?.split(',').at(-1) ?? '',
    name: attributes?.['ProductName'] ?? '',
  }));
  return {
    id: made('Portfolio')[0]?.made.id ?? '',
    products,
    product: (key) => {
      // Products have no key in AWS; the launch role that each is constrained to is called after it.
      const role = launchRoleName(configuration, key);
      const constraint = made('LaunchRoleConstraint').find(
        ({ properties }) => properties['LocalRoleName'] === role,
      );
      const found = products.find(({ productId }) => productId === constraint?.properties['ProductId']);
      if (!found) throw new Error(`The portfolio has no product that ${role} launches`);
      return found;
    },
  };
};
