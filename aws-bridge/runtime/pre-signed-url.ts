/**
 * Why a URL is not one that CloudFormation has signed for a stack.
 *
 * - `not-a-stack`: what it should belong to is not a stack's ARN
 * - `too-long`
 * - `not-printable`: white space, control characters or anything beyond ASCII
 * - `not-https`
 * - `wrong-host`: another host, or one that is written otherwise; a port, credentials
 * - `wrong-path`: another account, region or stack, another kind of URL, or another writing of the right one
 * - `wrong-query`: a part of the signature is missing, doubled, malformed or one too many; a fragment
 * - `wrong-scope`: signed for another region, service or day
 */
export type UrlProblem =
  | 'not-a-stack'
  | 'too-long'
  | 'not-printable'
  | 'not-https'
  | 'wrong-host'
  | 'wrong-path'
  | 'wrong-query'
  | 'wrong-scope';

/** A URL is not what it should be. Nothing of it is told. */
export class PreSignedUrlRefused extends Error {
  override readonly name = 'PreSignedUrlRefused';
  readonly reason: UrlProblem;
  constructor(reason: UrlProblem) {
    super(`A pre-signed URL is refused: ${reason}`);
    this.reason = reason;
  }
}

/** Characters; a stack's ARN has 260 at most. */
const MAX_LENGTH = 2048;
const HTTPS = 'https://';
/** Seconds that a signature of S3 is good for at most. */
const MAX_EXPIRES = 604_800;

/**
 * The query of a URL that was signed with long-term credentials for its host alone, which is how CloudFormation signs; its
 * members sorted.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
const MEMBERS = [
  /X-Amz-Algorithm=AWS4-HMAC-SHA256/,
  /X-Amz-Credential=[A-Z0-9]{16,128}(?<scope>(?:%2F[a-z0-9_-]{1,32}){4})/,
  /X-Amz-Date=(?<year>20\d\d)(?<month>\d\d)(?<day>\d\d)T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)Z/,
  /X-Amz-Expires=(?<seconds>[1-9]\d{0,5})/,
  /X-Amz-Signature=[0-9a-f]{64}/,
  /X-Amz-SignedHeaders=host/,
];
const QUERY = new RegExp(`^${MEMBERS.map(({ source }) => source).join('&')}$`);

/**
 * Compares a URL with the only ones that are possible, character by character. It is never parsed into something that
 * could be written otherwise: what was compared is what will be sent.
 * @param expected.path the whole of what follows the host, up to the query
 * @returns the path, and when the signature expires
 * @throws PreSignedUrlRefused
 */
export const readPreSignedUrl = (
  text: string,
  expected: { readonly hosts: readonly string[]; readonly path: RegExp; readonly region: string },
): { readonly path: string; readonly expiresAt: Date } => {
  if (text.length > MAX_LENGTH) throw new PreSignedUrlRefused('too-long');
  if (!/^[!-~]*$/.test(text)) throw new PreSignedUrlRefused('not-printable');
  if (!text.startsWith(HTTPS)) throw new PreSignedUrlRefused('not-https');
  const host = expected.hosts.find((name) => text.startsWith(`${HTTPS}${name}/`));
  if (host === undefined) throw new PreSignedUrlRefused('wrong-host');
  const afterHost = text.slice(HTTPS.length + host.length);
  const path = afterHost.replace(/\?.*/, '');
  if (!expected.path.test(path)) throw new PreSignedUrlRefused('wrong-path');
  return { path, expiresAt: expiry(afterHost.slice(path.length + 1), expected.region) };
};

const expiry = (query: string, region: string): Date => {
  // Sorted it is one text: no member can be missing, there twice or one too many.
  const sorted = query.split('&').sort().join('&');
  if (!QUERY.test(sorted)) throw new PreSignedUrlRefused('wrong-query');
  const told = (pattern: string): string => sorted.replace(QUERY, pattern);
  const signedAt = moment(told('$<year>-$<month>-$<day>T$<hour>:$<minute>:$<second>.000Z'));
  const seconds = Number(told('$<seconds>'));
  if (signedAt === undefined || seconds > MAX_EXPIRES) throw new PreSignedUrlRefused('wrong-query');
  const scope = `%2F${told('$<year>$<month>$<day>')}%2F${region}%2Fs3%2Faws4_request`;
  if (told('$<scope>') !== scope) throw new PreSignedUrlRefused('wrong-scope');
  return new Date(signedAt.getTime() + seconds * 1000);
};

/** Undefined for what no calendar has. */
const moment = (iso: string): Date | undefined => {
  const at = new Date(iso);
  return !Number.isNaN(at.getTime()) && at.toISOString() === iso ? at : undefined;
};

/**
 * Hosts by which CloudFormation's URLs name a bucket of a region. All regions can be written with a dot; older ones were
 * with a hyphen, and us-east-1 is not named.
 */
export const bucketHosts = (bucket: string, region: string): readonly string[] => [
  `${bucket}.s3.${region}.amazonaws.com`,
  region === 'us-east-1' ? `${bucket}.s3.amazonaws.com` : `${bucket}.s3-${region}.amazonaws.com`,
];

/** A stack's ARN as CloudFormation writes it into a path: colons encoded, slashes not. */
export const pathOf = (stackId: string): string => `/${stackId.replaceAll(':', '%3A')}`;
