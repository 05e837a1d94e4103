import { AwsError } from '../service';

/** Errors that operations of Service Catalog declare. Every operation may also answer {@link undeclared} ones. */
export type Refusal =
  | 'DuplicateResourceException'
  | 'InvalidParametersException'
  | 'InvalidStateException'
  | 'LimitExceededException'
  | 'OperationNotSupportedException'
  | 'ResourceNotFoundException';

/** Errors that every operation may answer, as AWS's common errors, without declaring them. */
export const undeclared: readonly string[] = ['AccessDeniedException', 'ValidationException'];

const refusal =
  (code: Refusal) =>
  (message: string): AwsError =>
    new AwsError(code, message);

export const invalidParameters = refusal('InvalidParametersException');
export const notFound = refusal('ResourceNotFoundException');
export const duplicate = refusal('DuplicateResourceException');
export const limitExceeded = refusal('LimitExceededException');
export const invalidState = refusal('InvalidStateException');
export const notSupported = refusal('OperationNotSupportedException');
