import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { FUNCTION } from '../../infra/names';
import type { WireAnswer } from '../sandbox/aws/wire/protocol';
import { ADMINISTRATOR } from '../sandbox/console-roles';
import type { Assembly } from '../sandbox/deployment/assembly';
import type { Entry } from '../sandbox/journal';
import { HUB, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { type Console, startGateJourney } from './gate-journey';
import { HOUR, type Journey, MINUTE } from './journey';
import { tracesOf } from './traces';
import { tapWires, type WireTap } from './wire-tap';

/*
 * What must not be shown goes through everything that a gate can come to: the addresses that CloudFormation signs, the
 * secrets of both directions, and a parameter that is NoEcho. Invariant 6 (no secret is shown to anybody).
 */

const PASSWORD = 'correct-horse/battery&staple+9Zq7';

let journey: Journey;
let console: Console;
let tap: WireTap;
let stored: () => readonly unknown[];
/** What CloudFormation has invoked the gate function with. */
let events: () => readonly Readonly<Record<string, unknown>>[];
const logged: string[] = [];

/** Gives gated products a secret, and a gate that is careless with it: it is sent along, though not to be shown. */
const withPassword = (assembly: Assembly): Assembly => {
  const templates = [...assembly.templates].map(([url, template]) => {
    const copy = structuredClone(template) as {
      Parameters?: Record<string, unknown>;
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    const gate = Object.values(copy.Resources).find(({ Type }) => Type === 'Custom::ApprovalGate');
    const group = copy.Resources['ServerSecurityGroup'];
    if (!gate || !group) return [url, template] as const;
    copy.Parameters = { ...copy.Parameters, Password: { Type: 'String', NoEcho: true, Default: 'none' } };
    gate.Properties['Parameters'] = {
      ...Object(gate.Properties['Parameters']),
      Password: { Ref: 'Password' },
    };
    group.Properties['GroupDescription'] = { 'Fn::Join': ['', ['Server ', { Ref: 'Password' }]] };
    return [url, copy] as const;
  });
  return { ...assembly, templates: new Map(templates) };
};

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(globalThis.console, method).mockImplementation((...words: unknown[]) => {
      logged.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
    });
  }
  tap = tapWires();
  ({ journey, console } = await startGateJourney({
    log: (line) => logged.push(JSON.stringify(line)),
    infrastructure: withPassword,
  }));
  const { atlassian, aws } = journey.sandbox;
  const writes = jest.spyOn(atlassian.storage, 'set').mock;
  stored = () => writes.calls;
  const calls = jest.spyOn(aws.lambda.service, 'handle').mock;
  events = () =>
    calls.calls.flatMap(([{ operation, input }]) => {
      const { FunctionName, Payload } = input as { FunctionName?: string; Payload?: Uint8Array };
      const isEvent = operation === 'Invoke' && FunctionName?.endsWith(`:${FUNCTION.gate}`);
      return isEvent
        ? [JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as Record<string, unknown>]
        : [];
    });
});
afterEach(() => journey.sandbox.faults.clear());
afterAll(async () => {
  tap.close();
  jest.restoreAllMocks();
  await journey.sandbox.close();
});

const launch = (name: string): Promise<string> => console.launch(name, { Password: PASSWORD });

/** The latest request is declined: a stack that waits costs a look now and then. */
const decline = async (): Promise<void> => {
  const key = console.requests().at(-1) ?? '';
  await journey.reaches(key, 'awaiting-approval', MINUTE);
  await journey.decline(key);
  await journey.reaches(key, 'declined');
};

/** S3 refuses every signal, and quotes in its answer what was signed, as it does. */
const signalsRefused = () => {
  const { uploads } = journey.sandbox.cloudFormation;
  const answer = uploads.answer.bind(uploads);
  return jest.spyOn(uploads, 'answer').mockImplementation((request, requestId) => {
    if (!String(uploads.bucketOf(request)).includes('waitcondition')) return answer(request, requestId);
    const quoted = `${request.path}?${new URLSearchParams(request.query as Record<string, string>).toString()}`;
    return {
      status: 403,
      headers: { 'content-type': 'application/xml', 'x-amz-meta-quoted': quoted },
      body: `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${quoted}</CanonicalRequest></Error>`,
    };
  });
};

test('an approval, of a launch and of an update', async () => {
  const key = await launch('approved');
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  const second = await console.update({ InstanceType: 't3.medium', ApprovalRound: 'B' }, 'approved');
  await journey.approve(second);
  await journey.reaches(second, 'succeeded');
});

test('an update that the gate refuses', async () => {
  await console.person.update({ name: 'approved', parameters: { InstanceType: 't3.large' } });
  await console.stackIs('UPDATE_ROLLBACK_COMPLETE', 10 * MINUTE, 'approved');
});

test('a decline with a reason', async () => {
  const key = await launch('declined');
  const comment = 'Too large: ask again with less.';
  await journey.sandbox.site.answerApproval({ as: 'approver', key, decision: 'decline', comment });
  await journey.reaches(key, 'declined');
});

test('a stack that is deleted while it waits', async () => {
  const key = await launch('deleted');
  await console.person.deleteStack('deleted');
  await journey.reaches(key, 'withdrawn');
});

test('KMS that opens nothing for a while, once somebody has approved', async () => {
  const key = await launch('kms');
  await journey.approve(key);
  journey.sandbox.faults.plan('kms', 'Decrypt', 'failed', 9);
  await journey.reaches(key, 'succeeded');
  expect(journey.sandbox.faults.spent).toBe(true);
});

test('S3 that takes signals badly', async () => {
  const { faults } = journey.sandbox;
  const key = await launch('s3');
  await journey.approve(key);
  for (const fault of ['throttled', 'failed', 'unreachable', 'answer lost'] as const)
    faults.plan('s3', 'PutObject', fault, 2);
  await journey.reaches(key, 'succeeded');
});

test('an app that is away while a stack waits', async () => {
  const { faults, clock } = journey.sandbox;
  const before = console.requests().length;
  faults.plan('web trigger', 'bridge-callback', 'unreachable', 1000);
  await console.begin('away', { Password: PASSWORD });
  await clock.advance(2 * HOUR);
  faults.clear();
  await clock.until(() => console.requests().length > before, HOUR, 'a request for the gate');
  await decline();
});

test('an app that takes no request for the account', async () => {
  const { site, settings } = journey.sandbox;
  const admin = { as: 'admin', property: 'gatehouse' } as const;
  await site.setProjectProperty({ ...admin, value: { ...settings, accounts: settings.accounts.slice(1) } });
  await console.begin('untaken', { Password: PASSWORD });
  await console.stackIs('ROLLBACK_COMPLETE', HOUR, 'untaken');
  expect(await console.whyItFailed('untaken')).toContain(PAYMENTS_DEV);
  await site.setProjectProperty({ ...admin, value: settings });
});

test('a gate function that fails, and is called again', async () => {
  const { faults, journal } = journey.sandbox;
  const before = console.requests().length;
  await console.begin('repeated', { Password: PASSWORD });
  faults.plan('lambda', 'Invoke', 'failed', 4);
  await journey.sandbox.clock.until(() => console.requests().length > before, HOUR, 'a request for the gate');
  expect(diedIn(journal.of('lambda', 'Invocation'))).toBeGreaterThan(0);
  await decline();
});

test('a gate function whose answer S3 does not take', async () => {
  const { faults, clock } = journey.sandbox;
  const before = console.requests().length;
  await console.begin('unanswered', { Password: PASSWORD });
  faults.plan('s3', 'PutObject', 'failed', 4);
  await clock.until(() => console.requests().length > before && faults.spent, HOUR, 'a request for the gate');
  await decline();
});

test('a gate function that fails for good', async () => {
  const { faults, aws } = journey.sandbox;
  await console.begin('failing', { Password: PASSWORD });
  faults.plan('lambda', 'Invoke', 'failed', 100);
  await console.stackIs('ROLLBACK_COMPLETE', 3 * HOUR, 'failing');
  expect(aws.lambda.undelivered.map(({ functionName }) => functionName)).toContain(FUNCTION.gate);
});

test('events that nobody but CloudFormation should send, with addresses in every place', async () => {
  const { aws, clock } = journey.sandbox;
  const lambda = new LambdaClient({
    ...{ region: REGION, endpoint: aws.endpoint, maxAttempts: 1 },
    credentials: aws.credentialsFor(ADMINISTRATOR, PAYMENTS_DEV),
  });
  const real = events().find(({ RequestType }) => RequestType === 'Create') ?? {};
  const properties = Object(real['ResourceProperties']) as Readonly<Record<string, unknown>>;
  const address = String(properties['Handle']);
  const forged: readonly Readonly<Record<string, unknown>>[] = [
    real,
    ...Object.keys(real).map((member) => ({ ...real, [member]: address })),
    ...Object.keys(properties).map((member) => ({
      ...real,
      ResourceProperties: { ...properties, [member]: address },
    })),
    { ...real, ResourceProperties: { ...properties, Handle: `${address}&` } },
    { ...real, ResourceProperties: { ...properties, Handle: address.replace('/s3', '/S3') } },
    { ...real, ResourceProperties: { ...properties, Shown: [address], [address]: address } },
    { ...real, ResourceProperties: { ...properties, Parameters: { SiteTitle: address } } },
    { ...real, RequestType: 'Update', PhysicalResourceId: address, OldResourceProperties: properties },
    { ...real, RequestType: 'Delete', PhysicalResourceId: address },
    { [address]: address },
  ];
  for (const event of forged) {
    for (const InvocationType of ['Event', 'RequestResponse'] as const) {
      await lambda.send(
        new InvokeCommand({
          FunctionName: `arn:aws:lambda:${REGION}:${HUB}:function:${FUNCTION.gate}`,
          InvocationType,
          Payload: Buffer.from(JSON.stringify(event)),
        }),
      );
    }
  }
  await clock.advance(10 * MINUTE);
});

test('S3 that refuses a signal for good, and says what was signed', async () => {
  const key = await launch('refused');
  const answers = signalsRefused();
  await journey.approve(key);
  await journey.sandbox.clock.advance(10 * MINUTE);
  const refused = answers.mock.results.filter(({ value }) => (value as WireAnswer).status === 403);
  expect(refused.length).toBeGreaterThan(5);
  answers.mockRestore();
  await console.person.deleteStack('refused');
  await journey.reaches(key, 'failed', HOUR);
});

test('a gate that nobody decides about', async () => {
  const key = await launch('expiring');
  await journey.reaches(key, 'expired', 13 * HOUR);
});

test('none of it is where anybody could see it who should not', () => {
  const { sandbox } = journey;
  const { site, journal, aws, secrets, cloudFormation } = sandbox;
  const { engine, undelivered } = aws.lambda;
  const crossings = tap.crossings();
  const wires = [...new Set(crossings.map(({ to }) => to))];
  const places: Readonly<Record<string, string>> = {
    'the journal': JSON.stringify(journal.entries),
    'the requests': JSON.stringify(site.requests()),
    'the executions': JSON.stringify(
      engine.executions.map(({ name, payload, operations, ending }) => ({
        ...{ name, payload, operations: [...operations.values()], ending },
      })),
    ),
    'what was published': JSON.stringify(aws.topics.messages),
    'the app’s storage': JSON.stringify(stored()),
    'the logs': logged.join('\n'),
    // Its event is gone with it: it has no dead-letter queue.
    'what was given up on': JSON.stringify(
      undelivered.map(({ functionName, payload, error }) => [
        ...[functionName, error],
        functionName === FUNCTION.gate ? '' : payload,
      ]),
    ),
    ...Object.fromEntries(
      wires.map((wire) => [
        wire,
        crossings.flatMap(({ to, text }) => (to === wire ? [text] : [])).join('\n'),
      ]),
    ),
  };
  for (const text of Object.values(places).slice(0, 6)) expect(text.length).toBeGreaterThan(1000);
  expect(wires.length).toBeGreaterThan(20);

  const showing = (texts: readonly string[]): string[] => {
    const traces = texts.flatMap(tracesOf);
    return Object.keys(places).filter((place) => traces.some((trace) => places[place]?.includes(trace)));
  };
  const { urls } = cloudFormation.uploads;
  expect(urls.length).toBeGreaterThan(30);
  const marks = urls.flatMap((url) => {
    const { searchParams } = new URL(url);
    const [key = ''] = (searchParams.get('X-Amz-Credential') ?? '').split('/');
    return [searchParams.get('X-Amz-Signature') ?? '', key, url.split('?')[1] ?? ''];
  });
  // CloudFormation tells an administrator, and S3 is where they lead.
  const gate = `lambda ${FUNCTION.gate}`;
  expect(showing(marks).sort()).toEqual(['cloudformation', gate, 's3']);
  expect(showing(Object.values(secrets).map((secret) => secret.slice('whsec_'.length)))).toEqual([
    'secretsmanager',
  ]);
  expect(showing([PASSWORD]).sort()).toEqual([gate, 'servicecatalog']);
});

const diedIn = (invocations: readonly Entry[]): number =>
  invocations.filter(({ status, detail }) => status === 500 && detail['FunctionName'] === FUNCTION.gate)
    .length;
