import type { Clock } from '../../clock';
import type { Stacks, Template, TemplateParameter, TemplateStore } from '../stacks';
import {
  type Catalog,
  type Home,
  type Portfolio,
  type Product,
  type ProductType,
  type Recipient,
  type ShareFlags,
  type Version,
  tagOptionsOf,
} from './catalog';
import { type NewConstraint, createAddConstraint } from './add-constraint';
import type { Ids } from './ids';
import type { OrganizationsAccess } from './organizations-access';
import type { Organization, Roles } from './ports';
import { accountOfArn, isPrincipalPattern } from './principal-pattern';
import { isNode } from './recipients';
import { invalidParameters, limitExceeded, notFound } from './refusals';
import { Tag } from './shapes';
import type { Sharing } from './sharing';
import { changeVersion } from './update-version';
import { parseInput } from '../validation';

/** Principal patterns that one portfolio may have. */
const mostPatterns = 10;

/** TagOptions that one portfolio or product may have. */
const mostTagOptions = 25;

interface NewVersion {
  readonly productId: string;
  readonly name: string;
  readonly description?: string;
}

/**
 * What the cloud platform engineer does once, before anybody launches: an API for the sandbox's start. It refuses
 * what the real operations refuse, with their errors.
 */
export interface Administration {
  /** @returns the portfolio's id, as every `create` and `add` returns the id of what it made */
  createPortfolio(portfolio: Home & { name: string; provider: string; description?: string }): string;
  createProduct(
    product: Home & { name: string; owner: string; description?: string; type?: ProductType },
  ): string;
  addProduct(portfolioId: string, productId: string): void;
  /** A CloudFormation product's version; `template` is stored under the URL, or lies there already. */
  addVersion(version: NewVersion & { templateUrl: string; template?: Template }): string;
  /** A version of a product that a provisioning engine launches (EXTERNAL or Terraform). */
  addEngineVersion(version: NewVersion & { parameters: readonly TemplateParameter[] }): string;
  setGuidance(versionId: string, guidance: Version['guidance']): void;
  setActive(versionId: string, active: boolean): void;
  addConstraint(constraint: NewConstraint): string;
  /** @param account whose administrator associates it; the portfolio's own unless given */
  associatePrincipal(association: {
    portfolioId: string;
    arn: string;
    type: 'IAM' | 'IAM_PATTERN';
    account?: string;
  }): void;
  /** Associates a portfolio or product with a TagOption of its account, which is created where there is none. */
  associateTagOption(option: { resourceId: string; key: string; value: string }): string;
  /** Lets portfolios be shared along the organization, as its management account would. */
  enableOrganizationsAccess(): void;
  /**
   * Shares with an account, which has to accept it, or with a node of the organization: all of it, a unit, or a member.
   * It is done at once. Again: changes the flags.
   */
  share(
    share: Partial<ShareFlags> & {
      portfolioId: string;
      with: 'organization' | { account: string } | { unit: string } | { member: string };
    },
  ): void;
  acceptShare(portfolioId: string, account: string): void;
}

interface AdministrationOptions {
  readonly catalog: Catalog;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly stacks: Stacks;
  readonly templates: TemplateStore;
  readonly roles: Roles;
  readonly organization?: Organization;
  readonly access: OrganizationsAccess;
  readonly sharing: Sharing;
}

export const createAdministration = (options: AdministrationOptions): Administration => {
  const { catalog, ids, clock, stacks, templates, access, sharing } = options;

  const portfolioOf = (id: string): Portfolio => {
    const portfolio = catalog.portfolios.get(id);
    if (!portfolio) throw notFound(`Portfolio ${id} not found.`);
    return portfolio;
  };
  const productOf = (id: string): Product => {
    const product = catalog.products.get(id);
    if (!product) throw notFound(`Product ${id} not found.`);
    return product;
  };
  const addVersion = (version: NewVersion, source: Version['source']): string => {
    const product = productOf(version.productId);
    if ('templateUrl' in source !== (product.type === 'CLOUD_FORMATION_TEMPLATE'))
      throw invalidParameters(`A version of ${product.type} product ${product.id} cannot come from that.`);
    const id = ids.next('pa');
    const { name, description } = version;
    const added: Version = {
      ...{ id, name, description, source, createdAt: clock.now(), active: true, guidance: 'DEFAULT' },
    };
    catalog.products.set(product.id, { ...product, versions: [...product.versions, added] });
    return id;
  };
  return {
    createPortfolio: ({ account, region, name, provider, description }) => {
      const id = ids.next('port');
      const made = { id, account, region, name, provider, description, createdAt: clock.now() };
      catalog.portfolios.set(id, { ...made, productIds: [], principals: [], shares: [] });
      return id;
    },
    createProduct: ({ account, region, name, owner, description, type = 'CLOUD_FORMATION_TEMPLATE' }) => {
      const id = ids.next('prod');
      const made = { id, viewId: ids.next('prodview'), account, region, name, owner, description, type };
      catalog.products.set(id, { ...made, createdAt: clock.now(), versions: [] });
      return id;
    },
    addProduct: (portfolioId, productId) => {
      const [portfolio, product] = [portfolioOf(portfolioId), productOf(productId)];
      if (product.region !== portfolio.region || product.account !== portfolio.account)
        throw notFound(`Product ${productId} not found.`);
      const productIds = [...new Set([...portfolio.productIds, productId])];
      catalog.portfolios.set(portfolioId, { ...portfolio, productIds });
    },
    addVersion: ({ templateUrl, template, ...version }) => {
      if (template) templates.put(templateUrl, template);
      stacks.summarize(templates.get(templateUrl));
      return addVersion(version, { templateUrl });
    },
    addEngineVersion: ({ parameters, ...version }) => addVersion(version, { engineParameters: parameters }),
    setGuidance: (id, guidance) => void changeVersion(catalog, id, { guidance }),
    setActive: (id, active) => void changeVersion(catalog, id, { active }),
    addConstraint: createAddConstraint({ ...options, portfolioOf }),
    associatePrincipal: ({ portfolioId, arn, type, account }) => {
      const portfolio = portfolioOf(portfolioId);
      const by = account ?? portfolio.account;
      if (type === 'IAM' ? accountOfArn(arn) !== by : !isPrincipalPattern(arn))
        throw invalidParameters(`${arn} is not a principal of type ${type} that ${by} can associate.`);
      const [kind, name = ''] = [arn.split(':').at(-1)?.split('/')[0], arn.split('/').at(-1)];
      if (type === 'IAM' && kind === 'role' && options.roles.arnOf(by, name) !== arn)
        throw invalidParameters(`Principal ${arn} does not exist.`);
      const known = portfolio.principals.filter(
        (principal) => principal.account !== by || principal.arn !== arn,
      );
      const principals = [...known, { account: by, arn, type }];
      if (principals.filter((principal) => principal.type === 'IAM_PATTERN').length > mostPatterns)
        throw limitExceeded(`A portfolio can have at most ${mostPatterns} principal patterns.`);
      catalog.portfolios.set(portfolioId, { ...portfolio, principals });
    },
    associateTagOption: ({ resourceId, key, value }) => {
      parseInput('CreateTagOption', Tag, { Key: key, Value: value });
      const { account } = catalog.portfolios.get(resourceId) ?? productOf(resourceId);
      const known = [...catalog.tagOptions.values()].find(
        (option) => option.account === account && option.key === key && option.value === value,
      );
      if (
        !known?.resourceIds.includes(resourceId) &&
        tagOptionsOf(catalog, resourceId).length >= mostTagOptions
      )
        throw limitExceeded(`${resourceId} can have at most ${mostTagOptions} TagOptions.`);
      const id = known?.id ?? ids.next('tag');
      const resourceIds = [...new Set([...(known?.resourceIds ?? []), resourceId])];
      catalog.tagOptions.set(id, { id, account, key, value, active: true, resourceIds });
      return id;
    },
    enableOrganizationsAccess: () => access.enable(),
    share: ({ portfolioId, with: target, sharePrincipals = false, shareTagOptions = false }) => {
      const portfolio = portfolioOf(portfolioId);
      const recipient = recipientIn(target, options.organization);
      if (sharePrincipals && !['ORGANIZATION', 'ORGANIZATIONAL_UNIT'].includes(recipient.type))
        throw invalidParameters(`Principals cannot be shared with account ${recipient.id}.`);
      const accepted = sharing.shareOf(portfolio, recipient)?.accepted ?? isNode(recipient);
      const flags = { sharePrincipals, shareTagOptions };
      sharing.put(portfolio, { ...flags, with: recipient, accepted, made: true, exceptions: new Map() });
    },
    acceptShare: (portfolioId, account) => {
      const portfolio = portfolioOf(portfolioId);
      const offered = sharing.shareOf(portfolio, { type: 'ACCOUNT', id: account });
      if (!offered) throw notFound(`Portfolio ${portfolioId} not found.`);
      sharing.put(portfolio, { ...offered, accepted: true });
    },
  };
};

const recipientIn = (
  target: Parameters<Administration['share']>[0]['with'],
  organization: Organization | undefined,
): Recipient => {
  if (typeof target === 'object' && 'account' in target) return { type: 'ACCOUNT', id: target.account };
  const node: Recipient =
    target === 'organization'
      ? { type: 'ORGANIZATION', id: organization?.id ?? '' }
      : 'unit' in target
        ? { type: 'ORGANIZATIONAL_UNIT', id: target.unit }
        : { type: 'ORGANIZATION_MEMBER_ACCOUNT', id: target.member };
  if (!organization?.has(node.id)) throw notFound(`The organization has no node ${node.id}.`);
  return node;
};
