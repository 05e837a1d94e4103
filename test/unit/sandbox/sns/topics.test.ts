import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { HUB, REGION } from '../../../sandbox/organization';
import { type RunningAws, runningAws } from '../aws/running-aws';

const TOPIC = `arn:aws:sns:${REGION}:${HUB}:approvals`;
const ROLE = 'probe';

let aws: RunningAws;
beforeEach(async () => {
  aws = await runningAws();
  aws.topics.create(TOPIC);
  allowed([{ Action: 'sns:Publish', Resource: TOPIC }]);
});
afterEach(() => aws.close());

const allowed = (statements: readonly object[]): void =>
  aws.iam.putRole({
    ...{ account: HUB, name: ROLE, trust: { Version: '2012-10-17', Statement: [] } },
    policies: {
      probe: {
        Version: '2012-10-17',
        Statement: statements.map((given) => ({ Effect: 'Allow', ...given })),
      },
    },
  });

const post = async (form: Readonly<Record<string, string>>): Promise<string> => {
  const send = createSignedFetch('sns', aws.as(ROLE), { now: () => new Date(), timeout: 10_000 });
  const body = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', ...form }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await send({ method: 'POST', path: '/', headers, body })).text;
};
const publish = (form: Readonly<Record<string, string>> = {}) =>
  post({ TopicArn: TOPIC, Subject: 'A stack waits', Message: 'https://jira.example/CLOUD-1', ...form });

test('what is published is kept, with its subject and its moment', async () => {
  const answer = await publish();
  const [message] = aws.topics.messages;
  expect(message).toEqual({
    id: expect.any(String) as string,
    topicArn: TOPIC,
    subject: 'A stack waits',
    message: 'https://jira.example/CLOUD-1',
    at: aws.clock.now(),
  });
  expect(answer).toContain(`<MessageId>${message?.id ?? 'none'}</MessageId>`);
  expect(answer).toContain('<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">');
});

test.each([
  ['an empty message', { Message: '' }, 400],
  ['a message that is too long', { Message: 'é'.repeat(131_073) }, 400],
  ['a subject in two lines', { Subject: 'A stack\nwaits' }, 400],
  ['a subject of a hundred characters', { Subject: 'x'.repeat(100) }, 400],
])('%s is refused', async (_, form, status) => {
  await expect(publish(form)).rejects.toMatchObject({ status });
  expect(aws.topics.messages).toStrictEqual([]);
});

test('only a topic that exists takes messages, from whoever may publish to it', async () => {
  allowed([{ Action: 'sns:Publish', Resource: 'arn:aws:sns:*:*:*' }]);
  await expect(publish({ TopicArn: `${TOPIC}-2` })).rejects.toMatchObject({ status: 404 });
  await expect(publish({ TopicArn: TOPIC.replace(REGION, 'eu-north-1') })).rejects.toMatchObject({
    status: 400,
  });
  allowed([{ Action: 'sns:Subscribe', Resource: TOPIC }]);
  await expect(publish()).rejects.toMatchObject({ status: 403 });
  expect(aws.journal.of('sns', 'Publish').map(({ detail }) => detail['error'])).toEqual([
    'NotFound',
    'InvalidParameter',
    'AuthorizationError',
  ]);
});

test('what nobody here sends is an error that says so', async () => {
  for (const form of [{ MessageStructure: 'json' }, { 'MessageAttributes.entry.1.Name': 'kind' }]) {
    await expect(publish(form)).rejects.toMatchObject({ cause: { status: 501 } });
  }
});

test('a topic under a customer’s key takes messages of who may use the key, through SNS', async () => {
  const key = `arn:aws:kms:${REGION}:${HUB}:key/one`;
  aws.customerKeys.encrypt(TOPIC, key);
  aws.iam.putResourcePolicy(key, {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'kms:*', Resource: '*' },
    ],
  });
  const publishing = { Action: 'sns:Publish', Resource: TOPIC };
  const using = (...Action: string[]) => ({
    ...{ Action, Resource: key },
    Condition: {
      StringEquals: {
        'kms:ViaService': `sns.${REGION}.amazonaws.com`,
        'kms:EncryptionContext:aws:sns:topicArn': TOPIC,
      },
    },
  });
  for (const rights of [[publishing], [publishing, using('kms:Decrypt')]]) {
    allowed(rights);
    await expect(publish()).rejects.toMatchObject({ status: 403 });
  }
  allowed([publishing, using('kms:Decrypt', 'kms:GenerateDataKey')]);
  await expect(publish()).resolves.toBeDefined();
});

test('who is told is listed, of topics that exist', () => {
  const subscription = { topicArn: TOPIC, protocol: 'email', endpoint: 'cloud@example.com' };
  aws.topics.subscribe(subscription);
  expect(aws.topics.subscriptions).toEqual([subscription]);
  expect(() => aws.topics.subscribe({ ...subscription, topicArn: 'arn:aws:sns:x:y:z' })).toThrow(
    'Topic does not exist',
  );
});
