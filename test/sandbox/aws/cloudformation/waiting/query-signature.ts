import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whoever signs URLs, and for which place. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A request as Signature Version 4 sees it when it stands in the query and covers the host alone. */
interface Signed {
  readonly method: string;
  readonly host: string;
  /** Percent-encoded, as it is sent. */
  readonly path: string;
  /** Without the signature. */
  readonly query: readonly (readonly [string, string])[];
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const scopeOf = (date: string, region: string): string => `${date.slice(0, 8)}/${region}/s3/aws4_request`;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** @param date of the signature, such as `20260115T090000Z` */
const signatureOf = (signed: Signed, date: string, signer: Signer): string => {
  const query = signed.query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  const canonical = [
    ...[signed.method, signed.path, query],
    ...[`host:${signed.host}`, '', 'host', 'UNSIGNED-PAYLOAD'],
  ].join('\n');
  const scope = scopeOf(date, signer.region);
  const digest = createHash('sha256').update(canonical).digest('hex');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((previous, part) => hmac(previous, part), `AWS4${signer.secretAccessKey}`);
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, digest].join('\n')).toString('hex');
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
export const preSignedPut = (
  place: { readonly host: string; readonly path: string },
  signer: Signer,
  life: { readonly from: Date; readonly seconds: number },
): string => {
  const date = life.from.toISOString().replace(/[-:]|\.\d+/g, '');
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Date', date],
    ['X-Amz-SignedHeaders', 'host'],
    ['X-Amz-Expires', String(life.seconds)],
    ['X-Amz-Credential', `${signer.accessKeyId}/${scopeOf(date, signer.region)}`],
  ] as const;
  const signature = signatureOf({ method: 'PUT', ...place, query }, date, signer);
  const signed = [...query, ['X-Amz-Signature', signature] as const];
  return `https://${place.host}${place.path}?${signed.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`;
};

/** Whether the signature in a query is the signer's, for this request and no other. */
export const holds = (request: Signed, signer: Signer): boolean => {
  const value = (wanted: string): string => request.query.find(([name]) => name === wanted)?.[1] ?? '';
  const date = value('X-Amz-Date');
  const well =
    /^\d{8}T\d{6}Z$/.test(date) &&
    value('X-Amz-SignedHeaders') === 'host' &&
    value('X-Amz-Credential') === `${signer.accessKeyId}/${scopeOf(date, signer.region)}`;
  if (!well) return false;
  const query = request.query.filter(([name]) => name !== 'X-Amz-Signature');
  const expected = Buffer.from(signatureOf({ ...request, query }, date, signer));
  const given = Buffer.from(value('X-Amz-Signature'));
  return expected.length === given.length && timingSafeEqual(expected, given);
};
