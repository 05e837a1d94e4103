import { createHash } from 'node:crypto';
import { element, escapeXml } from '../../wire/xml';
import type { WireAnswer, WireRequest } from '../../wire/protocol';
import { holds, preSignedPut, type Signer } from './query-signature';

/** CloudFormation's buckets in S3, which take what is put to their pre-signed URLs and nothing else. */
export interface Uploads {
  /**
   * @param place.key of the object, percent-encoded, without the slash before it
   * @param place.lives seconds
   * @param take called with every body that is put there while the URL lives
   * @returns the URL. It has a host of AWS; what counts here are its path and its query
   */
  issue(
    place: { readonly bucket: string; readonly region: string; readonly key: string; readonly lives: number },
    take: (body: string) => void,
  ): string;
  /** Every URL that was issued, oldest first. */
  readonly urls: readonly string[];
  /** Whether a request is for S3: its address is an object's, or its query is signed. */
  concerns(request: WireRequest): boolean;
  /** The bucket that a request is for; undefined where no URL was issued for its path. */
  bucketOf(request: WireRequest): string | undefined;
  /** Answers as S3 does; a refusal says nothing of the URL. */
  answer(request: WireRequest, requestId: string): WireAnswer;
}

interface Issued extends Signer {
  readonly host: string;
  readonly take: (body: string) => void;
}

class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const ARN_PATH = /^\/arn%3A/i;

export const createUploads = (now: () => Date): Uploads => {
  const issued = new Map<string, Issued>();
  const urls: string[] = [];

  const take = (request: WireRequest): void => {
    const query = Object.entries(request.query).flatMap(([name, values]) =>
      [values].flat().map((value) => [name, value] as const),
    );
    const value = (name: string): string | undefined => query.find(([given]) => given === name)?.[1];
    if (value('X-Amz-Signature') === undefined) throw new Refused('AccessDenied', 'Access Denied', 403);
    const object = issued.get(request.path);
    const { method, path, headers } = request;
    const valid = object && holds({ method, path, host: object.host, query }, object);
    // S3 would let a Content-Type pass that is not signed; CloudFormation asks for an empty one.
    if (!valid || (headers['content-type'] ?? '') !== '') {
      throw new Refused(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        403,
      );
    }
    const [date = '', expires = ''] = [value('X-Amz-Date'), value('X-Amz-Expires')];
    const from = Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    if (now().getTime() > from + Number(expires) * 1000) {
      throw new Refused('AccessDenied', 'Request has expired', 403);
    }
    object.take(request.body.toString('utf8'));
  };

  return {
    issue: ({ bucket, region, key, lives }, taker) => {
      const place = { host: `${bucket}.s3.${region}.amazonaws.com`, path: `/${key}` };
      // The same in every run, as all ids in the sandbox are.
      const secretAccessKey = createHash('sha256').update(`key of ${place.path}`).digest('base64');
      const accessKeyId = `AKIA${createHash('sha256').update(place.path).digest('hex').toUpperCase().slice(0, 16)}`;
      const signer = { accessKeyId, secretAccessKey, region };
      issued.set(place.path, { ...signer, host: place.host, take: taker });
      const url = preSignedPut(place, signer, { from: now(), seconds: lives });
      urls.push(url);
      return url;
    },
    urls,
    concerns: (request) =>
      request.headers['authorization'] === undefined &&
      (ARN_PATH.test(request.path) || request.query['X-Amz-Signature'] !== undefined),
    bucketOf: ({ path }) => issued.get(path)?.host.split('.')[0],
    answer: (request, requestId) => {
      try {
        take(request);
        const etag = createHash('md5').update(request.body).digest('hex');
        return { status: 200, headers: { 'x-amz-request-id': requestId, etag: `"${etag}"` }, body: '' };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return {
          status: error.status,
          headers: { 'x-amz-request-id': requestId, 'content-type': 'application/xml' },
          body: `<?xml version="1.0" encoding="UTF-8"?>\n${element(
            'Error',
            element('Code', error.code) +
              element('Message', escapeXml(error.message)) +
              element('RequestId', requestId),
          )}`,
        };
      }
    },
  };
};
