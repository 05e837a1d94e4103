import fc from 'fast-check';
import { BodyTooLarge, MAX_BODY_BYTES, SignatureRefused } from '../../../../aws-bridge/contract/signature';
import { type HttpEvent, httpEvent, rawBody } from '../../../../aws-bridge/runtime/http-event';
import { aRequest } from './messages';

const anEvent = (overrides: Partial<HttpEvent>): HttpEvent => ({
  ...httpEvent(aRequest({})),
  ...overrides,
});

test('bytes that came in base64 are the bytes that were sent', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (sent) => {
      const event = anEvent({ body: Buffer.from(sent).toString('base64'), isBase64Encoded: true });
      expect(Buffer.from(rawBody(event)).equals(Buffer.from(sent))).toBe(true);
    }),
  ));

test('text is taken as UTF-8', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (body) => {
      expect(Buffer.from(rawBody(anEvent({ body }))).toString('utf8')).toBe(body);
    }),
  ));

test('an event without a body has no bytes', () => {
  const { rawPath, requestContext, headers, isBase64Encoded } = anEvent({});
  expect(rawBody({ rawPath, requestContext, headers, isBase64Encoded })).toHaveLength(0);
});

const anyEvent = { ...aRequest({}), body: 'text' };

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['text', 'POST'],
  ['a list', [anyEvent]],
  ['an empty event', {}],
  ['an event of the older format', { ...anyEvent, rawPath: undefined, path: '/webhook' }],
  ['an event without a context', { ...anyEvent, requestContext: undefined }],
  ['an event whose context is of no request', { ...anyEvent, requestContext: {} }],
  ['an event without a method', { ...anyEvent, requestContext: { http: { path: '/webhook' } } }],
  ['an event without headers', { ...anyEvent, headers: undefined }],
  ['an event with several values of a header', { ...anyEvent, headers: { a: ['b', 'c'] } }],
  ['an event whose body is no text', { ...anyEvent, body: 1 }],
  ['an event whose body is null', { ...anyEvent, body: null }],
  ['an event that does not say how its body is written', { ...anyEvent, isBase64Encoded: undefined }],
])('%s is no event of an HTTP API', (_, received) => {
  expect(() => httpEvent(received)).toThrow('payload format 2.0');
});

test('an event is read whether it has a body or not, and whatever else it has', () => {
  const { body, ...without } = anyEvent;
  expect(httpEvent(anyEvent)).toMatchObject({ body, rawPath: '/webhook' });
  expect(httpEvent(without)).toMatchObject({ rawPath: '/webhook' });
});

test.each(['{"type":"operation.approved"}', 'QUI=\n', 'QUJ=', 'QQ', 'Q-_='])(
  'a body that claims to be base64 and is not is refused: %s',
  (body) => {
    expect(() => rawBody(anEvent({ body, isBase64Encoded: true }))).toThrow(SignatureRefused);
  },
);

test.each([
  ['as text', 'a'.repeat(MAX_BODY_BYTES), false],
  ['in base64', Buffer.alloc(MAX_BODY_BYTES, 97).toString('base64'), true],
])('a body of exactly the limit passes %s', (_, body, isBase64Encoded) => {
  expect(rawBody(anEvent({ body, isBase64Encoded }))).toHaveLength(MAX_BODY_BYTES);
});

test.each([
  ['as text', 'a'.repeat(MAX_BODY_BYTES + 1), false],
  ['as text of several bytes a character', 'é'.repeat(MAX_BODY_BYTES / 2 + 1), false],
  ['in base64', Buffer.alloc(MAX_BODY_BYTES + 1, 97).toString('base64'), true],
  ['in base64 with four characters more', `${Buffer.alloc(MAX_BODY_BYTES, 97).toString('base64')}QUJD`, true],
])('a longer body is refused %s', (_, body, isBase64Encoded) => {
  expect(() => rawBody(anEvent({ body, isBase64Encoded }))).toThrow(BodyTooLarge);
});

test('a body far too long is refused before it is decoded', () => {
  const event = anEvent({ body: 'A'.repeat(4 * MAX_BODY_BYTES), isBase64Encoded: true });
  const decode = jest.spyOn(Buffer, 'from');
  expect(() => rawBody(event)).toThrow(BodyTooLarge);
  expect(decode).not.toHaveBeenCalled();
  decode.mockRestore();
});
