import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Checksum, SourceData } from '@smithy/types';
import type { Session } from './access';
import type { Gatekeeping, WireRequest } from './wire/protocol';

/** A request's signature does not hold. */
export class SignatureProblem extends Error {
  override readonly name = 'SignatureProblem';
  readonly kind: Gatekeeping;
  constructor(kind: Gatekeeping, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What an Authorization header of Signature Version 4 says. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** @throws SignatureProblem */
export const authorizationOf = (request: WireRequest): Authorization => {
  const header = request.headers['authorization'];
  if (header === undefined) {
    throw new SignatureProblem('no authentication', 'Request is missing Authentication Token');
  }
  const [, accessKeyId, date, region, service, signedHeaders, signature] = AUTHORIZATION.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !service || !signedHeaders || !signature) {
    throw new SignatureProblem(
      'incomplete signature',
      'Authorization header requires Credential, SignedHeaders and Signature parameters',
    );
  }
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
};

class Sha256 implements Checksum {
  readonly #key: SourceData | undefined;
  #parts: Buffer[] = [];
  constructor(key?: SourceData) {
    this.#key = key;
  }
  update(data: Uint8Array): void {
    this.#parts.push(Buffer.from(data));
  }
  digest(): Promise<Uint8Array> {
    const all = Buffer.concat(this.#parts);
    const hash = this.#key === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.#key));
    return Promise.resolve(new Uint8Array(hash.update(all).digest()));
  }
  reset(): void {
    this.#parts = [];
  }
}

const bytesOf = (data: SourceData): Buffer =>
  typeof data === 'string'
    ? Buffer.from(data)
    : ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data);

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Signs the request again and compares. The age of the signature is not looked at: clients sign with the machine's
 * clock, while the sandbox lives in simulated time.
 * @throws SignatureProblem
 */
export const verifySignature = async (
  request: WireRequest,
  authorization: Authorization,
  session: Session,
): Promise<void> => {
  const date = request.headers['x-amz-date'] ?? '';
  const parts = DATE.exec(date);
  if (!parts || !date.startsWith(authorization.date)) {
    throw new SignatureProblem(
      'incomplete signature',
      'The date of the credential scope is not that of X-Amz-Date',
    );
  }
  if (!authorization.signedHeaders.includes('host')) {
    throw new SignatureProblem(
      'wrong signature',
      "'Host' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  const contentHash = request.headers['x-amz-content-sha256'];
  if (contentHash !== undefined && contentHash !== createHash('sha256').update(request.body).digest('hex')) {
    throw new SignatureProblem('wrong signature', MISMATCH);
  }
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const signer = new SignatureV4({
    credentials: session,
    region: authorization.region,
    service: authorization.service,
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: authorization.service !== 's3',
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: 'localhost',
      path: request.path,
      query: { ...request.query },
      headers: Object.fromEntries(
        authorization.signedHeaders.map((name) => [name, request.headers[name] ?? '']),
      ),
      body: request.body,
    },
    {
      signingDate: new Date(Date.UTC(year, month - 1, day, hour, minute, second)),
      signableHeaders: new Set(authorization.signedHeaders),
    },
  );
  const expected = Buffer.from(
    /Signature=([0-9a-f]{64})/.exec(signed.headers['authorization'] ?? '')?.[1] ?? '',
  );
  const given = Buffer.from(authorization.signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new SignatureProblem('wrong signature', MISMATCH);
  }
};
