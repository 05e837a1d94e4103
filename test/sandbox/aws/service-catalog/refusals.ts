import { AwsError } from '../service';

/** Errors that operations of Service Catalog declare. Every operation may also answer ValidationException. */
export type Refusal =
  | 'DuplicateResourceException'
  | 'InvalidParametersException'
  | 'LimitExceededException'
  | 'ResourceNotFoundException';

const refusal =
  (code: Refusal) =>
  (message: string): AwsError =>
    new AwsError(code, message);

export const invalidParameters = refusal('InvalidParametersException');
export const notFound = refusal('ResourceNotFoundException');
export const duplicate = refusal('DuplicateResourceException');
export const limitExceeded = refusal('LimitExceededException');
