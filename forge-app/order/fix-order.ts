import type { Catalog, Product, Version, VersionDescription } from '../../aws-bridge/contract/catalog';
import type { AtlassianAccountId, RequestKey } from '../../aws-bridge/contract/identifiers';
import { type Digest, digestOf, Order } from '../../aws-bridge/contract/order';
import { isOffered, LAUNCHABLE } from '../catalog/offered';
import { accountOf } from '../settings/account-of';
import { accountsFor, mayUse, type Memberships } from '../settings/may-use';
import type { AccountSetting, ProductSetting, ProjectSettings } from '../settings/project-settings';
import { orderChecks } from '../texts/en/order-checks';
import { complaintAboutName, complaintAboutTag, MOST_TAGS } from './check-name-and-tags';
import { checkParameters } from './check-parameters';
import { checkRules, rulesFor, ruleValues } from './check-rules';
import { checkSealed } from './check-sealed';
import type { OrderForm } from './order-form';
import type { OrderProblem } from './order-problem';
import { createPatternCheck } from './pattern-check';
import { oneLine, printable, quoted, sentence } from './printable';
import { approverSummary } from './summary';

export interface OrderRequest {
  readonly form: OrderForm;
  /** The portfolio; of its versions only the one that is ordered needs its description. */
  readonly catalog: Pick<Catalog, 'products'>;
  readonly settings: ProjectSettings;
  readonly requestTypeId: string;
  readonly requestKey: RequestKey;
  /** The request's reporter as Jira knows them, never as the form says. */
  readonly requester: AtlassianAccountId;
  /** What the requester belongs to. */
  readonly memberships: Memberships;
}

/** An order that will not change again, with what a person needs to judge it. */
export interface FixedOrder {
  readonly outcome: 'fixed';
  readonly order: Order;
  readonly digest: Digest;
  readonly product: Product;
  readonly version: Version & { readonly described: VersionDescription };
  readonly account: AccountSetting;
  readonly setting: ProductSetting;
  /** The comment for the approver. */
  readonly summary: string;
}

/**
 * - `fixed`: it may wait for its approval
 * - `refused`: the reporter has to change something; `problems` is everything at once
 * - `catalog-incomplete`: the version is offered but its description has not arrived; synchronise and try again
 */
export type OrderFixing =
  | FixedOrder
  | { readonly outcome: 'refused'; readonly problems: readonly OrderProblem[] }
  | { readonly outcome: 'catalog-incomplete'; readonly provisioningArtifactId: string };

/** Characters of the approver's comment; Jira takes 32,767. */
const MAX_SUMMARY = 30_000;

/**
 * Makes an order of what the form asks for: checked against the catalogue and the project's settings, completed
 * with who asks and for which request, and given its digest. What is approved, sent and launched is this order.
 */
export const fixOrder = (request: OrderRequest): OrderFixing => {
  const { form, catalog, settings, requestTypeId } = request;
  const problems: OrderProblem[] = [];

  const product = catalog.products.find(({ id }) => id === form.productId);
  const setting = settings.products.find(
    (candidate) => candidate.productId === form.productId && candidate.requestTypeId === requestTypeId,
  );
  const version = product?.versions.find(({ id }) => id === form.provisioningArtifactId);
  const listed = accountOf(settings, form.account);
  const account = listed && mayUse(listed, request.memberships) ? listed : undefined;

  if (!product) problems.push(unknownProduct(form));
  else {
    if (!setting) problems.push(notOnThisRequestType(product));
    if (product.type !== LAUNCHABLE) problems.push(notLaunchable(product));
    problems.push(...problemsOfVersion(form, product, version));
  }
  problems.push(...problemsOfPlace(request, account, product));

  const order = orderOf(request);
  problems.push(...problemsOfWords(order, form));
  const described = version?.described;
  if (described && product) problems.push(...problemsOfValues(form, product, described));

  if (problems.length > 0 || !product || !setting || !version || !account) {
    return { outcome: 'refused', problems };
  }
  if (!described) return { outcome: 'catalog-incomplete', provisioningArtifactId: version.id };

  const parsed = Order.safeParse(order);
  if (!parsed.success) return { outcome: 'refused', problems: parsed.error.issues.map(unforeseen) };
  const fixed = {
    order: parsed.data,
    digest: digestOf(parsed.data),
    product,
    version: { ...version, described },
    account,
    setting,
  };
  const summary = approverSummary(fixed);
  if (summary.length > MAX_SUMMARY) return { outcome: 'refused', problems: [tooLong(summary.length)] };
  return { outcome: 'fixed', ...fixed, summary };
};

const orderOf = ({ form, requestKey, requester }: OrderRequest): Order => ({
  productId: form.productId,
  provisioningArtifactId: form.provisioningArtifactId,
  account: form.account,
  region: form.region,
  pathId: form.pathId ?? null,
  parameters: form.parameters,
  ...(form.sealedParameters &&
    Object.keys(form.sealedParameters).length > 0 && { sealedParameters: form.sealedParameters }),
  tags: { ...form.tags, [REQUEST_TAG]: requestKey },
  name: form.name,
  requester,
});

const unknownProduct = (form: OrderForm): OrderProblem => ({
  field: 'productId',
  message: `Product: ${quoted(form.productId, 100)} is not in the catalogue (any more). Choose another product.`,
});

const notOnThisRequestType = (product: Product): OrderProblem => ({
  field: 'productId',
  message: `Product: ${oneLine(product.name)} is not offered with this type of request. Raise a request of the type that offers it.`,
});

const notLaunchable = (product: Product): OrderProblem => ({
  field: 'productId',
  message: `Product: ${oneLine(product.name)} is of the type ${oneLine(product.type)}; only ${LAUNCHABLE} can be launched from here. Ask the service desk.`,
});

const problemsOfVersion = (
  form: OrderForm,
  product: Product,
  version: Version | undefined,
): readonly OrderProblem[] => {
  const offered = product.versions.filter(isOffered);
  if (version && offered.includes(version)) return [];
  const instead =
    offered.length > 0
      ? `Choose ${anyOf(offered.slice(-10).map(({ name }) => oneLine(name)))}.`
      : 'It has no version that can be launched now; ask the service desk.';
  const wrong = version
    ? `${oneLine(version.name)} is ${version.active ? 'deprecated and not offered for a new launch' : 'not active'}`
    : `${oneLine(product.name)} has no version ${quoted(form.provisioningArtifactId, 100)}`;
  return [{ field: 'provisioningArtifactId', message: `Version: ${wrong}. ${instead}` }];
};

/** An account that exists but is not this requester's is answered like one that does not exist. */
const problemsOfPlace = (
  request: OrderRequest,
  account: AccountSetting | undefined,
  product: Product | undefined,
): readonly OrderProblem[] => {
  const { form } = request;
  if (!account) {
    const allowed = accountsFor(request.settings, request.memberships).map(
      ({ id, name }) => `${oneLine(name)} (${id})`,
    );
    const instead =
      allowed.length > 0
        ? `You may use ${anyOf(allowed.slice(0, 20))}.`
        : 'There is none yet; ask the service desk to give you one.';
    return [
      {
        field: 'account',
        message: `Account: ${quoted(form.account, 100)} is not an account that you may use here. ${instead}`,
      },
    ];
  }
  const region = `Region: ${quoted(form.region, 100)} is not`;
  if (!account.regions.includes(form.region)) {
    const message = `${region} offered for ${oneLine(account.name)}. Choose ${anyOf(account.regions)}.`;
    return [{ field: 'region', message }];
  }
  if (product && product.region !== form.region) {
    const message = `${region} where this ${oneLine(product.name)} is launched. Choose ${product.region}, or the product of that name in the other region.`;
    return [{ field: 'region', message }];
  }
  return [];
};

const problemsOfValues = (
  form: OrderForm,
  product: Product,
  described: VersionDescription,
): readonly OrderProblem[] => {
  const { parameters } = described;
  const { sealedParameters = {} } = form;
  const values = ruleValues(parameters, form.parameters, form);
  return [
    ...checkParameters(parameters, form.parameters, {
      patternCheck: createPatternCheck(),
      sealed: Object.keys(sealedParameters),
    }),
    ...checkSealed(parameters, sealedParameters),
    ...checkRules(rulesFor(product, described), values, orderChecks).problems.map(({ field, message }) => ({
      field,
      message: sentence(oneLine(message)),
    })),
  ];
};

/** The name, the tags and the launch path, whose form the contract knows. */
const problemsOfWords = (order: Order, form: OrderForm): readonly OrderProblem[] => {
  const problems: OrderProblem[] = [];
  const misnamed = complaintAboutName(order.name);
  if (misnamed !== undefined) problems.push({ field: 'name', message: `Name: ${misnamed}` });
  if (!Order.shape.pathId.safeParse(order.pathId).success) {
    problems.push({
      field: 'pathId',
      message:
        'Launch path: this is no id of a launch path. Leave it out unless the service desk gave you one.',
    });
  }
  for (const [key, value] of Object.entries(form.tags ?? {})) {
    const complaint = complaintAboutTag(key, value);
    if (complaint === undefined) continue;
    problems.push({ field: `tags.${printable(key, 128)}`, message: `Tag ${quoted(key, 128)}: ${complaint}` });
  }
  if (Object.keys(form.tags ?? {}).length > MOST_TAGS) {
    problems.push({ field: 'tags', message: `Tags: ${orderChecks.tooManyTags(MOST_TAGS)}` });
  }
  return problems;
};

const REQUEST_TAG = 'gatehouse:request';

const tooLong = (length: number): OrderProblem => ({
  field: 'parameters',
  message: `The order is too long to be shown to its approver in full: ${length} characters, at most ${MAX_SUMMARY} are possible. Shorten the values.`,
});

const unforeseen = (issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): OrderProblem => {
  const field = printable(issue.path.map(String).join('.'), 300);
  return { field, message: `${field}: ${sentence(oneLine(issue.message))} Ask the service desk.` };
};

const anyOf = (choices: readonly string[]): string => {
  const last = choices.at(-1) ?? '';
  return choices.length > 1 ? `${choices.slice(0, -1).join(', ')} or ${last}` : last;
};
