import * as z from 'zod/mini';
import { MessageMalformed, open, seal } from '../../../aws-bridge/contract/codec';
import { OperationApproved, WebhookMessage } from '../../../aws-bridge/contract/messages';
import { BodyTooLarge, SignatureRefused } from '../../../aws-bridge/contract/signature';
import { anApprovedOperation } from '../../builders/orders';
import { aKey, aSignedMessage, NOW } from '../../builders/signed-messages';

const content = { type: 'operation.approved', timestamp: NOW.toISOString(), data: anApprovedOperation() };
const sealed = seal({ id: content.data.operationId, at: NOW, content, key: aKey(1) });
const opened = (body: string | Buffer, schema: z.ZodMiniType = z.unknown()): unknown => {
  const message = aSignedMessage({ body });
  return open(schema, { ...message, keys: [aKey(1)], now: NOW }).content;
};
const problemsOf = (body: string | Buffer, schema?: z.ZodMiniType): readonly string[] => {
  try {
    opened(body, schema);
  } catch (error) {
    if (error instanceof MessageMalformed) return error.problems;
    throw error;
  }
  return [];
};
const NOT_JSON = ['body: not JSON as JSON.stringify writes it, in UTF-8'];

test('what was sealed opens as it was', () => {
  const message = { headers: sealed.headers, body: Buffer.from(sealed.body), keys: [aKey(1)], now: NOW };
  expect(open(OperationApproved, message)).toEqual({ id: content.data.operationId, content });
  expect(sealed.headers['content-type']).toBe('application/json');
});

test('text beyond ASCII survives', () => {
  expect(opened('{"name":"Köln 東京 😀"}')).toEqual({ name: 'Köln 東京 😀' });
});

test('a message is verified before it is parsed', () => {
  const message = { ...aSignedMessage({ key: aKey(2), body: 'not JSON' }), keys: [aKey(1)], now: NOW };
  expect(() => open(OperationApproved, message)).toThrow(SignatureRefused);
});

test('a body that is too large is refused before it is verified', () => {
  const message = { headers: {}, body: Buffer.alloc(262_145), keys: [aKey(1)], now: NOW };
  expect(() => open(OperationApproved, message)).toThrow(BodyTooLarge);
});

test.each<[string, string | Buffer]>([
  ['empty', ''],
  ['no JSON', 'account=1'],
  ['cut off', '{"a":1'],
  ['white space around', ' {"a":1} '],
  ['white space within', '{"a": 1}'],
  ['a line break behind', '{"a":1}\n'],
  ['a byte order mark', Buffer.from('\ufeff{"a":1}')],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ['a byte that is no UTF-8', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')])],
  ['an overlong slash', Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])],
  [
    'a surrogate in UTF-8',
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
  ],
  ['a key twice', '{"a":1,"a":2}'],
  ['a key twice, the same value', '{"a":1,"a":1}'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
  ['a key twice, deep inside', '{"a":[{"b":{"c":1,"d":2,"c":3}}]}'],
  ['a member named __proto__', '{"__proto__":{"admin":true}}'],
  ['a member named __proto__, deep inside', '{"a":[{"b":{"__proto__":"x"}}]}'],
  ['a member named __proto__, escaped', '{"\\u005f_proto__":1}'],
  ['half a character', '{"a":"\\ud83d"}'],
  ['half a character as a key', '{"\\ud83d":1}'],
  ['half a character behind a backslash', '{"a":"\\\\\\ud83d"}'],
  ['a whole character escaped', '{"a":"\\ud83d\\ude00"}'],
  ['a number written otherwise', '{"a":1.0}'],
  ['a number with an exponent', '{"a":1e2}'],
  ['minus zero', '{"a":-0}'],
  ['a number too large', '{"a":1e999}'],
  ['a number too exact', '{"a":9007199254740993}'],
  ['NaN', '{"a":NaN}'],
  ['a comment', '{"a":1/*b*/}'],
  ['a comma too many', '{"a":1,}'],
  ['a slash escaped', '{"a":"\\/"}'],
  ['something behind it', '{"a":1}{"b":2}'],
  ['a nesting bomb of lists', '['.repeat(131_072) + ']'.repeat(131_072)],
  ['a nesting bomb of objects', '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000)],
  ['half a nesting bomb', '['.repeat(262_144)],
])('an authentic body is refused for %s', (_, body) => {
  expect(problemsOf(body)).toEqual(NOT_JSON);
});

test.each([
  '{"a":"\\\\ud83d"}',
  '{"a":"__proto__"}',
  '{"a":"\\"__proto__\\":"}',
  '{"proto":1}',
  '"text"',
  'null',
  '{"constructor":1,"prototype":2,"toString":3}',
])('%s is read', (body) => {
  expect(opened(body)).toEqual(JSON.parse(body));
});

test('every failing path is named, no value is', () => {
  const wrong = {
    ...content,
    timestamp: 'hunter2',
    data: { ...content.data, site: 'hunter2', kind: 'hunter2' },
  };
  const problems = problemsOf(JSON.stringify(wrong), WebhookMessage);
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['timestamp', 'data.kind', 'data.site']);
  expect(problems.join()).not.toContain('hunter2');
});

test('a problem says in words what is wrong', () => {
  const { order } = content.data;
  const wrong = {
    ...content,
    data: {
      ...content.data,
      extra: 1,
      requestKey: 42,
      order: { ...order, account: '12', parameters: { A: 'a'.repeat(4097) }, pathId: undefined },
    },
  };
  expect(problemsOf(JSON.stringify(wrong), WebhookMessage)).toEqual([
    'data.requestKey: Invalid input: expected string, received number',
    'data.order.account: Invalid string: must match pattern /^\\d{12}$/',
    'data.order.pathId: Invalid input: expected string, received undefined',
    'data.order.parameters.A: Too big: expected string to have <=4096 characters',
    'data: Unrecognized key: "extra"',
  ]);
  expect(problemsOf('{"type":"operation.unheard"}', WebhookMessage)).toEqual([
    "type: Invalid discriminator value. Expected 'operation.approved' | 'gate.decided' | 'operations.requested' | 'connection.tested'",
  ]);
});

test('a body that is no message at all has a problem of its own', () => {
  expect(problemsOf('null', WebhookMessage)).toEqual([expect.stringMatching(/^body: /)]);
});

test('a malformed body is not quoted', () => {
  expect(problemsOf('{"password":"hunter2",}')).toEqual(NOT_JSON);
});

test('a malformed message is told in one line, by its problems', () => {
  expect(String(new MessageMalformed(['a: wrong', 'b: missing']))).toBe(
    'MessageMalformed: The message is malformed: a: wrong; b: missing',
  );
});
