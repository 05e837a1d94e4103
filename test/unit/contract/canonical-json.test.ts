import fc from 'fast-check';
import { canonicalJson, NotCanonical } from '../../../aws-bridge/contract/canonical-json';

test.each<[string, unknown, string]>([
  ['null', null, 'null'],
  ['true', true, 'true'],
  ['a number that is whole', 56, '56'],
  ['minus zero', -0, '0'],
  ['a fraction with zeros behind', 4.5, '4.5'],
  ['the shortest of the texts that mean the same number', Number('333333333.33333329'), '333333333.3333333'],
  ['a large number', 1e30, '1e+30'],
  ['the last number without an exponent', 999999999999999900000, '999999999999999900000'],
  ['the first number with an exponent', 1e21, '1e+21'],
  ['a small number', 2e-3, '0.002'],
  ['a very small number', 1e-27, '1e-27'],
  ['the smallest number', 5e-324, '5e-324'],
  ['the largest number', Number.MAX_VALUE, '1.7976931348623157e+308'],
  ['the largest safe integer', 9007199254740991, '9007199254740991'],
  ['plain text', 'Köln €', '"Köln €"'],
  [
    'controls, short where there is a short form',
    '\b\t\n\f\r\u0000\u000f\u001f',
    '"\\b\\t\\n\\f\\r\\u0000\\u000f\\u001f"',
  ],
  ['quote and backslash escaped, slash and delete not', '"\\/\u007f', '"\\"\\\\/\u007f"'],
  ['line separators as they are', '\u2028\u2029', '"\u2028\u2029"'],
  ['a pair of surrogates', '😀', '"😀"'],
  ['an empty list', [], '[]'],
  ['an empty object', {}, '{}'],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
  ['a list in its order', [3, 1, [2, 'a']], '[3,1,[2,"a"]]'],
  ['members sorted', { b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
  ['an empty name first', { a: 1, '': 2 }, '{"":2,"a":1}'],
  ['upper case before lower case', { b: 1, B: 2, a: 3, A: 4 }, '{"A":4,"B":2,"a":3,"b":1}'],
  ['digits as text, not as numbers', { 10: 1, 9: 2, 1: 3 }, '{"1":3,"10":1,"9":2}'],
  [
    'members sorted by UTF-16 code units, where a pair of surrogates comes before U+FB33',
    { '\ufb33': 1, '😀': 2, '€': 3, ö: 4, '\u0080': 5, 1: 6, '\r': 7 },
    '{"\\r":7,"1":6,"\u0080":5,"ö":4,"€":3,"😀":2,"\ufb33":1}',
  ],
])('%s', (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each<[string, unknown, string]>([
  ['undefined', undefined, 'the value: undefined is not JSON'],
  ['a member that is undefined', { a: { b: undefined } }, 'a.b: undefined is not JSON'],
  ['a hole in a list', { a: Array(2) }, 'a[0]: undefined is not JSON'],
  ['NaN', [NaN], '[0]: not a finite number'],
  ['an infinity', { a: -Infinity }, 'a: not a finite number'],
  ['a bigint', 1n, 'the value: bigint is not JSON'],
  ['a symbol', Symbol('a'), 'the value: symbol is not JSON'],
  ['a function', { a: () => 1 }, 'a: function is not JSON'],
  ['a date', new Date(0), 'the value: object is not JSON'],
  ['a map', new Map([['a', 1]]), 'the value: object is not JSON'],
  ['a buffer', Buffer.from('a'), 'the value: object is not JSON'],
  ['an object of a class', new URL('https://example.org'), 'the value: object is not JSON'],
  ['half a character', { a: ['\ud83d'] }, 'a[0]: a lone surrogate'],
  ['the other half', '\ude00a', 'the value: a lone surrogate'],
  ['half a character in a name', { '\ud83d': 1 }, 'the value: a lone surrogate'],
])('%s is refused', (_, value, message) => {
  expect(refusalOf(value)).toMatchObject({ name: 'NotCanonical', message });
});
const refusalOf = (value: unknown): unknown => {
  try {
    return canonicalJson(value);
  } catch (error) {
    return error instanceof NotCanonical ? error : undefined;
  }
};

const wellFormed = fc.string({ unit: 'grapheme' });
const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.integer(),
    wellFormed,
    fc.array(tie('value')),
    fc.dictionary(wellFormed, tie('value')),
  ),
})).value;

test('reading what was written gives the same value', () => {
  fc.assert(
    fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(value)),
    { numRuns: 1000 },
  );
});

test('writing again what was read gives the same text', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, unknown] => [key, shuffled(member)])
      .reverse(),
  );
};

test('the order in which members were added does not matter', () => {
  fc.assert(fc.property(json, (value) => expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))));
});

test('different values are written differently', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      const same = JSON.stringify(shuffled(shuffled(one))) === JSON.stringify(shuffled(shuffled(other)));
      if (canonicalJson(one) === canonicalJson(other)) expect(other).toEqual(one);
      else expect(same).toBe(false);
    }),
  );
});
