import fc from 'fast-check';
import { printable, quoted, sentence } from '../../../../forge-app/order/printable';

test.each([
  'https://console.aws.amazon.com/s3/home?region=eu-west-1#!/buckets/reports-1?tab=objects&prefix=a%20b',
  'arn:aws:iam::100000000003:role/reports_reader-1',
  'The following resource(s) failed to create: [Bucket, Policy].',
  '{"buckets":["one","two"],"nested":{ "count": 2 }}',
])('what AWS reports is shown as it is: %s', (text) => {
  expect(printable(text)).toBe(text);
});

test.each([
  ['a mention', '[~accountid:712020:1]'],
  ['a link', '[click here|https://evil.example]'],
  ['a link to an anchor', '[#top]'],
  ['an attachment', '[^secret.txt]'],
  ['a macro', '{code}'],
  ['a macro with parameters', '{color:white}'],
  ['monospace', '{{x}}'],
  ['an image', '!https://evil.example/x.png!'],
  ['an image behind an address', 'https://x.example/#!a.png!'],
  ['a line break of wiki markup', 'x\\\\Reference: y'],
])('%s is taken its meaning', (_what, text) => {
  expect(printable(text)).not.toMatch(/(?:\\(?!u\{[0-9a-f]+\}))|\[[~#^c]|(?<!\\u)\{[a-z{]|!/);
});

test('a value stays on one line, shows what is invisible, and differs from every other value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      expect(printable(one)).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u);
      expect(printable(one) === printable(other)).toBe(one === other);
    }),
  );
});

test('in quotation marks, the end is beyond doubt', () => {
  expect(quoted('a" and "b')).toBe('"a\\u{22} and \\u{22}b"');
});

test('what is cut off is announced', () => {
  expect(printable('a'.repeat(10), 4)).toBe('aaaa… (10 characters)');
});

test.each([
  ['It failed', 'It failed.'],
  ['It failed.', 'It failed.'],
  ['It failed..', 'It failed.'],
  ['Did it fail?', 'Did it fail?'],
  ['It failed… ', 'It failed…'],
])('a sentence ends once: %j', (text, expected) => {
  expect(sentence(text)).toBe(expected);
});
