import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { DownstreamFailed, DownstreamThrottled, isThrottling } from './downstream';
import type { AwsConfiguration } from './environment';

/** One request to an AWS service. */
export interface AwsRequest {
  readonly method: 'GET' | 'POST';
  /** Already percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface AwsAnswer {
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a request to one AWS service and returns its successful answer. */
export type SignedFetch = (request: AwsRequest) => Promise<AwsAnswer>;

/** An AWS service refused a call. `code` is the error's name, such as `ResourceNotFoundException`. */
export class AwsRefused extends Error {
  override readonly name = 'AwsRefused';
  readonly code: string;
  readonly status: number;
  constructor(service: string, code: string, status: number) {
    super(`${service} answered ${status} ${code}`);
    this.code = code;
    this.status = status;
  }
}

/**
 * Calls an AWS service with a signature but without its SDK client: the functions that only start something else
 * stay small, so that they start quickly.
 * @param service the signing name, which is also the host's: `lambda`, `secretsmanager`
 * @param timeout milliseconds for the whole call
 */
export const createSignedFetch = (
  service: string,
  configuration: Pick<AwsConfiguration, 'region' | 'credentials'> & { readonly endpoint?: string },
  ports: { readonly now: () => Date; readonly timeout: number },
): SignedFetch => {
  const base = new URL(configuration.endpoint ?? `https://${service}.${configuration.region}.amazonaws.com`);
  // S3 takes a path as it is, and the rest of AWS takes it encoded once more.
  const signer = new SignatureV4({
    ...configuration,
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });

  return async ({ method, path, query = {}, headers = {}, body }) => {
    const signed = await signer.sign(
      {
        method,
        protocol: base.protocol,
        hostname: base.hostname,
        path,
        query: { ...query },
        headers: { ...headers, host: base.host },
        ...(body !== undefined && { body }),
      },
      { signingDate: ports.now() },
    );
    const url = new URL(path, base);
    url.search = Object.entries(query)
      .map(([name, value]) => `${uriEncoded(name)}=${uriEncoded(value)}`)
      .join('&');
    const sent = { ...signed.headers };
    // fetch sets the host itself, to what was signed.
    delete sent['host'];
    const answer = await send(service, url, {
      method,
      headers: sent,
      ...(body !== undefined && { body: Buffer.from(body, 'utf8') }),
      redirect: 'error',
      signal: AbortSignal.timeout(ports.timeout),
    });
    if (answer.status < 300) return answer;
    const code = errorCode(answer);
    const refused = new AwsRefused(service, code, answer.status);
    if (isThrottling(code, answer.status)) throw new DownstreamThrottled(service, refused);
    if (answer.status >= 500) throw new DownstreamFailed(service, refused);
    throw refused;
  };
};

/** Percent-encodes all but the unreserved characters of RFC 3986, as signatures are made over. */
export const uriEncoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const send = async (
  service: string,
  url: URL,
  request: RequestInit,
): Promise<AwsAnswer & { readonly status: number }> => {
  try {
    const response = await fetch(url, request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw new DownstreamFailed(service, error);
  }
};

/**
 * The error's name, wherever the service's protocol has put it, without namespace or documentation link. Names in XML may
 * have a dot in them.
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#operation-error-serialization
 */
const errorCode = (answer: AwsAnswer): string => {
  const inXml = /<Code>([A-Za-z][\w.]*)<\/Code>/.exec(answer.text)?.[1];
  if (inXml !== undefined) return inXml;
  const named = answer.headers.get('x-amzn-errortype') ?? typeIn(answer.text);
  return /[A-Za-z]\w*(?=$|:)/.exec(named.slice(named.indexOf('#') + 1))?.[0] ?? 'UnknownError';
};

const typeIn = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return '';
    const members = new Map<string, unknown>(Object.entries(value));
    const type = members.get('__type') ?? members.get('code');
    return typeof type === 'string' ? type : '';
  } catch {
    return '';
  }
};

/** SHA-256, or HMAC-SHA-256 where a secret is given: the shape that the signer asks for. */
class Sha256 {
  readonly #secret: Parameters<typeof bytes>[0] | undefined;
  #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: Parameters<typeof bytes>[0]) {
    this.#secret = secret;
    this.#hash = Sha256.#start(secret);
  }

  static #start(secret: Parameters<typeof bytes>[0] | undefined) {
    return secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    this.#hash = Sha256.#start(this.#secret);
  }
}

const bytes = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
