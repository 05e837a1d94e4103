import type { TemplateParameter } from '../stacks';

/** What an administrator has set up. Entries are replaced, never changed. */
export interface Catalog {
  readonly portfolios: Map<string, Portfolio>;
  readonly products: Map<string, Product>;
  readonly constraints: Map<string, Constraint>;
  readonly tagOptions: Map<string, TagOption>;
}

export const emptyCatalog = (): Catalog => ({
  portfolios: new Map(),
  products: new Map(),
  constraints: new Map(),
  tagOptions: new Map(),
});

/** Where something of Service Catalog lives. Nothing is seen from another region. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

export interface Portfolio extends Home {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly description: string | undefined;
  readonly createdAt: Date;
  readonly productIds: readonly string[];
  readonly principals: readonly PrincipalAssociation[];
  readonly shares: readonly Share[];
}

export interface PrincipalAssociation {
  /** The account whose administrator made it: the portfolio's own, or one that it is shared with. */
  readonly account: string;
  readonly arn: string;
  readonly type: 'IAM' | 'IAM_PATTERN';
}

/** What comes along with a shared portfolio. */
export interface ShareFlags {
  readonly sharePrincipals: boolean;
  readonly shareTagOptions: boolean;
}

/** Whom a portfolio is shared with, as the API names it: an account by itself, or a node of the organization. */
export interface Recipient {
  readonly type: 'ACCOUNT' | 'ORGANIZATION' | 'ORGANIZATIONAL_UNIT' | 'ORGANIZATION_MEMBER_ACCOUNT';
  readonly id: string;
}

export interface Share extends ShareFlags {
  readonly with: Recipient;
  /** A share with an account has to be accepted there; one with a node of the organization is at once. */
  readonly accepted: boolean;
  /** Nobody is reached while it is being made. */
  readonly made: boolean;
  /** Accounts that an action on the share failed for: not reached at all, or as they were before. */
  readonly exceptions: ReadonlyMap<string, ShareFlags | 'not reached'>;
}

export type ProductType =
  'CLOUD_FORMATION_TEMPLATE' | 'EXTERNAL' | 'TERRAFORM_CLOUD' | 'TERRAFORM_OPEN_SOURCE';

export interface Product extends Home {
  readonly id: string;
  readonly viewId: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly type: ProductType;
  readonly createdAt: Date;
  readonly versions: readonly Version[];
}

export interface Version {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly createdAt: Date;
  readonly active: boolean;
  readonly guidance: 'DEFAULT' | 'DEPRECATED';
  readonly source: VersionSource;
}

/** A CloudFormation template by URL, or what a provisioning engine says that its configuration asks for. */
type VersionSource =
  { readonly templateUrl: string } | { readonly engineParameters: readonly TemplateParameter[] };

export interface Constraint {
  readonly id: string;
  readonly portfolioId: string;
  readonly productId: string;
  readonly owner: string;
  readonly type: 'LAUNCH' | 'RESOURCE_UPDATE' | 'TEMPLATE';
  readonly description: string | undefined;
  /** JSON text in the form of the constraint's type. */
  readonly parameters: string;
}

export interface TagOption {
  readonly id: string;
  readonly account: string;
  readonly key: string;
  readonly value: string;
  readonly active: boolean;
  /** Portfolios and products that it is associated with. */
  readonly resourceIds: readonly string[];
}

export const constraintsOf = (catalog: Catalog, portfolioId: string, productId: string): Constraint[] =>
  [...catalog.constraints.values()].filter(
    (constraint) => constraint.portfolioId === portfolioId && constraint.productId === productId,
  );

export const tagOptionsOf = (catalog: Catalog, resourceId: string): TagOption[] =>
  [...catalog.tagOptions.values()].filter((option) => option.resourceIds.includes(resourceId));
