import type { ApprovedOperation } from '../contract/messages';
import { sealedParameterContext } from '../contract/order';
import type { OperationError } from '../contract/progress';
import { AwsFailure } from './aws-failure';
import { type OpenSealed, SealedValueNotOpened } from './open-sealed';
import type { Finding } from './progress';

/** Values by parameter. They are in memory for as long as one call to Service Catalog takes, and nowhere else. */
type Opened = Readonly<Record<string, string>>;

/**
 * Opens the sealed values of an order, each for its site, requester, product, account and parameter.
 * @throws what openSealed throws but SealedValueNotOpened
 */
export const openParameters = async (
  { site, order }: ApprovedOperation,
  openSealed: OpenSealed,
): Promise<{ readonly opened: Opened } | { readonly refused: OperationError }> => {
  const { requester, productId, account, sealedParameters = {} } = order;
  const opened: [string, string][] = [];
  for (const [parameter, sealed] of Object.entries(sealedParameters)) {
    const context = sealedParameterContext({ site, requester, productId, account, parameter });
    try {
      opened.push([parameter, await openSealed(sealed, context)]);
    } catch (error) {
      if (error instanceof SealedValueNotOpened) return { refused: notOpened(parameter) };
      throw error;
    }
  }
  return { opened: Object.fromEntries(opened) };
};

const notOpened = (parameter: string): OperationError => ({
  code: 'SealedValueNotOpened',
  message: `The sealed value of ${parameter} does not open. It was changed, or sealed for another person, product, account or parameter, or on another site. Nothing was launched.`,
  remedy: 'Raise a new request and type the value anew.',
});

/** Shorter than this, a value may stand in any text by chance, and where it is left out would show it. */
const SHORTEST = 4;
const HIDDEN = '(a sealed value)';

/** A failure of AWS's without the values in what it said, as they are and as JSON, XML or an address writes them. */
export const withoutValues = (failure: AwsFailure, opened: Opened): AwsFailure => {
  const { service, code, transient } = failure;
  // AWS trims a list's items, and speaks of each by itself.
  const values = Object.values(opened).flatMap((value) => [value, value.trim(), ...value.split(',')]);
  const secrets = [...new Set(values.map((value) => value.trim()).concat(values))].filter(Boolean);
  const traces = [...new Set(secrets.flatMap(written))].sort((a, b) => b.length - a.length);
  const said = failure.words;
  const tooShort = traces.some((trace) => trace.length < SHORTEST && said.includes(trace));
  const words = tooShort ? WITHHELD : traces.reduce((text, trace) => text.replaceAll(trace, HIDDEN), said);
  return new AwsFailure({ service, code, transient, words });
};

const written = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.toWellFormed()),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
];

const WITHHELD =
  'What AWS says is not shown here, as it may quote a value that was sealed. It stands in the account, with the record and the stack.';

/**
 * What was found of a launch with sealed values, without what AWS says in its own words: once they are launched with, the values
 * are not at hand any more to be looked for in them.
 */
export const withoutWords = ({ order }: ApprovedOperation, finding: Finding): Finding => {
  if (order.sealedParameters === undefined) return finding;
  const { failedResource, errors } = finding;
  return {
    ...finding,
    errors: errors.map((error) => ({ ...error, message: WITHHELD })),
    ...(failedResource && { failedResource: { ...failedResource, reason: WITHHELD } }),
  };
};
