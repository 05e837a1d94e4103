import fc from 'fast-check';
import { createPatternCheck } from '../../../../forge-app/order/pattern-check';
import { ecmaScriptPattern, PatternNotUnderstood } from '../../../../forge-app/order/template-pattern';

const check = (pattern: string, text: string) => createPatternCheck()(pattern, [text]);

test.each([
  // Patterns of the kind that published templates have.
  ['^[a-z0-9][a-z0-9\\-]{1,61}[a-z0-9]$', 'my-bucket-1', 'My-bucket'],
  ['(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})', '10.0.0.0/16', '10.0.0.0'],
  ['^(?!aws-)[\\w+=,.@\\-]+$', 'team@role', 'aws-role'],
  ['[\\x20-\\x7E]*', 'any text', 'tab\there'],
  ['[^@]+\\@[^@]+\\.[^@]+', 'a@example.org', 'a.example.org'],
  ['arn:(aws|aws-cn):iam::\\d{12}:role/.+', 'arn:aws:iam::100000000003:role/x', 'arn:aws:iam::1:role/x'],
  ['^$|^https?://.+', '', 'ftp://x'],
  ['[a-zA-Z][a-zA-Z0-9]*', 'Ab1', '1a'],
  // What is written otherwise in ECMAScript.
  ['\\A[a-z]+\\z', 'abc', 'Aabcz'],
  ['\\p{Alpha}+', 'abc', 'äbc'],
  ['[\\p{Alnum}_]+', 'a_1', 'a-1'],
  ['\\p{Lu}\\p{L}*', 'Ärger', 'ärger'],
  ['\\P{Digit}+', 'abc', 'a1'],
  ['a\\sb', 'a b', 'a\u00a0b'],
  ['[\\s\\S]*', 'a\n\u00a0', undefined],
  ['a.c', 'a😀c', 'a\u0085c'],
  ['[a-z-9]+', 'a-9', '8'],
  ['[-a]+', '-a', 'b'],
  ['[a\\-z]+', 'a-z', 'b'],
  ['[\\w-.]+', 'a-b.c', 'a b'],
  ['\\x{1F600}', '😀', 'x'],
  ['\\u00e9', 'é', 'e'],
  ['a}b]c', 'a}b]c', 'abc'],
  ['\\_\\:\\#', '_:#', '_'],
  ['[!&&#~`%]{2}', undefined, undefined],
])('%s', (pattern, right, wrong) => {
  if (right !== undefined) expect(check(pattern, right)).toBe('match');
  if (wrong !== undefined) expect(check(pattern, wrong)).toBe('no-match');
});

test.each([
  'a++',
  'a*+',
  'a{2}+',
  '(?i)abc',
  '(?>a+)b',
  '[a-z&&[^b]]',
  '[a[b]]',
  '\\Qa.b\\E',
  '\\h',
  '\\R',
  '\\G',
  '(a)?\\1',
  '(?<n>a)\\k<n>',
  '\\p{javaLowerCase}',
  '\\p{IsLatin}',
  'a{',
  '{a}',
  '(',
  ')',
  '[a',
  '[]a]',
  '*',
  '\\',
  '[z-a]',
  '[a-\\d]',
  'a{3,2}',
])('%s is never a pass: it is not understood or no pattern at all', (pattern) => {
  expect(check(pattern, 'a')).toBe('unchecked');
});

test('what is not understood is an error of its own', () => {
  expect(() => ecmaScriptPattern('a++')).toThrow(PatternNotUnderstood);
});

test('every literal text matches itself once its special characters are escaped, and nothing longer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      const pattern = text.replace(/[^\p{L}\p{N}]/gu, '\\$&');
      expect(check(pattern, text)).toBe('match');
      expect(check(pattern, `${text}x`)).toBe('no-match');
    }),
    { numRuns: 100 },
  );
});

test('a pattern that backtracks for ever is stopped, and slow ones are tried a few times only', () => {
  const started = performance.now();
  const slowCheck = createPatternCheck(20);
  const texts = Array.from({ length: 50 }, () => `${'a'.repeat(60)}!`);
  for (let count = 0; count < 200; count++) expect(slowCheck('(a+)+', texts)).toBe('unchecked');
  expect(performance.now() - started).toBeLessThan(5000);
});
