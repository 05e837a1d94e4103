import { refusalOf } from './server/guard';

const PORT = 7990;
const asked = (method: string, headers: Record<string, string> = {}) =>
  refusalOf({ method, headers: { host: `127.0.0.1:${PORT}`, ...headers } }, PORT)?.status;
const JSON_TYPE = { 'content-type': 'application/json' };

test('A browser on this machine is let in, by either of its names', () => {
  expect(asked('GET')).toBeUndefined();
  expect(asked('GET', { host: `localhost:${PORT}` })).toBeUndefined();
  expect(asked('POST', { ...JSON_TYPE, origin: `http://127.0.0.1:${PORT}` })).toBeUndefined();
});

test('A command line on this machine is let in', () => {
  expect(asked('POST', JSON_TYPE)).toBeUndefined();
});

test.each(['rebound.example:7990', '127.0.0.1', '127.0.0.1:7991', '', 'localhost.example:7990'])(
  'A name that was pointed at this machine gets nothing, not even to read: %p',
  (host) => {
    expect(asked('GET', { host })).toBe(421);
    expect(asked('POST', { ...JSON_TYPE, host, origin: `http://${host}` })).toBe(421);
  },
);

test.each(['http://example.com', 'https://127.0.0.1:7990', 'http://127.0.0.1:3000', 'null'])(
  'A script of another origin changes nothing: %p',
  (origin) => {
    expect(asked('POST', { ...JSON_TYPE, origin })).toBe(403);
  },
);

test('What a browser says comes from elsewhere changes nothing, though it names no origin', () => {
  expect(asked('POST', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(asked('POST', { ...JSON_TYPE, 'sec-fetch-site': 'same-site' })).toBe(403);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp'])(
  'A form changes nothing: it cannot send JSON as such, but %s',
  (type) => {
    expect(asked('POST', { 'content-type': type })).toBe(415);
  },
);

test('Nothing is put or deleted here', () => {
  expect(asked('DELETE', JSON_TYPE)).toBe(405);
});
