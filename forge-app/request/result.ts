import type { OperationProgress } from '../../aws-bridge/contract/progress';
import type { RequestRecord } from './record';

/*
 * What the newest progress brings, as far as the record has room: a value of the app's storage holds 240 KiB, and the order
 * stands in it twice. https://developer.atlassian.com/platform/forge/storage-reference/kvs-limits/
 */

/** Bytes of all outputs together. CloudFormation's largest would not fit; the record in Service Catalog has them. */
const OUTPUTS = 50_000;
const DESCRIPTION = 200;
const ERRORS = 5;
const MESSAGE = 1_500;
const REASON = 3_000;
const NAME = 300;

/** The members of a record that say what came of it. */
export const resultOf = (
  { outputs, errors, failedResource, provisionedProduct }: OperationProgress,
  before: RequestRecord,
): Pick<RequestRecord, 'outputs' | 'outputsLeftOut' | 'problem' | 'provisionedProduct'> => {
  const kept: RequestRecord['outputs'] = [];
  let left = OUTPUTS;
  for (const { key, value, description } of outputs) {
    const output = {
      key: cut(key, NAME),
      value,
      ...(description !== undefined && { description: cut(description, DESCRIPTION) }),
    };
    const size = Buffer.byteLength(JSON.stringify(output), 'utf8') + 1;
    if (size > left) continue;
    left -= size;
    kept.push(output);
  }
  return {
    outputs: kept,
    outputsLeftOut: outputs.length - kept.length,
    problem:
      errors.length === 0 && failedResource === undefined
        ? null
        : {
            errors: errors
              .slice(0, ERRORS)
              .map((error) => ({ ...error, message: cut(error.message, MESSAGE) })),
            failedResource: failedResource
              ? {
                  logicalId: cut(failedResource.logicalId, NAME),
                  type: cut(failedResource.type, NAME),
                  reason: cut(failedResource.reason, REASON),
                }
              : null,
          },
    provisionedProduct: provisionedProduct
      ? { id: cut(provisionedProduct.id, NAME), name: cut(provisionedProduct.name, NAME) }
      : before.provisionedProduct,
  };
};

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
