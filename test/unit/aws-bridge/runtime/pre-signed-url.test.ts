import { PreSignedUrlRefused, readPreSignedUrl } from '../../../../aws-bridge/runtime/pre-signed-url';

const HOST = 'bucket.s3.eu-west-1.amazonaws.com';
const QUERY = [
  'X-Amz-Algorithm=AWS4-HMAC-SHA256',
  'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260302%2Feu-west-1%2Fs3%2Faws4_request',
  'X-Amz-Date=20260302T100000Z',
  'X-Amz-Expires=86399',
  `X-Amz-Signature=${'0123abcd'.repeat(8)}`,
  'X-Amz-SignedHeaders=host',
].join('&');
const aUrl = ({ start = `https://${HOST}`, path = '/aaa', query = QUERY } = {}): string =>
  `${start}${path}?${query}`;
const read = (text: string) =>
  readPreSignedUrl(text, { hosts: ['elsewhere.example', HOST], path: /^\/a+$/, region: 'eu-west-1' });

/** Why a text is refused; undefined where it is not. */
const refusal = (text: string): PreSignedUrlRefused | undefined => {
  try {
    read(text);
    return undefined;
  } catch (error) {
    if (error instanceof PreSignedUrlRefused) return error;
    throw error;
  }
};

test('a URL tells its path, and when its signature expires', () => {
  expect(read(aUrl())).toEqual({ path: '/aaa', expiresAt: new Date('2026-03-03T09:59:59Z') });
});

test('every host that is possible is taken, and the last moment of a signature of a week is told', () => {
  const url = aUrl({
    start: 'https://elsewhere.example',
    query: QUERY.replace('Expires=86399', 'Expires=604800'),
  });
  expect(read(url).expiresAt).toEqual(new Date('2026-03-09T10:00:00Z'));
});

test('2,048 characters are read, one more is too long', () => {
  const path = `/${'a'.repeat(2048 - aUrl({ path: '/' }).length)}`;
  expect(aUrl({ path })).toHaveLength(2048);
  expect(read(aUrl({ path })).path).toBe(path);
  expect(refusal(aUrl({ path: `${path}a` }))?.reason).toBe('too-long');
});

test.each<[string, string, string]>([
  ['a space in front', ` ${aUrl()}`, 'not-printable'],
  ['a line behind', `${aUrl()}\n`, 'not-printable'],
  ['a letter beyond ASCII in the middle', aUrl({ path: '/aäa' }), 'not-printable'],
  ['in clear', aUrl({ start: `http://${HOST}` }), 'not-https'],
  ['HTTPS behind something else', `x${aUrl()}`, 'not-https'],
  ['another host', aUrl({ start: 'https://example.org' }), 'wrong-host'],
  ['the host and more', aUrl({ start: `https://${HOST}.example.org` }), 'wrong-host'],
  ['another path', aUrl({ path: '/b' }), 'wrong-path'],
  ['no query', `https://${HOST}/aaa`, 'wrong-query'],
  ['a day that no month has', aUrl({ query: QUERY.replaceAll('20260302', '20260230') }), 'wrong-query'],
  ['an hour that no day has', aUrl({ query: QUERY.replace('T10', 'T24') }), 'wrong-query'],
  ['a second more than a week', aUrl({ query: QUERY.replace('86399', '604801') }), 'wrong-query'],
  ['a letter before the first name', aUrl({ query: QUERY.replace('X-Amz-A', 'AX-Amz-A') }), 'wrong-query'],
  ['a letter behind the last value', aUrl({ query: `${QUERY}x` }), 'wrong-query'],
  ['a second = in a signature', aUrl({ query: QUERY.replace('0123abcd', '0123=abcd') }), 'wrong-query'],
  ['no name', aUrl({ query: QUERY.replace('X-Amz-Date', '') }), 'wrong-query'],
  ['a name alone', aUrl({ query: QUERY.replace('X-Amz-Date=', 'X-Amz-Date') }), 'wrong-query'],
  ['a key that is too short', aUrl({ query: QUERY.replace('AKIAIOSFODNN7EXAMPLE', 'AKIA') }), 'wrong-query'],
  ['a part too few in the scope', aUrl({ query: QUERY.replace('%2Fs3', '') }), 'wrong-query'],
  ['a part too many in the scope', aUrl({ query: QUERY.replace('%2Fs3', '%2Fs3%2Fs3') }), 'wrong-query'],
  ["another day's scope", aUrl({ query: QUERY.replace('%2F20260302', '%2F20260301') }), 'wrong-scope'],
  ["another region's scope", aUrl({ query: QUERY.replace('%2Feu-west-1', '%2Feu-west-2') }), 'wrong-scope'],
  ["another service's scope", aUrl({ query: QUERY.replace('%2Fs3', '%2Fsts') }), 'wrong-scope'],
  ['a scope of another kind', aUrl({ query: QUERY.replace('aws4_request', 'aws5_request') }), 'wrong-scope'],
])('%s is refused, and why is told', (_, text, reason) => {
  const refused = refusal(text);
  expect(refused?.reason).toBe(reason);
  expect(String(refused)).toBe(`PreSignedUrlRefused: A pre-signed URL is refused: ${reason}`);
});
