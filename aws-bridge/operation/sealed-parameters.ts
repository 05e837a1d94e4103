import type { ApprovedOperation } from '../contract/messages';
import { sealedParameterContext } from '../contract/order';
import type { OperationError, Output } from '../contract/progress';
import { AwsRefused } from '../runtime/signed-fetch';
import { AwsFailure } from './aws-failure';
import { isKeyOutOfUse, type OpenSealed, SealedValueNotOpened } from './open-sealed';
import type { Finding } from './progress';

/** Values by parameter. They are in memory for as long as one call to Service Catalog takes, and nowhere else. */
type Opened = Readonly<Record<string, string>>;

/**
 * Opens the sealed values of an order, each for its site, requester, product, account and parameter.
 * @throws what openSealed throws but SealedValueNotOpened and the refusal of a key that is out of use
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
      if (isKeyOutOfUse(error)) return { refused: keyOutOfUse(parameter, error.code) };
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

const keyOutOfUse = (parameter: string, code: string): OperationError => ({
  code: 'SealedValueNotOpened',
  message: `The sealed value of ${parameter} does not open: a key that it may have been sealed to is not in use any more (${code}). Nothing was launched.`,
  remedy: 'Raise a new request and type the value anew.',
});

/** Shorter than this, a value may stand in any text by chance, and where it is left out would show it. */
const SHORTEST = 4;
const HIDDEN = '(a sealed value)';

/**
 * Hides values in texts, as they are and as JSON, XML, an address or base64 writes them.
 * @returns undefined for a text in which a value may stand that is too short to be hidden
 */
const hiding = (opened: Opened): ((text: string) => string | undefined) => {
  // AWS trims a list's items, and speaks of each by itself.
  const values = Object.values(opened).flatMap((value) => [value, ...value.split(',')]);
  const secrets = values.flatMap((value) => [value, value.trim()]).filter(Boolean);
  const traces = secrets.flatMap(written).sort((a, b) => b.length - a.length);
  return (text) =>
    traces.some((trace) => trace.length < SHORTEST && text.includes(trace))
      ? undefined
      : traces.reduce((shown, trace) => shown.replaceAll(trace, HIDDEN), text);
};

/** A failure of AWS's without the values in what it said. */
export const withoutValues = (failure: AwsFailure, opened: Opened): AwsFailure => {
  const { service, code, transient } = failure;
  return new AwsFailure({ service, code, transient, words: hiding(opened)(failure.words) ?? WITHHELD });
};

/**
 * What a launch gives without the values that were sealed for it: NoEcho does not keep a template from writing them into its
 * outputs.
 * @throws DownstreamFailed, DownstreamThrottled
 */
export const outputsWithoutValues = async (
  operation: ApprovedOperation,
  outputs: readonly Output[],
  openSealed: OpenSealed,
): Promise<Output[]> => {
  if (outputs.length === 0) return [];
  const hide = await openParameters(operation, openSealed).then(
    (sealed) => ('opened' in sealed ? hiding(sealed.opened) : () => undefined),
    (error: unknown) => {
      // A key that was disabled since, say. What was launched is there all the same.
      if (error instanceof AwsRefused) return () => undefined;
      throw error;
    },
  );
  return outputs.map((output) => ({ ...output, value: hide(output.value) ?? OUTPUT_WITHHELD }));
};

const written = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.toWellFormed()),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  Buffer.from(secret).toString('base64'),
];

const WITHHELD =
  'What AWS says is not shown here, as it may quote a value that was sealed. It stands in the account, with the record and the stack.';

const OUTPUT_WITHHELD = '(not shown here, as it may hold a value that was sealed; the account has it)';

/**
 * What was found of a launch with sealed values, without what AWS says in its own words: in a sentence, a value may be quoted in
 * part, cut off or written in another way.
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
