import type { OperationId, SiteId } from '../contract/identifiers';
import type { OperationError, OperationProgress, Output } from '../contract/progress';

/** Whom progress is of: a launch, or a gate. */
export interface Subject {
  readonly operationId: OperationId;
  readonly site: SiteId;
}

/** What was found out about an operation at one moment; with a sequence it is what is told. */
export type Finding = Omit<OperationProgress, 'operationId' | 'site' | 'sequence'>;

/** The contract's limits, in UTF-16 code units. */
const CODE = 200;
const MESSAGE = 4000;
const REMEDY = 1000;
/** Beyond the first few, errors repeat what is known. */
const MOST_ERRORS = 5;
/** Code units of a name that AWS gave: CloudFormation's logical ids and types are far shorter. */
const NAME = 300;
/**
 * Bytes of all outputs together. A body may have 256 kB (as may a step's result); errors take at most 160 kB of it
 * even where every character has to be escaped.
 */
const OUTPUT_BYTES = 80_000;

/** In every pre-signed address, however it is encoded: percent, JSON and XML leave these letters as they are. */
const PRE_SIGNED = /X-Amz-Signature/i;
/**
 * Whoever has such an address can use it, so it is never shown, wherever a template or a service has put it. What stands
 * around it without a space or a quote goes with it.
 */
const withoutAddresses = (text: string): string =>
  text.replace(/[^\s"']+/g, (word) => (PRE_SIGNED.test(word) ? '(a pre-signed address)' : word));

/**
 * Cuts a text of AWS's to a length, between characters: half a character would make the message unreadable to the
 * receiver, which refuses lone surrogates.
 */
export const cut = (given: string, longest: number): string => {
  const text = withoutAddresses(given);
  if (text.length <= longest) return text.toWellFormed();
  const kept = text.slice(0, longest - 1);
  return `${(/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept).toWellFormed()}…`;
};

const cutError = ({ code, message, remedy }: OperationError): OperationError => ({
  code: cut(code, CODE),
  message: cut(message, MESSAGE),
  ...(remedy !== undefined && { remedy: cut(remedy, REMEDY) }),
});

const bytes = (output: Output): number => Buffer.byteLength(JSON.stringify(output));

/** As many outputs as can be told; says so where some cannot. */
const fittingOutputs = (
  all: readonly Output[],
): { readonly outputs: Output[]; readonly errors: readonly OperationError[] } => {
  const outputs: Output[] = [];
  let left = OUTPUT_BYTES;
  for (const { key, value, description } of all) {
    const output = {
      key: key.toWellFormed(),
      value: withoutAddresses(value).toWellFormed(),
      ...(description !== undefined && { description: withoutAddresses(description).toWellFormed() }),
    };
    left -= bytes(output);
    if (left < 0) break;
    outputs.push(output);
  }
  const missing = all.length - outputs.length;
  if (missing === 0) return { outputs, errors: [] };
  const error = {
    code: 'OutputsTooLong',
    message: `${missing} of ${all.length} outputs are too long to be shown here.`,
    remedy: 'Read them from the provisioned product in Service Catalog.',
  };
  return { outputs, errors: [error] };
};

/** Cuts a finding to what the contract takes, so that a step can keep it and a message can carry it. */
export const fitting = (finding: Finding): Finding => {
  const { outputs, errors } = fittingOutputs(finding.outputs);
  const { failedResource, record, provisionedProduct } = finding;
  return {
    state: finding.state,
    at: finding.at,
    ...(record && { record: { id: cut(record.id, NAME), status: cut(record.status, NAME) } }),
    ...(provisionedProduct && {
      provisionedProduct: { id: cut(provisionedProduct.id, NAME), name: cut(provisionedProduct.name, NAME) },
    }),
    outputs,
    errors: [...errors, ...finding.errors].slice(0, MOST_ERRORS).map(cutError),
    ...(failedResource && {
      failedResource: {
        logicalId: cut(failedResource.logicalId, NAME),
        type: cut(failedResource.type, NAME),
        reason: cut(failedResource.reason, MESSAGE),
      },
    }),
  };
};

export const progressOf = (
  { operationId, site }: Subject,
  sequence: number,
  finding: Finding,
): OperationProgress => ({
  operationId,
  site,
  sequence,
  ...fitting(finding),
});
