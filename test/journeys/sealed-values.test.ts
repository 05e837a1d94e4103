import type { Assembly } from '../sandbox/deployment/assembly';
import { DATA_PROD, PAYMENTS_DEV, RESEARCH } from '../sandbox/organization';
import type { PersonName } from '../sandbox/site';
import { REQUEST_TYPE } from '../sandbox/site';
import { type Form, HOUR, type Journey, startJourney } from './journey';
import { tracesOf } from './traces';
import { tapWires, type WireTap } from './wire-tap';

/*
 * A value that must not be shown goes from whoever types it to Service Catalog, and nobody on the way has it. Invariants 2 (what is
 * launched is what was approved) and 6 (no NoEcho value is shown to anybody).
 */

const PASSWORD = 'correct-horse/battery&staple+9Zq7';
const DEFAULT = 'not-set-at-all-7Kp2';

let journey: Journey;
let tap: WireTap;
let stored: () => readonly unknown[];
const logged: string[] = [];

/** Gives buckets two parameters that must not be shown, and outputs that show one of them all the same. */
const withSecrets = (assembly: Assembly): Assembly => {
  const templates = [...assembly.templates].map(([url, template]) => {
    const { Parameters: parameters, Outputs: outputs } = template as Readonly<
      Record<string, Readonly<Record<string, unknown>> | undefined>
    >;
    if (parameters?.['RetentionDays'] === undefined) return [url, template] as const;
    const secret = { Type: 'String', NoEcho: true, MinLength: '12' };
    const more = { Password: secret, Token: { ...secret, Default: DEFAULT } };
    const told = {
      ...outputs,
      Address: { Value: { 'Fn::Sub': 'db://admin:${Password}@host' } },
      Encoded: { Value: { 'Fn::Base64': { Ref: 'Password' } } },
    };
    return [url, { ...template, Parameters: { ...parameters, ...more }, Outputs: told }] as const;
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
  journey = await startJourney({
    log: (line) => logged.push(JSON.stringify(line)),
    infrastructure: withSecrets,
    serviceCatalog: { badParameters: 'refused' },
  });
  const { site, settings } = journey.sandbox;
  const [paymentsDev, ...others] = settings.accounts;
  const everyone = { ...paymentsDev, organizations: 'everyone' };
  await site.setProjectProperty({
    ...{ as: 'admin', property: 'gatehouse' },
    value: { ...settings, accounts: [everyone, ...others] },
  });
  const writes = jest.spyOn(journey.sandbox.atlassian.storage, 'set').mock;
  stored = () => writes.calls;
});
afterAll(async () => {
  tap.close();
  jest.restoreAllMocks();
  await journey.sandbox.close();
});

interface Sealing {
  readonly as?: PersonName;
  readonly account?: string;
  readonly parameter?: string;
  readonly value?: string;
}

const answerTo = async ({ as = 'employee', account = PAYMENTS_DEV, ...more }: Sealing): Promise<unknown> => {
  const { productId, provisioningArtifactId } = journey.form();
  const outcome = await journey.sandbox.atlassian.callResolver({
    as,
    module: 'order-form',
    extension: { request: { typeId: REQUEST_TYPE.approved } },
    functionKey: 'order-form.seal',
    payload: {
      ...{ productId, provisioningArtifactId, account },
      ...{ parameter: 'Password', value: PASSWORD, ...more },
    },
  });
  return 'result' in outcome ? outcome.result : outcome;
};

/** What the form gets for a value, to put into the order. */
const sealed = async (sealing: Sealing = {}): Promise<string> => {
  const answer = await answerTo(sealing);
  expect(answer).toMatchObject({ outcome: 'ok' });
  return (answer as { value: { sealed: string } }).value.sealed;
};

const ordering = (sealedParameters: Readonly<Record<string, string>>, more: Partial<Form> = {}) => ({
  ...journey.form(more),
  sealedParameters,
});

test('a sealed value is launched with, and the approver is told that they cannot see it', async () => {
  const key = await journey.raise(ordering({ Password: await sealed() }));
  await journey.reaches(key, 'awaiting-approval');
  const [comment = ''] = journey.comments(key);
  expect(comment).toContain('Password: sealed (given by the requester; nobody can see it in Jira');
  expect(comment).toContain('Token: not shown (the default)');
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
  const outputs = journey.comments(key).join('\n');
  expect(outputs).toContain('db://admin:(a sealed value)@host');
  expect(outputs).toMatch(/Encoded:\n\{noformat\}\n\(a sealed value\)/);
});

test.each<[string, () => Promise<string>]>([
  ['sealed by somebody else', () => sealed({ as: 'agent' })],
  ['sealed for another account', () => sealed({ account: RESEARCH })],
  ['sealed for another parameter', () => sealed({ parameter: 'Token' })],
  [
    'changed on the way',
    async () => {
      const value = await sealed();
      return `${value.slice(0, -10)}${value.at(-10) === 'A' ? 'B' : 'A'}${value.slice(-9)}`;
    },
  ],
])('a value that was %s is refused on the request, in words', async (_, value) => {
  const key = await journey.raise(ordering({ Password: await value() }));
  await journey.approve(key);
  await journey.reaches(key, 'refused');
  expect(journey.comments(key).at(-1)).toMatch(/sealed value of Password does not open/);
  expect(journey.launches(key)).toStrictEqual([]);
});

test('what AWS would not take is told before it is sealed', async () => {
  expect(await answerTo({ value: 'Zq7-short' })).toMatchObject({
    outcome: 'refused',
    code: 'invalid',
    problems: [
      { field: 'parameters.Password', message: expect.stringContaining('at least 12 are needed') as string },
    ],
  });
  expect(await answerTo({ account: DATA_PROD })).toMatchObject({ code: 'not-yours' });
});

test.each<[string, () => unknown, RegExp]>([
  ['in clear', () => journey.form({ parameters: { Password: PASSWORD.toUpperCase() } }), /in clear/],
  ['without being sealed', () => ordering({ Password: 'sealed' }), /not a value that was sealed/],
  ['of a parameter that is to be read', () => ordering({ RetentionDays: 'sealed' }), /is to be read/],
])('a value that is given %s is refused before anybody is asked', async (_, order, words) => {
  const key = await journey.raise(order());
  await journey.reaches(key, 'refused-order');
  expect(journey.comments(key).join('\n')).toMatch(words);
});

test('a key that cannot be asked for a while costs time, not the launch', async () => {
  const key = await journey.raise(ordering({ Password: await sealed() }, { name: 'kms' }));
  journey.sandbox.faults.plan('kms', 'Decrypt', 'failed', 5);
  await journey.approve(key);
  await journey.reaches(key, 'succeeded', 2 * HOUR);
  expect(journey.sandbox.faults.spent).toBe(true);
});

test('the value crosses the wire to Service Catalog, and stands nowhere else', () => {
  const { site, journal, aws } = journey.sandbox;
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
    'what was given up on': JSON.stringify(undelivered),
    ...Object.fromEntries(
      wires.map((wire) => [
        wire,
        crossings.flatMap(({ to, text }) => (to === wire ? [text] : [])).join('\n'),
      ]),
    ),
  };
  expect(wires.length).toBeGreaterThan(10);
  const showing = (text: string): string[] =>
    Object.keys(places).filter((place) => tracesOf(text).some((trace) => places[place]?.includes(trace)));
  expect(showing(PASSWORD)).toEqual(['servicecatalog']);
  expect(showing('Zq7-short')).toStrictEqual([]);
  // A default stands in the template, and nowhere beyond the services that read that.
  expect(showing(DEFAULT).sort()).toEqual(['cloudformation', 's3', 'servicecatalog']);
  // That something is there to be found: the sealed value itself is in all of them.
  for (const place of ['the requests', 'the executions', 'the app’s storage']) {
    expect(places[place]).toMatch(/sealed\.1\./);
  }
});
