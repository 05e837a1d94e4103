import type { Administration } from './aws/service-catalog/administration';
import { RuleSet } from './aws/service-catalog/template-rules';
import { HUB, LAUNCH_ROLE_NAME, REGION, TENANT_ROLE_NAME } from './organization';
import { synthesizeProducts } from './products';

/** What the portfolio offers under a product's key. */
export interface OfferedProduct {
  readonly productId: string;
  readonly versionId: string;
  readonly name: string;
}

export interface Portfolio {
  readonly id: string;
  /** @throws Error for a key that the catalogue does not have */
  product(key: string): OfferedProduct;
  readonly products: readonly OfferedProduct[];
}

const roleName = (pathAndName: string): string => pathAndName.split('/').at(-1) ?? pathAndName;

/** Sets the hub up as the cloud platform engineer would: the products' portfolio, shared with the organization. */
export const createPortfolio = (hub: Administration): Portfolio => {
  const home = { account: HUB, region: REGION };
  const id = hub.createPortfolio({ ...home, name: 'Self-service', provider: 'Cloud platform' });
  const offered = synthesizeProducts().map(({ product, template }) => {
    const { key, name, owner, description, versions, templateConstraint } = product;
    const [version] = versions;
    const productId = hub.createProduct({ ...home, name, owner, description });
    const templateUrl = `https://gatehouse-products.s3.${REGION}.amazonaws.com/${key}/${version.name}.json`;
    const versionId = hub.addVersion({
      productId,
      name: version.name,
      description: version.description,
      templateUrl,
      template,
    });
    hub.addProduct(id, productId);
    const place = { portfolioId: id, productId };
    hub.addConstraint({ ...place, type: 'LAUNCH', localRoleName: roleName(LAUNCH_ROLE_NAME) });
    if (templateConstraint) {
      const rules = RuleSet.parse(templateConstraint.rules);
      hub.addConstraint({ ...place, type: 'TEMPLATE', rules, description: templateConstraint.description });
    }
    return { key, productId, versionId, name };
  });
  hub.associatePrincipal({
    portfolioId: id,
    arn: `arn:aws:iam:::role/${TENANT_ROLE_NAME}`,
    type: 'IAM_PATTERN',
  });
  hub.share({ portfolioId: id, with: 'organization', sharePrincipals: true });
  return {
    id,
    products: offered,
    product: (key) => {
      const found = offered.find((candidate) => candidate.key === key);
      if (!found) throw new Error(`The catalogue has no product ${key}`);
      return found;
    },
  };
};
