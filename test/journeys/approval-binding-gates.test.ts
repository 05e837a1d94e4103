import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { Gate, type GateDecision, gateDigestOf } from '../../aws-bridge/contract/gate';
import { GateAsked } from '../../aws-bridge/runtime/gate-asked';
import { FUNCTION, LIVE } from '../../infra/names';
import { ADMINISTRATOR } from '../sandbox/console-roles';
import { DATA_PROD, HUB, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { newWebhookSecret, PERSON, SITE_ID } from '../sandbox/site';
import { type Console, operationOf, startGateJourney } from './gate-journey';
import { HOUR, type Journey, MINUTE } from './journey';
import { createPosts, send } from './signed-post';

/*
 * Every field of what a stack waits for, changed wherever it lies between its opening, its approval and the signal: no stack goes on with
 * what was not approved. Invariants 1, 2 and 9.
 */

type Field = keyof Gate;
const CHANGED: Readonly<Record<Field, (gate: Gate) => Partial<Gate>>> = {
  gateId: () => ({ gateId: `gate-${'ab'.repeat(20)}` }),
  site: () => ({ site: '11111111-2222-4333-8444-555555555555' }),
  action: () => ({ action: 'update' }),
  product: () => ({ product: 'Something harmless' }),
  stackId: ({ stackId }) => ({ stackId: stackId.replace(/.{12}$/, '000000000000') }),
  account: () => ({ account: DATA_PROD }),
  region: () => ({ region: 'us-east-1' }),
  requesterEmail: () => ({ requesterEmail: 'somebody-else@example.com' }),
  parameters: ({ parameters }) => ({
    parameters: {
      ...parameters,
      ...Object.fromEntries(Object.keys(parameters).map((name) => [name, 'less'])),
    },
  }),
  openedAt: () => ({ openedAt: '2026-01-15T08:00:00.000Z' }),
  deadline: ({ deadline }) => ({ deadline: new Date(Date.parse(deadline) + HOUR).toISOString() }),
};
const FIELDS = Object.keys(CHANGED) as Field[];
const changedIn = (gate: Gate, field: Field): Gate => Gate.parse({ ...gate, ...CHANGED[field](gate) });

const MOMENTS = ['while it is asked for', 'between its approval and the look at it', 'in the queue'] as const;
type Moment = (typeof MOMENTS)[number];

let journey: Journey;
let console: Console;

interface Waiting {
  readonly name: string;
  readonly key: string;
  readonly field: Field;
  readonly moment: Moment;
  readonly place: 'storage' | 'comment';
}
const waiting: Waiting[] = [];
let untouched: string;
let replaced: { readonly name: string; readonly first: string };

const askedOf = (key: string): GateAsked => {
  const { executions } = journey.sandbox.aws.lambda.engine;
  const execution = executions.find(({ name }) => name === operationOf(journey, key));
  return GateAsked.parse(JSON.parse(execution?.payload ?? 'null'));
};

const membersOf = (kept: unknown) => z.record(z.string(), z.unknown()).parse(kept);

/** Writes what the app keeps of a request anew, past the app: another gate, with a digest that fits. */
const rewriteStorage = ({ key, field }: Waiting): void => {
  const { atlassian, site } = journey.sandbox;
  const { id } = site.request(key);
  const Stored = z.object({ value: z.object({ record: z.record(z.string(), z.unknown()) }) });
  const { record } = Stored.parse(atlassian.storage.get('entity:request', id)).value;
  const gate = changedIn(askedOf(key).gate, field);
  const digest = gateDigestOf(gate);
  const changed = {
    ...record,
    fixed: { ...membersOf(record['fixed']), gate, digest },
    ...(record['handover'] !== null && {
      handover: { ...membersOf(record['handover']), digest, gateId: gate.gateId, site: gate.site },
    }),
  };
  atlassian.storage.set('entity:request', id, { revision: 'by-somebody', record: changed }, undefined);
};

const rewriteComment = async ({ key }: Waiting): Promise<void> => {
  const { site } = journey.sandbox;
  const path = `/rest/api/3/issue/${key}/comment`;
  const Comments = z.object({ comments: z.array(z.object({ id: z.string() })) });
  const id = Comments.parse(await site.ask('admin', 'GET', path)).comments[0]?.id ?? '';
  const lines = (journey.comments(key)[0] ?? '')
    .replace(/Product: .*/, 'Product: Something harmless')
    .split('\n');
  const content = lines.map((text) => ({
    type: 'paragraph',
    content: text === '' ? [] : [{ type: 'text', text }],
  }));
  expect(
    (await site.send('agent', 'PUT', `${path}/${id}`, { body: { type: 'doc', version: 1, content } })).status,
  ).toBe(403);
  await site.ask('project-admin', 'PUT', `${path}/${id}`, { body: { type: 'doc', version: 1, content } });
};

beforeAll(async () => {
  ({ journey, console } = await startGateJourney());
  const { clock } = journey.sandbox;
  const own = console.person;
  const before = await console.launch('replaced');
  await journey.approve(before);
  await journey.reaches(before, 'succeeded');
  const first = await console.update({ InstanceType: 't3.medium', ApprovalRound: 'B' }, 'replaced');
  await own.cancelUpdate('replaced');
  await console.stackIs('UPDATE_ROLLBACK_COMPLETE', HOUR, 'replaced');
  replaced = { name: 'replaced', first };

  untouched = await console.launch('untouched');
  const cells = [
    ...FIELDS.map((field, index) => ({
      field,
      moment: MOMENTS[index % 3] ?? MOMENTS[0],
      place: 'storage' as const,
    })),
    ...MOMENTS.map((moment) => ({ field: 'product' as const, moment, place: 'comment' as const })),
  ];
  for (const [index, cell] of cells.entries()) {
    const name = `waiting-${index}`;
    waiting.push({ ...cell, name, key: await console.launch(name) });
  }
  const at = async (moment: Moment): Promise<void> => {
    for (const cell of waiting.filter((one) => one.moment === moment)) {
      if (cell.place === 'storage') rewriteStorage(cell);
      else await rewriteComment(cell);
    }
  };
  await clock.advance(MINUTE);
  await at('while it is asked for');
  for (const { key } of waiting) await journey.approve(key);
  await at('between its approval and the look at it');
  const queued = waiting.filter(({ moment }) => moment === 'in the queue');
  await clock.until(
    () => queued.every(({ key }) => journey.state(key) === 'sending'),
    MINUTE,
    'what is sent',
  );
  await at('in the queue');
  await clock.advance(20 * MINUTE);
});
afterAll(() => journey.sandbox.close());

test('every field that a gate has is changed here, and every change makes another gate', () => {
  expect([...FIELDS].sort()).toEqual(Object.keys(Gate.shape).sort());
  const { gate } = askedOf(untouched);
  const digests = [gate, ...FIELDS.map((field) => changedIn(gate, field))].map(gateDigestOf);
  expect(new Set(digests).size).toBe(FIELDS.length + 1);
});

test.each(MOMENTS)(
  'changed in the app’s storage or in the comment %s, no stack goes on, and people are told',
  async (moment) => {
    const wrong: string[] = [];
    for (const { name, key, field, place } of waiting.filter((one) => one.moment === moment)) {
      const made = await console.made(name);
      const told = journey.comments(key).at(-1) ?? '';
      const known = /does not stand any more as it was written|no longer taken in this project/.test(told);
      if (made.length > 0 || journey.state(key) !== 'blocked' || !known) {
        wrong.push(`${place}, ${field}: ${journey.state(key) ?? 'unknown'}, made ${made.join()}: ${told}`);
      }
    }
    expect(wrong).toStrictEqual([]);
  },
);

const decisionOn = (gate: Gate, key: string): GateDecision => ({
  ...{ gateId: gate.gateId, site: gate.site, requestKey: key, digest: gateDigestOf(gate), reason: null },
  ...{ decision: 'approved', approvers: [PERSON.approver] },
  decidedAt: journey.sandbox.clock.now().toISOString(),
});

test('a decision about anything else than what waits decides nothing, whoever sends it', async () => {
  const { clock, secrets } = journey.sandbox;
  const posts = createPosts(journey.sandbox);
  const { gate } = askedOf(untouched);
  const answers: Record<string, number[]> = {};
  for (const field of FIELDS) {
    const data = decisionOn(changedIn(gate, field), untouched);
    const content = { type: 'gate.decided', timestamp: clock.now().toISOString(), data };
    for (const secret of [newWebhookSecret(), secrets.callback, secrets.webhook]) {
      const { status } = await send(
        posts.toBridge('/webhook', content, { id: `${data.gateId}_decided`, secret }),
      );
      answers[field] = [...(answers[field] ?? []), status];
    }
  }
  const expected = { gateId: 410, site: 400 } as Partial<Record<Field, number>>;
  expect(answers).toEqual(
    Object.fromEntries(FIELDS.map((field) => [field, [401, 401, expected[field] ?? 409]])),
  );
  expect(await console.made('untouched')).toStrictEqual([]);
});

test('news of a gate that differ from what was shown change nothing of its request', async () => {
  const { clock, secrets } = journey.sandbox;
  const posts = createPosts(journey.sandbox);
  const { gate } = askedOf(untouched);
  const requests = console.requests();
  const comments = journey.comments(untouched);
  for (const field of FIELDS.filter((one) => one !== 'gateId')) {
    const data = changedIn(gate, field);
    const content = { type: 'gate.opened', timestamp: clock.now().toISOString(), data };
    for (const secret of [newWebhookSecret(), secrets.webhook, secrets.callback]) {
      const { status } = await send(posts.toApp(content, { id: `${data.gateId}_opened`, secret }));
      expect(status).toBeGreaterThanOrEqual(400);
    }
  }
  expect(console.requests()).toEqual(requests);
  expect(journey.comments(untouched)).toEqual(comments);
});

const invoke = async (role: string, account: string, asked: GateAsked, name: string): Promise<string> => {
  const { aws } = journey.sandbox;
  const credentials = aws.credentialsFor(role, account);
  const lambda = new LambdaClient({ region: REGION, endpoint: aws.endpoint, maxAttempts: 1, credentials });
  const FunctionName = `arn:aws:lambda:${REGION}:${HUB}:function:${FUNCTION.operation}:${LIVE}`;
  const Payload = Buffer.from(JSON.stringify(asked));
  return lambda
    .send(new InvokeCommand({ FunctionName, InvocationType: 'Event', DurableExecutionName: name, Payload }))
    .then(
      () => 'started',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );
};

test('its execution is not exchanged, and none can be started for it from a tenant account', async () => {
  const asked = askedOf(untouched);
  for (const field of FIELDS) {
    const changed = { ...asked, gate: changedIn(asked.gate, field) };
    const { gateId } = asked.gate;
    expect(await invoke(ADMINISTRATOR, HUB, changed, gateId)).toBe('DurableExecutionAlreadyStartedException');
    for (const account of [PAYMENTS_DEV, DATA_PROD]) {
      expect(await invoke(ADMINISTRATOR, account, changed, `by-hand-${field}`)).toBe('AccessDeniedException');
    }
  }
});

test('after all of that it is decided by its own request', async () => {
  await journey.approve(untouched);
  await journey.reaches(untouched, 'succeeded');
  expect((await console.person.stack('untouched')).status).toBe('CREATE_COMPLETE');
  expect(SITE_ID).toBe(askedOf(untouched).gate.site);
});

test('an execution that is started by hand about what waits, changed, lets nothing go on', async () => {
  const { clock, aws } = journey.sandbox;
  const key = await console.launch('by-hand');
  const asked = askedOf(key);
  for (const field of FIELDS) {
    const changed = { ...asked, gate: changedIn(asked.gate, field) };
    expect(await invoke(ADMINISTRATOR, HUB, changed, `by-hand-${field}`)).toBe('started');
  }
  await clock.advance(20 * MINUTE);
  expect(await console.made('by-hand')).toStrictEqual([]);
  const ends = aws.lambda.engine.executions
    .filter(({ name }) => name.startsWith('by-hand-'))
    .map(
      ({ ending }) =>
        z.object({ state: z.string() }).parse(JSON.parse(ending?.result ?? '{"state":"none"}')).state,
    );
  expect(ends).not.toContain('provisioning');
  expect(ends).not.toContain('succeeded');
});

test('an approval of an update that was taken back lets the one after it not go on', async () => {
  const { name, first } = replaced;
  const second = await console.update({ InstanceType: 't3.large', ApprovalRound: 'B' }, name);
  await journey.approve(first).catch(() => undefined);
  await journey.sandbox.clock.advance(20 * MINUTE);
  expect((await console.person.stack(name)).status).toBe('UPDATE_IN_PROGRESS');
  expect(journey.state(second)).toBe('awaiting-approval');
  expect(['withdrawn', 'refused', 'blocked']).toContain(journey.state(first));
});
