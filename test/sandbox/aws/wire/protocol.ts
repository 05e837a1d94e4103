import { AwsError } from '../service';
import type { Operation } from './operations';
import { missingMembers } from './shape';

/** A request as it came, its path and query still as they were signed. */
export interface WireRequest {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Why a request is refused before any service sees it. */
export type Gatekeeping =
  | 'no authentication'
  | 'incomplete signature'
  | 'wrong signature'
  | 'unknown access key'
  | 'expired token'
  | 'denied'
  | 'throttled'
  | 'failed';

/** How a service's requests and answers are written. */
export interface Protocol {
  /** @throws AwsError for an operation that the real service does not have either */
  operation(request: WireRequest): Operation;
  /** @throws AwsError where the body is not what the operation's schema says */
  input(operation: Operation, request: WireRequest): Promise<object>;
  answer(operation: Operation, output: object, requestId: string): WireAnswer;
  refusal(error: AwsError, requestId: string): WireAnswer;
  /** The protocol's own names and statuses for refusals that no service words itself. */
  readonly gatekeeping: Readonly<Record<Gatekeeping, readonly [code: string, status: number]>>;
  readonly validationCode: string;
}

/** Every required member has to be there. @throws AwsError in the words of the real services */
export const requireMembers = (operation: Operation, input: object, code: string): void => {
  const missing = missingMembers(operation.input, input);
  if (missing.length === 0) return;
  const listed = missing.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  throw new AwsError(
    code,
    `${missing.length} validation error${missing.length > 1 ? 's' : ''} detected: ${listed.join('; ')}`,
  );
};
