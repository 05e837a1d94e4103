/** Who makes a call, as the signature's access key tells. */
export interface Principal {
  readonly account: string;
  readonly roleName: string;
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
  readonly arn: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | undefined;
  readonly sessionTags: Readonly<Record<string, string>>;
}

/** One authenticated and authorised call, its input already parsed from the service's protocol. */
export interface AwsCall {
  readonly operation: string;
  readonly input: unknown;
  readonly region: string;
  readonly principal: Principal;
}

/** The logic of one service behind the wire. It knows nothing of HTTP; the front translates both ways. */
export interface AwsService {
  /**
   * Answers a call with the operation's output, in the shape and with the member names of the SDK (dates as Date).
   * @throws AwsError for what the real service refuses
   * @throws NotModelled for an operation or a feature that the stand-in does not have
   */
  handle(call: AwsCall): Promise<object>;
  /** The condition keys that only the service can tell, such as who launched what is asked for. */
  conditionKeys?(call: AwsCall): Readonly<Record<string, string>>;
}

/** A refusal as the real service words it. `code` is the error's real name, such as `ResourceNotFoundException`. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Something that the real service may have and the stand-in does not. Answered as 501, and loud. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
  constructor(what: string) {
    super(`The sandbox does not model ${what}`);
  }
}

/** An event as EventBridge carries it. */
export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
