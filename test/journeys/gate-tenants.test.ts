import {
  InvokeCommand,
  LambdaClient,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { FUNCTION, LIVE } from '../../infra/names';
import { gateDigestOf, type GateDecision } from '../../aws-bridge/contract/gate';
import { GateAsked } from '../../aws-bridge/runtime/gate-asked';
import { aResponseUrl, aWaitUrl } from '../builders/gate';
import { ADMINISTRATOR } from '../sandbox/console-roles';
import { DATA_PROD, HUB, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { newWebhookSecret, PERSON, SITE_ID } from '../sandbox/site';
import { atTheConsole, type Console, operationOf, startGateJourney } from './gate-journey';
import { type Journey, MINUTE } from './journey';
import { createPosts, send } from './signed-post';

/*
 * A gate of payments-dev waits. Whoever administers data-prod, where a gate waits, too, goes for it: invariants 1
 * (nothing is made without an approval) and 7 (a message acts only for what it belongs to).
 */

type Values = Readonly<Record<string, unknown>>;

const GATE_FUNCTION = `arn:aws:lambda:${REGION}:${HUB}:function:${FUNCTION.gate}`;
const OPERATION_FUNCTION = `arn:aws:lambda:${REGION}:${HUB}:function:${FUNCTION.operation}:${LIVE}`;

let journey: Journey;
let victim: Console;
let attacker: Console;
/** Keys of the requests for both gates. */
let victims: string;
let attackers: string;
let calls: () => readonly Values[];

beforeAll(async () => {
  ({ journey, console: victim } = await startGateJourney());
  const handled = jest.spyOn(journey.sandbox.aws.lambda.service, 'handle').mock;
  calls = () =>
    handled.calls.flatMap(([{ operation, input }]) => {
      const { FunctionName, Payload } = input as { FunctionName?: string; Payload?: Uint8Array };
      if (operation !== 'Invoke' || FunctionName !== GATE_FUNCTION) return [];
      return [JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as Values];
    });
  attacker = atTheConsole(journey, DATA_PROD);
  victims = await victim.launch('victim');
  attackers = await attacker.launch('attacker');
});
afterAll(async () => {
  jest.restoreAllMocks();
  await journey.sandbox.close();
});

/** The event with which CloudFormation opened a gate. */
const eventOf = (account: string): Values => {
  const found = calls().find(({ StackId }) => String(StackId).includes(`:${account}:`));
  if (!found) throw new Error(`CloudFormation has called for no stack of ${account}`);
  return found;
};
const own = (): Values => eventOf(DATA_PROD);
const foreign = (): Values => eventOf(PAYMENTS_DEV);
const propertiesOf = (event: Values): Values => Object(event['ResourceProperties']) as Values;
const handleOf = (event: Values): string => String(propertiesOf(event)['Handle']);
const stackOf = (event: Values): string => String(event['StackId']);
/** Logical id of the handle that an event names. */
const logicalIdOf = (event: Values): string => new URL(handleOf(event)).pathname.split('/').at(-1) ?? '';

const withProperties = (event: Values, properties: Values): Values => ({
  ...event,
  ResourceProperties: { ...propertiesOf(event), ...properties },
});

/** An address that is right in everything but its signature. */
const madeUp = (handle: string): string =>
  aWaitUrl({ stackId: stackOf(foreign()), handle, at: journey.sandbox.clock.now() });

/** What data-prod could write by itself about the victim's stack. */
const invented = (handle: string, more: Values = {}): Values => ({
  ...withProperties(own(), { Handle: madeUp(handle) }),
  StackId: stackOf(foreign()),
  ResponseURL: aResponseUrl({ stackId: stackOf(foreign()), at: journey.sandbox.clock.now() }),
  ...more,
});

const lambdaAs = (role: string, account: string): LambdaClient => {
  const { aws } = journey.sandbox;
  const credentials = aws.credentialsFor(role, account);
  return new LambdaClient({ region: REGION, endpoint: aws.endpoint, maxAttempts: 1, credentials });
};

/** Calls the gate function over the wire as data-prod's administrator, both ways. */
const callsGate = async (event: Values): Promise<void> => {
  const lambda = lambdaAs(ADMINISTRATOR, DATA_PROD);
  const Payload = Buffer.from(JSON.stringify(event));
  for (const InvocationType of ['RequestResponse', 'Event'] as const) {
    const { StatusCode } = await lambda.send(
      new InvokeCommand({ FunctionName: GATE_FUNCTION, InvocationType, Payload }),
    );
    expect(StatusCode).toBeLessThan(300);
  }
  // Lambda repeats it, and the operation looks more than once before it believes that there is no such handle.
  await journey.sandbox.clock.advance(8 * MINUTE);
};

/** Both gates are as they were. */
const expectUntouched = async (): Promise<void> => {
  expect(journey.sandbox.site.requests().map(({ key }) => key)).toEqual([victims, attackers]);
  for (const [console, name, key] of [
    [victim, 'victim', victims],
    [attacker, 'attacker', attackers],
  ] as const) {
    expect((await console.person.stack(name)).status).toBe('CREATE_IN_PROGRESS');
    expect(await console.made(name)).toStrictEqual([]);
    expect(journey.state(key)).toBe('awaiting-approval');
    expect(journey.comments(key)).toHaveLength(1);
  }
  expect(victim.signals()).toBe(0);
};

test.each<[what: string, event: () => Values]>([
  ['the victim’s stack with a made-up address', () => invented('ApprovalHandle')],
  ['the victim’s stack and handle with a made-up address', () => invented(logicalIdOf(foreign()))],
  [
    'an update of the victim’s stack with a made-up address',
    () =>
      invented(logicalIdOf(foreign()), {
        RequestType: 'Update',
        PhysicalResourceId: operationOf(journey, victims),
        OldResourceProperties: propertiesOf(own()),
      }),
  ],
  [
    'the victim’s stack with the attacker’s own address',
    () => ({ ...own(), StackId: stackOf(foreign()), ResponseURL: foreign()['ResponseURL'] }),
  ],
  [
    'the victim’s stack, to be answered to the attacker',
    () => ({ ...foreign(), ResponseURL: own()['ResponseURL'] }),
  ],
  [
    'the attacker’s stack with the victim’s address',
    () => withProperties(own(), { Handle: handleOf(foreign()) }),
  ],
  [
    'an update of the attacker’s stack with the victim’s address',
    () => ({
      ...withProperties(own(), { Handle: handleOf(foreign()) }),
      RequestType: 'Update',
      PhysicalResourceId: operationOf(journey, attackers),
      OldResourceProperties: propertiesOf(own()),
    }),
  ],
  [
    'the attacker’s stack with the address of the victim’s answer',
    () => withProperties(own(), { Handle: foreign()['ResponseURL'] }),
  ],
  [
    'a stack of the victim’s name in the attacker’s account',
    () => ({ ...own(), StackId: stackOf(foreign()).replace(/:\d{12}:/, `:${DATA_PROD}:`) }),
  ],
  [
    'a stack of the attacker’s name in the victim’s account',
    () => ({ ...own(), StackId: stackOf(own()).replace(/:\d{12}:/, `:${PAYMENTS_DEV}:`) }),
  ],
  ['the victim’s own creation once more', foreign],
  [
    'the victim’s own creation as an update',
    () => ({
      ...foreign(),
      RequestType: 'Update',
      PhysicalResourceId: operationOf(journey, victims),
      OldResourceProperties: propertiesOf(foreign()),
    }),
  ],
  [
    'a deletion of the victim’s gate',
    () => ({ ...foreign(), RequestType: 'Delete', PhysicalResourceId: operationOf(journey, victims) }),
  ],
  [
    'a deletion of the victim’s gate by the attacker’s stack',
    () => ({ ...own(), RequestType: 'Delete', PhysicalResourceId: operationOf(journey, victims) }),
  ],
  [
    'a made-up deletion in the victim’s stack',
    () => invented('ApprovalHandle', { RequestType: 'Delete', PhysicalResourceId: 'gate-refused' }),
  ],
])('an event about %s leaves both gates waiting', async (_, event) => {
  await callsGate(event());
  await expectUntouched();
});

/** What the gate function handed to the operation. */
const askedOf = (key: string): GateAsked => {
  const { executions } = journey.sandbox.aws.lambda.engine;
  const execution = executions.find(({ name }) => name === operationOf(journey, key));
  return GateAsked.parse(JSON.parse(execution?.payload ?? 'null'));
};

const started = (as: LambdaClient, asked: GateAsked, name = asked.gate.gateId) =>
  as.send(
    new InvokeCommand({
      FunctionName: OPERATION_FUNCTION,
      InvocationType: 'Event',
      DurableExecutionName: name,
      Payload: Buffer.from(JSON.stringify(asked)),
    }),
  );

const MADE_UP = `gate-${'ab'.repeat(20)}`;

test('a tenant may neither start operations nor complete their callbacks', async () => {
  const lambda = lambdaAs(ADMINISTRATOR, DATA_PROD);
  const asked = askedOf(victims);
  await expect(started(lambda, { ...asked, gate: { ...asked.gate, gateId: MADE_UP } })).rejects.toMatchObject(
    {
      name: 'AccessDeniedException',
    },
  );
  const { executions } = journey.sandbox.aws.lambda.engine;
  const execution = executions.find(({ name }) => name === operationOf(journey, victims));
  const callbacks = [...(execution?.operations.values() ?? [])].flatMap(
    ({ CallbackDetails }) => CallbackDetails?.CallbackId ?? [],
  );
  expect(callbacks.length).toBeGreaterThan(0);
  for (const CallbackId of callbacks) {
    await expect(
      lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  }
  await expectUntouched();
});

test.each<[what: string, asked: () => GateAsked, name: string]>([
  [
    'the victim’s sealed address in another gate',
    () => ({
      ...askedOf(attackers),
      gate: { ...askedOf(attackers).gate, gateId: MADE_UP },
      sealedHandle: askedOf(victims).sealedHandle,
    }),
    MADE_UP,
  ],
  [
    'the victim’s gate with the attacker’s sealed address',
    () => ({ ...askedOf(victims), sealedHandle: askedOf(attackers).sealedHandle }),
    `gate-${'cd'.repeat(20)}`,
  ],
  [
    'the victim’s gate and sealed address about the attacker’s stack',
    () => ({
      ...askedOf(victims),
      gate: { ...askedOf(attackers).gate, gateId: askedOf(victims).gate.gateId },
      handle: askedOf(attackers).handle,
    }),
    `gate-${'ef'.repeat(20)}`,
  ],
  [
    'the attacker’s gate and sealed address about the victim’s stack',
    () => ({
      ...askedOf(attackers),
      gate: { ...askedOf(victims).gate, gateId: askedOf(attackers).gate.gateId },
      handle: askedOf(victims).handle,
    }),
    `gate-${'09'.repeat(20)}`,
  ],
])('even from the gate function itself, %s opens nothing', async (_, asked, name) => {
  await started(lambdaAs(FUNCTION.gate, HUB), asked(), name);
  await journey.sandbox.clock.advance(8 * MINUTE);
  const { executions } = journey.sandbox.aws.lambda.engine;
  const result = executions.find((execution) => execution.name === name)?.ending?.result;
  expect(JSON.parse(result ?? 'null')).toMatchObject({
    state: 'refused',
    errors: [{ code: expect.stringMatching(/^Handle(NotOpened|Foreign|Unknown)$/) as string }],
  });
  await expectUntouched();
});

/** The decision that the app would send about a gate. */
const decisionOn = (key: string, overrides: Partial<GateDecision> = {}): GateDecision => {
  const { gate } = askedOf(key);
  return {
    ...{ gateId: gate.gateId, site: SITE_ID, requestKey: key, digest: gateDigestOf(gate) },
    ...{ decision: 'approved', approvers: [PERSON.approver], reason: null },
    decidedAt: journey.sandbox.clock.now().toISOString(),
    ...overrides,
  };
};

test.each<[what: string, decision: () => GateDecision, status: number, forged: boolean]>([
  [
    'the victim’s gate with the digest of another',
    () => decisionOn(victims, { digest: decisionOn(attackers).digest }),
    409,
    false,
  ],
  [
    'another gate with the victim’s digest',
    () => decisionOn(attackers, { digest: decisionOn(victims).digest }),
    409,
    false,
  ],
  ['a gate that there is not', () => decisionOn(victims, { gateId: MADE_UP }), 410, false],
  ['another site', () => decisionOn(victims, { site: '11111111-2222-4333-8444-555555555555' }), 400, false],
  ['the victim’s gate, by whoever lacks the secret', () => decisionOn(victims), 401, true],
])('a decision about %s decides nothing', async (_, decision, status, forged) => {
  const { clock } = journey.sandbox;
  const data = decision();
  const content = { type: 'gate.decided', timestamp: clock.now().toISOString(), data };
  const signing = { id: `${data.gateId}_decided`, ...(forged && { secret: newWebhookSecret() }) };
  const answer = await send(createPosts(journey.sandbox).toBridge('/webhook', content, signing));
  expect(answer.status).toBe(status);
  await clock.advance(8 * MINUTE);
  await expectUntouched();
});

test('after all of that, each gate is decided by its own request', async () => {
  await journey.decline(attackers);
  await journey.reaches(attackers, 'declined');
  await journey.approve(victims);
  await journey.reaches(victims, 'succeeded');
  expect((await victim.person.stack('victim')).status).toBe('CREATE_COMPLETE');
  expect((await attacker.person.stack('attacker')).status).toBe('ROLLBACK_COMPLETE');
  expect(victim.signals()).toBe(2);
  expect(journey.sandbox.site.requests()).toHaveLength(2);
});
