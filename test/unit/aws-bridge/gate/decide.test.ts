import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../../aws-bridge/contract/canonical-json';
import { answerOf } from '../../../../aws-bridge/gate/answer';
import { decide } from '../../../../aws-bridge/gate/decide';
import { GateEvent } from '../../../../aws-bridge/gate/gate-event';
import { aGateEvent, aStackId, aWaitUrl, GATE_OPENED_AT, gateProperties } from '../../../builders/gate';
import { SITE } from '../../../builders/orders';
import { OTHER_TENANT, TENANT } from '../../../builders/settings';

const HERE = { site: SITE, now: GATE_OPENED_AT };
const OTHER_HANDLE = aWaitUrl({ handle: 'ApprovalHandleB1a2b3c4d' });
/** When the signature of a handle's address is over, and clocks may differ by ten minutes. */
const TOO_LATE = new Date(GATE_OPENED_AT.getTime() + 86_399_000 + 600_000);

const decided = (overrides: object = {}, here = HERE) =>
  decide(GateEvent.parse(aGateEvent({ ...overrides })), here);
const withProperties = (overrides: object, here = HERE) =>
  decided({ ResourceProperties: gateProperties({ ...overrides }) }, here);
const updated = (from: unknown, to: object, here = HERE, PhysicalResourceId = 'gate-before') =>
  decided(
    {
      RequestType: 'Update',
      PhysicalResourceId,
      OldResourceProperties: from,
      ResourceProperties: gateProperties({ ...to }),
    },
    here,
  );
const gateId = (): string => decided().physicalId;
const ofStack = (StackId: string) => ({
  StackId,
  ResourceProperties: gateProperties({ Handle: aWaitUrl({ stackId: StackId }) }),
});

test('a stack that is created is asked about, with what its template says and shows of it', () => {
  expect(decided()).toEqual({
    does: 'ask',
    physicalId: gateId(),
    handle: {
      handle: 'ApprovalHandle1a2b3c4d',
      url: aWaitUrl(),
      expiresAt: new Date(GATE_OPENED_AT.getTime() + 86_399_000),
    },
    gate: {
      gateId: gateId(),
      site: SITE,
      action: 'create',
      product: 'WordPress',
      stackId: aStackId(),
      account: TENANT,
      region: 'eu-west-1',
      requesterEmail: 'ada@example.com',
      parameters: { Size: 'small' },
      openedAt: '2026-03-02T10:00:00.000Z',
      deadline: '2026-03-02T22:00:00.000Z',
    },
  });
});

test('a gate is named after its stack, its handle and what the stack makes of the template', () => {
  const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
  const { Handle, Parameters, Product, Template } = gateProperties();
  const name = sha256([aStackId(), Handle, sha256({ Parameters, Product, Template })]);
  expect(gateId()).toBe(`gate-${name.slice(0, 40)}`);
});

test.each([
  ['nothing is shown where nothing is named', { Shown: undefined }, {}],
  ['what is named is shown', { Shown: ['Size', 'ApprovalRound'] }, { Size: 'small', ApprovalRound: 'A' }],
  ['a parameter without a value is shown, too', { Parameters: { Size: '' } }, { Size: '' }],
])('%s', (_, properties, parameters) => {
  expect(withProperties(properties)).toMatchObject({ does: 'ask', gate: { parameters } });
});

test('parameters are shown up to 32 KiB of JSON, and one byte more is refused', () => {
  // {"P0":"…","P1":"…", …}: seven characters a member, a comma between them, two brackets.
  const shown = (bytes: number) => {
    const last = bytes - 2 - 8 * 7 - 7 - 7 * 4096;
    const values = Array.from({ length: 8 }, (_, n) => [`P${n}`, 'x'.repeat(n === 7 ? last : 4096)] as const);
    return { Shown: values.map(([name]) => name), Parameters: Object.fromEntries(values) };
  };
  expect(withProperties(shown(32_768))).toMatchObject({ does: 'ask' });
  expect(withProperties(shown(32_769))).toEqual({
    does: 'refuse',
    physicalId: 'gate-refused',
    code: 'shown-too-long',
    reason: 'Shown parameters have 32769 bytes; at most 32768 can be shown',
  });
});

test('an update with another handle is asked about as an update', () => {
  const asked = updated(gateProperties(), { Handle: OTHER_HANDLE });
  expect(asked).toMatchObject({ does: 'ask', gate: { action: 'update' }, handle: { url: OTHER_HANDLE } });
  expect(asked.physicalId).not.toBe(gateId());
});

test.each([
  ['nothing', undefined],
  ['a gate without a handle', {}],
  ['a gate whose handle is no text', { Handle: 7 }],
])('an update of what was %s before is asked about', (_, before) => {
  expect(updated(before, {})).toMatchObject({ does: 'ask', gate: { action: 'update' } });
});

test('an update with the same handle passes where nothing else counts, and is refused where something does', () => {
  expect(updated(gateProperties(), { TimeLimit: '60' }, HERE, gateId())).toEqual({
    does: 'pass',
    physicalId: gateId(),
    because: 'unchanged',
  });
  expect(updated(gateProperties(), {}, HERE, 'gate-of-something-else')).toEqual({
    does: 'refuse',
    physicalId: 'gate-of-something-else',
    code: 'same-round',
    reason: 'What this update changes has to be approved: choose the other approval round with it (A or B)',
  });
  // What is created has no gate before, whatever the event says of one.
  expect(decided({ OldResourceProperties: gateProperties() })).toMatchObject({ does: 'ask' });
});

test('a handle is too old ten minutes after its signature ends: an update goes back to it, nothing else does', () => {
  const last = new Date(TOO_LATE.getTime() - 1);
  const late = { ...HERE, now: TOO_LATE };
  expect(decided({}, { ...HERE, now: last })).toMatchObject({ does: 'ask' });
  expect(decided({}, late)).toEqual({
    does: 'refuse',
    physicalId: 'gate-refused',
    code: 'handle-expired',
    reason: 'The wait condition handle is too old to be signalled: make another',
  });
  expect(updated(gateProperties({ Handle: OTHER_HANDLE }), {}, late)).toEqual({
    does: 'pass',
    physicalId: gateId(),
    because: 'rolled-back',
  });
});

const NOT_OF_A_PRODUCT =
  'Only a stack that Service Catalog makes of a product can have an approval gate: launch the product there';
const SHOWS_ADDRESS =
  'A pre-signed address, such as the wait condition handle, lets whoever reads it act: show no parameter with one';

test.each<[string, object, string, string]>([
  [
    'a stack of another name',
    ofStack(aStackId().replace('SC-', 'XC-')),
    'not-service-catalog',
    NOT_OF_A_PRODUCT,
  ],
  [
    "a stack under another account's name",
    ofStack(aStackId().replace(`SC-${TENANT}`, `SC-${OTHER_TENANT}`)),
    'not-service-catalog',
    NOT_OF_A_PRODUCT,
  ],
  [
    'a stack whose name goes on',
    ofStack(aStackId({ product: `pp-${'a'.repeat(40)}` }).replace('/0a1b', 'a/0a1b')),
    'not-service-catalog',
    NOT_OF_A_PRODUCT,
  ],
  [
    'a stack of a region that Gatehouse does not serve',
    ofStack(aStackId({ region: 'us-gov-west-1' })),
    'not-a-gate',
    'The stack is not one that Gatehouse serves',
  ],
  [
    'no properties',
    { ResourceProperties: undefined },
    'properties-malformed',
    'These properties of the approval gate are missing or malformed: all',
  ],
  [
    'several properties that are wrong, one of them twice',
    { ResourceProperties: gateProperties({ Product: '', Parameters: { A: 1, B: 2 } }) },
    'properties-malformed',
    'These properties of the approval gate are missing or malformed: Product, Parameters',
  ],
  [
    'an address that is no handle',
    { ResourceProperties: gateProperties({ Handle: 'https://example.com/' }) },
    'wrong-host',
    'Handle has to be the Ref of a wait condition handle of this very stack (wrong-host)',
  ],
  [
    'a shown parameter that is not there',
    { ResourceProperties: gateProperties({ Shown: ['Password'] }) },
    'shown-unknown',
    'Shown names a parameter that is not among Parameters',
  ],
  [
    'a shown member that every object has',
    { ResourceProperties: gateProperties({ Shown: ['constructor'] }) },
    'shown-unknown',
    'Shown names a parameter that is not among Parameters',
  ],
  [
    'a handle that is shown',
    { ResourceProperties: gateProperties({ Parameters: { Size: aWaitUrl() } }) },
    'shows-address',
    SHOWS_ADDRESS,
  ],
  [
    'a pre-signed address in other letters that is shown',
    { ResourceProperties: gateProperties({ Parameters: { Size: '?x-amz-signature=0f' } }) },
    'shows-address',
    SHOWS_ADDRESS,
  ],
])('%s is refused with a reason', (_, overrides, code, reason) => {
  expect(decided(overrides)).toEqual({ does: 'refuse', physicalId: 'gate-refused', code, reason });
});

test('an address among what is not shown is no reason to refuse', () => {
  const Parameters = { Size: 'small', Other: aWaitUrl() };
  expect(withProperties({ Parameters })).toMatchObject({ does: 'ask' });
});

test('a refused update leaves the gate as it was', () => {
  const refused = updated(gateProperties(), { Handle: 'https://example.com/' });
  expect(refused).toMatchObject({ does: 'refuse', physicalId: 'gate-before' });
});

test('a Delete wakes whoever waits for the stack, whatever became of the gate', () => {
  const event = { RequestType: 'Delete', PhysicalResourceId: 'gate-refused', ResourceProperties: undefined };
  expect(decided(event)).toEqual({
    does: 'wake',
    physicalId: 'gate-refused',
    stack: {
      arn: aStackId(),
      account: TENANT,
      region: 'eu-west-1',
      stackName: `SC-${TENANT}-pp-gatedabcdefg2`,
    },
  });
});

test('what nobody foresaw is no refusal: it is thrown, so that Lambda repeats the event', () => {
  expect(() => decided({}, { ...HERE, now: new Date(Number.NaN) })).toThrow(RangeError);
});

test('CloudFormation is answered what was decided, for the resource that it asked about', () => {
  const event = GateEvent.parse(aGateEvent());
  const about = {
    PhysicalResourceId: 'gate-1',
    StackId: aStackId(),
    RequestId: '5d478078-13e9-4af0-864a-7ef285ecc786',
    LogicalResourceId: 'Approval',
  };
  const answered = (decision: Parameters<typeof answerOf>[1]): unknown =>
    JSON.parse(answerOf(event, decision));
  expect(answered({ does: 'pass', physicalId: 'gate-1', because: 'unchanged' })).toEqual({
    Status: 'SUCCESS',
    ...about,
  });
  expect(answered({ does: 'refuse', physicalId: 'gate-1', code: 'same-round', reason: 'Because.' })).toEqual({
    Status: 'FAILED',
    Reason: 'Because.',
    ...about,
  });
});

const isEvent = (overrides: object): boolean => GateEvent.safeParse(aGateEvent({ ...overrides })).success;
const half = '\ud800';

test('an event is read with the ids that CloudFormation makes, at their longest, and no others', () => {
  const taken = [
    { RequestId: 'a' },
    { RequestId: 'A_-9'.repeat(32) },
    { LogicalResourceId: 'a' },
    { LogicalResourceId: 'Aa9'.repeat(85) },
  ];
  const refused = [
    ...['', 'a'.repeat(129), 'a!', '!a'].map((RequestId) => ({ RequestId })),
    ...['', 'a'.repeat(256), 'a!', '!a', 'a_b'].map((LogicalResourceId) => ({ LogicalResourceId })),
    ...['mine', '', 7].map((StackId) => ({ StackId })),
    ...['Read', undefined].map((RequestType) => ({ RequestType })),
    { ResponseURL: undefined },
  ];
  expect(taken.filter((overrides) => !isEvent(overrides))).toStrictEqual([]);
  expect(refused.filter((overrides) => isEvent(overrides))).toStrictEqual([]);
});

test.each(['Update', 'Delete'])(
  'an event of type %s names the resource, as long as an answer may hold it',
  (RequestType) => {
    const named = (PhysicalResourceId: unknown) => isEvent({ RequestType, PhysicalResourceId });
    expect(['a', 'a'.repeat(2046), 'é'.repeat(1023)].map(named)).toEqual([true, true, true]);
    expect(['', 'a'.repeat(2047), 'é'.repeat(1024), '"'.repeat(1024), half, undefined].map(named)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  },
);

test('an event that is no Create says what stack it is about, and why it is none otherwise', () => {
  const { error } = GateEvent.safeParse(aGateEvent({ StackId: 'mine' }));
  expect(error?.issues).toMatchObject([
    { path: ['StackId'], code: 'custom', message: 'not the ARN of a stack' },
  ]);
});

test.each<[string, readonly object[], readonly object[]]>([
  [
    'TimeLimit',
    ['60', '00060', '43200'].map((TimeLimit) => ({ TimeLimit })),
    ['59', '43201', '000060', '60s', 's60', '-60', '', 60].map((TimeLimit) => ({ TimeLimit })),
  ],
  [
    'Shown',
    [{ Shown: [] }, { Shown: Array.from({ length: 200 }, () => 'Size') }],
    [{ Shown: Array.from({ length: 201 }, () => 'Size') }, { Shown: 'Size' }, { Shown: [7] }],
  ],
  [
    'Parameters',
    [{ Size: 'a'.repeat(4096) }, { ['A9'.repeat(127)]: '', Size: '' }].map((Parameters) => ({ Parameters })),
    [
      { Size: 'a'.repeat(4097) },
      { Size: half },
      { Size: 7 },
      { 'a b': '' },
      { ['a'.repeat(256)]: '' },
      { '': '' },
    ]
      .concat([{ 'a!': '' }, { '!a': '' }])
      .map((Parameters) => ({ Parameters })),
  ],
  [
    'Template',
    ['a', 'a'.repeat(200)].map((Template) => ({ Template })),
    ['', 'a'.repeat(201), half, 7].map((Template) => ({ Template })),
  ],
  [
    'Product',
    ['a', 'a'.repeat(200)].map((Product) => ({ Product })),
    ['', 'a'.repeat(201), half].map((Product) => ({ Product })),
  ],
  [
    'RequesterEmail',
    ['a@b', 'a'.repeat(320)].map((RequesterEmail) => ({ RequesterEmail })),
    ['@', 'a'.repeat(321), `aa${half}`].map((RequesterEmail) => ({ RequesterEmail })),
  ],
  ['Handle', [{}], [{ Handle: half }, { Handle: 7 }]],
])('a template may say of %s what is in its bounds, and nothing else', (name, taken, refused) => {
  for (const properties of taken) expect(withProperties(properties)).toMatchObject({ does: 'ask' });
  for (const properties of refused) {
    const reason = expect.stringMatching(new RegExp(`malformed: ${name}$`)) as string;
    expect(withProperties(properties)).toMatchObject({
      does: 'refuse',
      code: 'properties-malformed',
      reason,
    });
  }
});
