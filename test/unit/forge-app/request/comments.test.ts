import { OperationState } from '../../../../aws-bridge/contract/progress';
import { plain } from '../../../../forge-app/request/comment-text';
import {
  progressComment as commentOn,
  progressDetail,
  referenceLine,
  signed,
  uncheckedComment,
} from '../../../../forge-app/request/comments';
import { GATE_WORDS } from '../../../../forge-app/request/gate-words';
import { LAUNCH_WORDS } from '../../../../forge-app/request/launch-words';
import type { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { aProgress } from './a-request';

const progressComment = (progress: OperationProgress) => commentOn(progress, LAUNCH_WORDS);

test.each(
  OperationState.options.flatMap(
    (state) =>
      [
        ['launch', state, LAUNCH_WORDS],
        ['gate', state, GATE_WORDS],
      ] as const,
  ),
)('that a %s is %s is told in a sentence of its own', (_kind, state, words) => {
  const others = OperationState.options.filter((other) => other !== state);
  const [headline = ''] = commentOn(aProgress({ state }), words).split('\n');
  expect(headline).toMatch(/^[A-Z].*\.$/);
  for (const other of others) {
    expect(commentOn(aProgress({ state: other }), words)).not.toContain(headline);
  }
});

test('a success shows the record and each output', () => {
  const text = progressComment(
    aProgress({
      state: 'succeeded',
      record: { id: 'rec-1', status: 'SUCCEEDED' },
      outputs: [
        { key: 'BucketName', value: 'reports-1', description: 'Its name' },
        { key: 'Arn', value: 'arn:aws:s3:::reports-1' },
      ],
    }),
  );
  expect(text).toContain('- BucketName (Its name):\n{noformat}\nreports-1\n{noformat}');
  expect(text).toContain('- Arn:\n{noformat}\narn:aws:s3:::reports-1\n{noformat}');
  expect(text).toContain('rec-1');
});

test('a failure names the first resource that failed, why, and what to do', () => {
  const progress = aProgress({
    state: 'failed',
    failedResource: { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'The name is taken' },
    errors: [{ code: 'ProvisioningFailed', message: 'It failed', remedy: 'Choose another name.' }],
  });
  expect(progressComment(progress)).toMatch(/Bucket \(AWS::S3::Bucket\)\. The name is taken/);
  expect(progressComment(progress)).toContain('What to do: Choose another name.');
  expect(progressDetail(progress)).toContain('ProvisioningFailed: It failed');
});

test.each(['failed', 'refused', 'tainted'] as const)('the agents get the details when it is %s', (state) => {
  expect(progressDetail(aProgress({ state }))).not.toBeNull();
});

test('of a lost launch its reporter reads not to raise it again, and the agents where to look', () => {
  const progress = aProgress({
    state: 'lost',
    record: { id: 'rec-1', status: 'IN_PROGRESS' },
    provisionedProduct: { id: 'pp-1', name: 'reports-6789abcdef' },
    errors: [{ code: 'LostTrack', message: 'Not found out.', remedy: 'Look in account 100000000003.' }],
  });
  expect(progressComment(progress)).toContain('Do not raise it again');
  expect(progressComment(progress)).not.toMatch(/100000000003|Not found out|failed|nothing to use/i);
  const detail = progressDetail(progress) ?? '';
  expect(detail).toContain('is not known');
  expect(detail).toContain('LostTrack: Not found out.');
  expect(detail).toContain('reports-6789abcdef (pp-1)');
  expect(detail).toContain('Record: rec-1 (IN_PROGRESS)');
  expect(detail).toContain('Look in account 100000000003.');
  expect(detail).not.toContain('still exists');
});

test.each(['provisioning', 'rolling-back', 'succeeded'] as const)(
  'the agents need no details of %s',
  (state) => {
    expect(progressDetail(aProgress({ state }))).toBeNull();
  },
);

test('what somebody typed or AWS reported cannot mention, link, draw or pass for a line of ours', () => {
  const text = plain('[~accountid:1] {html} !x.png!\nReference: launch-1 / order\u202e');
  expect(text).not.toMatch(/\[|!|(?<!\\u)\{|\n|\u202e/);
});

test('an output that is an address comes out usable', () => {
  const value = 'https://console.aws.amazon.com/s3/buckets/reports-1?region=eu-west-1&tab=objects#!/a';
  const text = progressComment(aProgress({ state: 'succeeded', outputs: [{ key: 'Console', value }] }));
  expect(text.split('\n')).toContain(`- Console: ${value}`);
});

const shownOf = (value: string, key = 'Key'): string =>
  progressComment(aProgress({ state: 'succeeded', outputs: [{ key, value }] }));

test.each([
  [
    'the ARN of a secret that RDS keeps',
    'arn:aws:secretsmanager:eu-west-1:100000000003:secret:rds!db-1-AbCdEf',
  ],
  ['a shell command', 'aws s3 cp --recursive *.txt "s3://a_b_c/${HOME}" \\ && echo {done} [ok] !!'],
  ['JSON', '{"a":["x"],"b":{c}}'],
])('%s comes out to be copied, its markup without a meaning', (_what, value) => {
  expect(shownOf(value)).toContain(`\n{noformat}\n${value}\n{noformat}`);
});

test.each([
  'x{noformat}[~accountid:1]',
  '[~accountid:1]',
  '{NoFormat}!a.png!',
  '{noformat:title=x} y',
  '{noformat',
  'a\n{noformat}\n[~accountid:1]',
  'https://x.example/{noformat}[~accountid:1]',
])('an output cannot leave the block that takes its markup the meaning: %j', (value) => {
  for (const text of [shownOf(value), shownOf('x', value)]) {
    expect(text.match(/\{noformat/gi)).toHaveLength(2);
    expect(text.split('{noformat}')[2]).not.toContain('accountid');
    expect(text).not.toContain('[~');
  }
});

test('an output shows what is invisible, and two that differ differ as they are shown', () => {
  expect(shownOf('a\u202eb\u200b')).toContain('\na\\u{202e}b\\u{200b}\n');
  expect(shownOf('{noformat}')).not.toBe(shownOf('\\u{7b}noformat}'));
});

test('a block of an output that does not fit is ended all the same', () => {
  const long = 'x'.repeat(3_900);
  const text = progressComment(
    aProgress({
      state: 'tainted',
      errors: Array.from({ length: 4 }, () => ({ code: 'Failed', message: long })),
      outputs: Array.from({ length: 5 }, (_, index) => ({ key: `Key${index}`, value: long })),
    }),
  );
  expect(text).toContain('(The rest is left out.)');
  expect((text.match(/\{noformat\}/g) ?? []).length % 2).toBe(0);
  expect(text).toMatch(/\n\{noformat\}\n\(The rest/);
});

test('outputs of any size make a comment that Jira takes, which says what is left out and keeps its end', () => {
  const outputs = Array.from({ length: 60 }, (_, index) => ({
    key: `Key${index}`,
    value: '['.repeat(index === 0 ? 80_000 : 1000),
  }));
  const text = progressComment(
    aProgress({ state: 'succeeded', outputs, record: { id: 'rec-1', status: 'SUCCEEDED' } }),
  );
  expect(text.length).toBeLessThan(32_000);
  expect(text).toMatch(/and \d+ more, which the record/);
  expect(text).toContain('- Key1:\n');
  expect(text).toContain('AWS Service Catalog record: rec-1');
});

test('a failure of any length fits into what is written down of it', () => {
  const long = '{x}'.repeat(333);
  const progress = aProgress({
    state: 'failed',
    failedResource: { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: long.repeat(4) },
    errors: Array.from({ length: 20 }, () => ({ code: 'Failed', message: long.repeat(4), remedy: long })),
  });
  expect(progressComment(progress).length).toBeLessThan(32_000);
  expect((progressDetail(progress) ?? '').length).toBeLessThan(32_000);
});

test.each(['the catalogue has not arrived', 'It is not usable. List a product.'])(
  'why an order is not checked ends with one full stop: %s',
  (problem) => {
    expect(uncheckedComment(problem)).not.toContain('..');
    expect(uncheckedComment(problem)).toMatch(/(?:arrived|product)\.\n/);
  },
);

test('a comment fits into what Jira takes, keeps its reference, and is cut between characters', () => {
  const reference = referenceLine('launch-1-0123456789abcdef', 'progress-3');
  for (const long of ['x'.repeat(100_000), `x${'😀'.repeat(50_000)}`, '😀'.repeat(50_000)]) {
    const text = signed(long, reference);
    expect(text.length).toBeLessThan(32_767);
    expect(text.endsWith(reference)).toBe(true);
    expect(text.isWellFormed()).toBe(true);
  }
});
