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
