import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { readJson } from '../../../aws-bridge/contract/json-text';

test.each([
  ['a number that is as much shorter as the white space is longer', '{"a":1e5   }'],
  ['white space in place of a number', '[1e2 ]'],
  ['a number that is overwritten', '{"a":1,"a":"b"}'],
  ['a list that is overwritten', '{"a":[],"a":[]}'],
  ['names that are numbers, not in order', '{"b":"","1":""}'],
  ['a name that is a number, behind another', '{"a":{"b":"","0":""}}'],
  ['a name of later, then __proto__', '{"a":"","__proto__":""}'],
  ['an empty list with white space', '[ ]'],
  ['an empty object with white space', '{ }'],
  ['text in escapes', '"\\u0061"'],
  ['true with white space', 'true '],
  ['false with white space', ' false'],
  ['null with white space', 'null\n'],
  ['half a character', '"\\ud800"'],
  ['half a character behind a backslash', '"\\\\\\ud800"'],
])('%s is refused', (_, text) => {
  expect(JSON.parse(text)).toBeDefined();
  expect(readJson(Buffer.from(text))).toBeUndefined();
});

test.each([
  ['nothing', '[]'],
  ['no members', '{}'],
  ['what is short', '[true,false,null,"",[],{},[[]],[{}],{"a":[]},{"":{}}]'],
  ['a character that stands for what is no character', '"\ufffd"'],
  ['a name that begins with a digit', '{"1a":"","b":""}'],
  ['names that are numbers, in order', '{"1":"","10":"","b":""}'],
  ['a quote that is escaped', '{"a":"\\""}'],
  ['a backslash before what looks like half a character', '"\\\\ud800"'],
  ['numbers', '[0,-1,1.5,1e+21]'],
])('%s is read', (_, text) => {
  expect(readJson(Buffer.from(text))).toStrictEqual(JSON.parse(text));
});

test.each([
  ['before what needs no second look', '\ufeff"a"'],
  ['before a character that stands for what is no character', '\ufeff"\ufffd"'],
])('a mark of the byte order %s is refused', (_, text) => {
  expect(readJson(Buffer.from(text))).toBeUndefined();
});

test('the decoder that refuses is asked only where the quicker one may have replaced something', () => {
  const decode = jest.spyOn(TextDecoder.prototype, 'decode');
  try {
    readJson(Buffer.from('{"a":"ü 🙂"}'));
    expect(decode).not.toHaveBeenCalled();
    expect(readJson(Buffer.from('"\ufffd"'))).toBe('\ufffd');
    expect(decode).toHaveBeenCalledTimes(1);
  } finally {
    decode.mockRestore();
  }
});

test('a part of a larger buffer is read, and nothing around it', () => {
  expect(readJson(Buffer.from('x"a"y').subarray(1, 4))).toBe('a');
  expect(readJson(new Uint8Array([0x22, 0x61, 0x22]))).toBe('a');
});

/** Whether the text was written again to be compared, which takes longer than to read it. */
const isWritten = (text: string): boolean => {
  const write = jest.spyOn(JSON, 'stringify');
  try {
    readJson(Buffer.from(text));
    return write.mock.calls.length > 0;
  } finally {
    write.mockRestore();
  }
};

test.each([
  '[]',
  '{}',
  '""',
  'true',
  'false',
  'null',
  '[true,false,null,"",[],{},[[]],[{}],{"a":[]},{"":{}}]',
  '{"a":"b","c":["d","ü"],"e":{"f":null}}',
  '{"B":"",":":"","constructor":""}',
  '"\ufffd"',
])('%s is read without being written again', (text) => {
  expect(isWritten(text)).toBe(false);
});

test.each(['1', '[0]', '{"a":-1}', '{"1a":""}', '{"a":{"9":""}}', '"\\n"', '{"a":"\\""}', '[ ]'])(
  'of %s the length does not tell, so that it is written again',
  (text) => {
    expect(isWritten(text)).toBe(true);
  },
);

/** What readJson comes to, without its short cut: the text is written again. */
const readPlainly = (utf8: Uint8Array): unknown => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(utf8);
    const value: unknown = JSON.parse(text);
    const aloneSurrogates = /(?<!\\)(?:\\\\)*\\ud/;
    if (JSON.stringify(value) === text && !aloneSurrogates.test(text) && !text.includes('"__proto__":'))
      return value;
  } catch {
    // Refused, like all that does not come out the same.
  }
  return undefined;
};

const name = fc.oneof(
  fc.constantFrom('a', 'b', '', '0', '1', '10', '-1', ':', '__proto__', 'constructor', 'ü', '\ufffd', 'a\\"'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, false, '', 'a', [], {}),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
}));

/** An edit of JSON at a place from 0 to 1 that may leave it JSON. */
const edit = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(
    ...[' ', '\n', '\t', '0', '1e2', '.0', '-', '"a":1,', '"a":"b",', '"__proto__":1,', ',', '[]', '{}'],
    ...['\\', '\\u0061', '\\/', '\ufeff', '\ufffd', '"', 'null', 'true', ':', '🙂', '\ud83d'],
  ),
  fc.nat(3),
);
const edited = (text: string, edits: readonly (readonly [number, string, number])[]): string =>
  edits.reduce((before, [share, insert, removed]) => {
    const at = Math.floor(share * before.length);
    return before.slice(0, at) + insert + before.slice(at + removed);
  }, text);

test('the short cut and writing the text again come to the same', () => {
  let [read, refused] = [0, 0];
  fc.assert(
    fc.property(json, fc.array(edit, { maxLength: 3 }), (value, edits) => {
      const bytes = Buffer.from(edited(JSON.stringify(value), edits));
      const expected = readPlainly(bytes);
      if (expected === undefined) refused += 1;
      else read += 1;
      expect(isDeepStrictEqual(readJson(bytes), expected)).toBe(true);
    }),
    { numRuns: 5_000, seed: 20_261_122 },
  );
  expect(Math.min(read, refused)).toBeGreaterThan(500);
});

test('so they do for bytes that are hardly ever JSON', () => {
  const pieces = fc.constantFrom(
    ...Array.from('{}[]:,"\\0123ae_ '),
    '"a"',
    '"a":',
    'null',
    '1e2',
    '\ufeff',
    '\ufffd',
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }),
      fc.uint8Array({ maxLength: 2 }),
      fc.nat(12),
      (parts, noise, at) => {
        const text = Buffer.from(parts.join(''));
        const bytes = Buffer.concat([text.subarray(0, at), noise, text.subarray(at)]);
        expect(isDeepStrictEqual(readJson(bytes), readPlainly(bytes))).toBe(true);
      },
    ),
    { numRuns: 5_000, seed: 20_261_122 },
  );
});
