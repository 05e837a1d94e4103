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
