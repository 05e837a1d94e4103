import type { Parameter, Product, Version, VersionDescription } from '../../aws-bridge/contract/catalog';
import type { Digest, Order } from '../../aws-bridge/contract/order';
import type { AccountSetting } from '../settings/project-settings';
import { parameterName } from './check-parameters';
import { DIGEST_LINE } from '../request/still-shown';
import { countedByType, createdByService } from './created-resources';
import type { OrderProblem } from './order-problem';
import { block, oneLine, verbatim } from './printable';

/*
 * Comments go through the service desk's own API, which takes one text and no document. It is laid out with line breaks,
 * hyphens and blocks of verbatim lines, so that it reads the same with its markup rendered or not; how values are written:
 * printable.ts.
 */

/** Everything that the approver decides about. No value is shortened: what is not shown cannot be approved. */
export const approverSummary = (fixed: {
  readonly order: Order;
  readonly digest: Digest;
  readonly product: Product;
  readonly version: Version & { readonly described: VersionDescription };
  readonly account: AccountSetting;
}): string => {
  const { order, digest, product, version, account } = fixed;
  const { parameters, resourceTypes, capabilities } = version.described;
  return [
    'Please decide whether this is to be launched in AWS.',
    block([
      `Product: ${verbatim(product.name)} (${product.id})`,
      `Version: ${verbatim(version.name)} (${version.id})`,
      `Account: ${verbatim(account.name)} (${order.account})`,
      `Region: ${order.region}`,
      `Name: ${order.name}`,
      ...(order.pathId === null ? [] : [`Launch path: ${order.pathId}`]),
    ]),
    exactly(
      'Parameters',
      parameters.map((parameter) => parameterLine(parameter, order)),
    ),
    exactly(
      'Tags',
      Object.entries(order.tags).map(([key, value]) => `${verbatim(key)}: "${verbatim(value)}"`),
    ),
    list('Creates', byService(resourceTypes)),
    list('Attention: access rights and more', capabilities.map(capabilityLine)),
    `${DIGEST_LINE}${digest}`,
    'What is launched after the approval is exactly this order. If the order changes, the approval is worth nothing.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** The comment for the reporter of an order that was refused. */
export const refusalComment = (problems: readonly OrderProblem[]): string => {
  const shown = problems.slice(0, MAX_PROBLEMS);
  const more = problems.length - shown.length;
  return [
    'This order cannot be launched as it stands, so nobody has been asked to approve it.',
    list('What has to change', [
      ...shown.map(({ message }) =>
        message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message,
      ),
      ...(more > 0 ? [`… and ${more} more of the kind.`] : []),
    ]),
    'Please raise a new request with these points put right.',
  ].join('\n\n');
};

/** Together they keep the comment under Jira's 32,767 characters. */
const MAX_PROBLEMS = 40;
const MAX_MESSAGE = 700;

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `- ${line}`)].join('\n');

/** As it is given to AWS, letter for letter: markup would turn `--` into a dash. */
const exactly = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}:\n${block(lines)}`;

const SEALED = '(given by the requester; nobody can see it in Jira, so neither can you)';

const parameterLine = (parameter: Parameter, { parameters, sealedParameters = {} }: Order): string => {
  const name = verbatim(parameterName(parameter));
  if (Object.hasOwn(sealedParameters, parameter.key)) return `${name}: sealed ${SEALED}`;
  if (parameter.noEcho) return `${name}: not shown (the default)`;
  const value = Object.hasOwn(parameters, parameter.key) ? parameters[parameter.key] : undefined;
  if (value !== undefined) return `${name}: "${verbatim(value)}"`;
  return `${name}: "${verbatim(parameter.default ?? '')}" (the default)`;
};

const byService = (resourceTypes: readonly string[]): readonly string[] =>
  createdByService(countedByType(resourceTypes)).map(({ service, types }) => {
    const names = types.map(({ name, count }) => (count > 1 ? `${oneLine(name)} (${count})` : oneLine(name)));
    return `${service === '' ? 'Other' : service}: ${names.join(', ')}`;
  });

const CAPABILITIES: Readonly<Record<string, string>> = {
  CAPABILITY_IAM: 'it creates IAM resources, which can give access to others',
  CAPABILITY_NAMED_IAM: 'it creates IAM resources under names of its own, which can give access to others',
  CAPABILITY_AUTO_EXPAND: 'it uses macros, so what it creates is settled only while it is launched',
};

const capabilityLine = (capability: string): string =>
  `${capability}: ${(Object.hasOwn(CAPABILITIES, capability) ? CAPABILITIES[capability] : undefined) ?? 'the template asks for it'}`;
