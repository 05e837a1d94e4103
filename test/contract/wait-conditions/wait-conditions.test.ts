import { cases } from './cases';
import { startStandIn } from './on-stand-in';
import { aSubject } from './subject';

let aws: Awaited<ReturnType<typeof startStandIn>>;
beforeEach(async () => {
  aws = await startStandIn();
});
afterEach(() => aws.close());

test.each(cases.map((given) => [given.name, given] as const))('%s', async (_name, { expected, observe }) => {
  expect(await observe(aSubject(aws, 'waits'))).toEqual(expected);
});

const TWELVE_HOURS = 43_200;
const template = (timeout: number) => ({
  Resources: {
    Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    Wait: {
      Type: 'AWS::CloudFormation::WaitCondition',
      Properties: { Handle: { Ref: 'Handle' }, Timeout: timeout },
    },
  },
});

test('twelve hours of waiting take no time', async () => {
  const stack = aSubject(aws, 'waits');
  await stack.create(template(TWELVE_HOURS));
  await stack.pass(TWELVE_HOURS - 30);
  expect(await stack.status()).toBe('CREATE_IN_PROGRESS');
  expect(await stack.rest()).toBe('ROLLBACK_COMPLETE');
  expect(await stack.reason('Wait')).toContain('timed out');
});

test('more than twelve hours are refused', async () => {
  const stack = aSubject(aws, 'waits');
  await stack.create(template(TWELVE_HOURS + 1));
  expect(await stack.rest()).toBe('ROLLBACK_COMPLETE');
  expect(await stack.reason('Wait')).toContain('Timeout');
});

test('a URL is one of S3, signed for its host alone, and dies a second before its day is over', async () => {
  const stack = aSubject(aws, 'waits');
  await stack.create({ Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } });
  let url = '';
  await stack.send({ method: 'GET' }, (given) => (url = given));
  const { host, pathname, searchParams } = new URL(url);
  expect(host).toBe('cloudformation-waitcondition-eu-west-1.s3.eu-west-1.amazonaws.com');
  expect(pathname).toMatch(
    /^\/arn%3Aaws%3Acloudformation%3Aeu-west-1%3A\d{12}%3Astack\/waits\/[0-9a-f-]{36}\/[0-9a-f-]{36}\/Handle$/,
  );
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Expires': '86399',
  });
  const signal = { Status: 'SUCCESS', UniqueId: 'a' } as const;
  expect(await stack.signal(signal)).toBe(200);
  await stack.pass(86_400);
  expect(await stack.signal(signal)).toBe(403);
});

test('nothing of a URL is in the journal', async () => {
  const stack = aSubject(aws, 'waits');
  await stack.create(template(600));
  await stack.signal({ Status: 'SUCCESS', UniqueId: 'a' });
  await stack.send({ method: 'GET' });
  const entries = aws.journal.of('s3');
  expect(entries.map(({ operation, status }) => [operation, status])).toEqual([
    ['PutObject', 200],
    ['PutObject', 403],
  ]);
  expect(JSON.stringify(aws.journal.entries)).not.toMatch(/X-Amz-Signature|arn%3Aaws/);
});

test('what is no signal fails the condition', async () => {
  const stack = aSubject(aws, 'waits');
  await stack.create(template(600));
  expect(await stack.send({ method: 'PUT', body: Buffer.from('{"Status":"OK"}') })).toBe(200);
  expect(await stack.rest()).toBe('ROLLBACK_COMPLETE');
  expect(await stack.reason('Wait')).toBe('Unparsable WaitCondition data');
});
