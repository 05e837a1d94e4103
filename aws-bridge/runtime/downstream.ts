/** A service that the bridge depends on asks for less. The request may be repeated later. */
export class DownstreamThrottled extends Error {
  override readonly name = 'DownstreamThrottled';
  readonly service: string;
  constructor(service: string, cause: unknown) {
    super(`${service} throttles`, { cause });
    this.service = service;
  }
}

/** A service that the bridge depends on failed, did not answer, or answered what cannot be understood. */
export class DownstreamFailed extends Error {
  override readonly name = 'DownstreamFailed';
  readonly service: string;
  constructor(service: string, cause: unknown) {
    super(`${service} failed`, { cause });
    this.service = service;
  }
}

const THROTTLING = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);

/** Whether an AWS error asks for less; `code` is its name. */
export const isThrottling = (code: string, status: number | undefined): boolean =>
  status === 429 || THROTTLING.has(code);

/** Translates what an SDK client threw. */
export const downstreamError = (service: string, error: unknown): DownstreamThrottled | DownstreamFailed =>
  error instanceof Error && isThrottling(error.name, statusOf(error))
    ? new DownstreamThrottled(service, error)
    : new DownstreamFailed(service, error);

const statusOf = (error: Error): number | undefined => {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null)
    return undefined;
  const { $metadata } = error;
  return 'httpStatusCode' in $metadata && typeof $metadata.httpStatusCode === 'number'
    ? $metadata.httpStatusCode
    : undefined;
};
