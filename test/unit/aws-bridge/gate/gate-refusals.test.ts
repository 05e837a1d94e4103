import { inspect } from 'node:util';
import { aGateEvent, aResponseUrl, aStackId, aWaitUrl, gateProperties } from '../../../builders/gate';
import { OTHER_TENANT, TENANT } from '../../../builders/settings';
import { startGate } from './gate-under-test';

let gate: Awaited<ReturnType<typeof startGate>>;
beforeEach(async () => {
  gate = await startGate();
});
afterEach(() => gate.stop());

const parameters = (values: Record<string, string>) => ({
  Parameters: { ...(gateProperties()['Parameters'] as object), ...values },
});

describe('what does not check out fails, with a reason for whoever reads the events of the stack', () => {
  test.each<[string, object, string, RegExp]>([
    ['no properties', { ResourceProperties: undefined }, 'properties-malformed', /: all$/],
    [
      'no handle',
      { ResourceProperties: gateProperties({ Handle: undefined }) },
      'properties-malformed',
      /: Handle$/,
    ],
    [
      'another host',
      { ResourceProperties: gateProperties({ Handle: 'https://example.com/' }) },
      'wrong-host',
      /Ref/,
    ],
    [
      "another stack's handle",
      {
        ResourceProperties: gateProperties({
          Handle: aWaitUrl({ stackId: aStackId({ product: 'pp-other' }) }),
        }),
      },
      'wrong-path',
      /this very stack/,
    ],
    [
      'a response URL',
      { ResourceProperties: gateProperties({ Handle: aResponseUrl() }) },
      'wrong-host',
      /Ref/,
    ],
    [
      'a handle from long ago',
      { ResourceProperties: gateProperties({ Handle: aWaitUrl({ at: new Date('2026-02-28T10:00:00Z') }) }) },
      'handle-expired',
      /too old/,
    ],
    ...['0', '59', '43201', '-1', '1e3', 'twelve hours', ''].map(
      (TimeLimit): [string, object, string, RegExp] => [
        `a time limit of ${TimeLimit || 'nothing'}`,
        { ResourceProperties: gateProperties({ TimeLimit }) },
        'properties-malformed',
        /: TimeLimit$/,
      ],
    ),
    [
      'two properties that are wrong',
      { ResourceProperties: gateProperties({ Product: '', RequesterEmail: 'é'.repeat(321) }) },
      'properties-malformed',
      /: Product, RequesterEmail$/,
    ],
    [
      'half a character',
      { ResourceProperties: gateProperties({ ...parameters({ Size: '\uD800' }) }) },
      'properties-malformed',
      /: Parameters$/,
    ],
    [
      'a list for a value',
      { ResourceProperties: gateProperties({ Parameters: { Size: ['small'] } }) },
      'properties-malformed',
      /: Parameters$/,
    ],
    [
      'a shown parameter that is not there, as a secret one is',
      { ResourceProperties: gateProperties({ Shown: ['Size', 'Password'] }) },
      'shown-unknown',
      /not among Parameters/,
    ],
    [
      'a shown member that every object has',
      { ResourceProperties: gateProperties({ Shown: ['constructor'] }) },
      'shown-unknown',
      /not among Parameters/,
    ],
    [
      'more than can be shown',
      {
        ResourceProperties: gateProperties({
          Shown: Array.from({ length: 9 }, (_, index) => `P${index}`),
          Parameters: Object.fromEntries(
            Array.from({ length: 9 }, (_, index) => [`P${index}`, 'x'.repeat(4096)]),
          ),
        }),
      },
      'shown-too-long',
      /at most 32768/,
    ],
    [
      'a handle that is shown',
      { ResourceProperties: gateProperties({ ...parameters({ Size: aWaitUrl() }) }) },
      'shows-address',
      /pre-signed/,
    ],
    [
      'an encoded handle that is shown',
      { ResourceProperties: gateProperties({ ...parameters({ Size: encodeURIComponent(aWaitUrl()) }) }) },
      'shows-address',
      /pre-signed/,
    ],
    [
      'another pre-signed address that is shown',
      {
        ResourceProperties: gateProperties({
          ...parameters({ Size: 'https://files.s3.amazonaws.com/a.zip?x-amz-signature=0f' }),
        }),
      },
      'shows-address',
      /pre-signed/,
    ],
    [
      'half a character for a handle',
      { ResourceProperties: gateProperties({ Handle: '\uD800' }) },
      'properties-malformed',
      /: Handle$/,
    ],
  ])('%s', async (_, overrides, code, reason) => {
    const { handle, lines } = gate.instance();
    await handle(aGateEvent({ ...overrides }));
    expect(gate.answered()).toMatchObject([
      {
        Status: 'FAILED',
        Reason: expect.stringMatching(reason) as string,
        PhysicalResourceId: 'gate-refused',
      },
    ]);
    expect(lines).toEqual([{ outcome: 'refused', reason: code, request: 'Create', stack: aStackId() }]);
    expect(gate.services()).toEqual(['s3']);
  });
});

test.each([
  [
    'a stack that no launch made',
    `arn:aws:cloudformation:eu-west-1:${TENANT}:stack/mine/0a1b2c3d-1111-11f0-8333-0affd5e60001`,
  ],
  ["a stack under another account's name", aStackId().replace(`SC-${TENANT}`, `SC-${OTHER_TENANT}`)],
])('%s has no gate', async (_, StackId) => {
  const { handle, lines } = gate.instance();
  const ResponseURL = aResponseUrl({ stackId: StackId });
  const ResourceProperties = gateProperties({ Handle: aWaitUrl({ stackId: StackId }) });
  await handle(aGateEvent({ StackId, ResponseURL, ResourceProperties }));
  expect(gate.answered()).toMatchObject([
    { Status: 'FAILED', Reason: expect.stringContaining('Service Catalog') as string },
  ]);
  expect(lines).toMatchObject([{ outcome: 'refused', reason: 'not-service-catalog' }]);
  expect(gate.services()).toEqual(['s3']);
});

describe('an event that nobody can be answered about is thrown, and nobody is called', () => {
  const foreign = aStackId({ region: 'eu-central-1' });
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'GateEventMalformed'],
    ['a stack event', { source: 'aws.cloudformation' }, 'GateEventMalformed'],
    ['another request', aGateEvent({ RequestType: 'Read' }), 'GateEventMalformed'],
    ['an update of nothing', aGateEvent({ RequestType: 'Update' }), 'GateEventMalformed'],
    ['no stack', aGateEvent({ StackId: 'mine' }), 'GateEventMalformed'],
    [
      'a physical id that no answer holds',
      aGateEvent({ RequestType: 'Delete', PhysicalResourceId: 'é'.repeat(1500) }),
      'GateEventMalformed',
    ],
    ['another host to answer', aGateEvent({ ResponseURL: 'https://example.com/' }), 'PreSignedUrlRefused'],
    [
      "another stack's answer",
      aGateEvent({ ResponseURL: aResponseUrl({ stackId: aStackId({ account: OTHER_TENANT }) }) }),
      'PreSignedUrlRefused',
    ],
    ['the handle to answer', aGateEvent({ ResponseURL: aWaitUrl() }), 'PreSignedUrlRefused'],
    [
      "another region's stack",
      aGateEvent({ StackId: foreign, ResponseURL: aResponseUrl({ stackId: foreign }) }),
      'PreSignedUrlRefused',
    ],
    [
      'a deletion to answer elsewhere',
      aGateEvent({
        RequestType: 'Delete',
        PhysicalResourceId: 'gate-1',
        ResponseURL: 'https://example.com/',
      }),
      'PreSignedUrlRefused',
    ],
  ])('%s', async (_, event, name) => {
    const { handle, lines } = gate.instance();
    const thrown: unknown = await handle(event).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name });
    expect(lines).toHaveLength(1);
    expect(gate.received).toStrictEqual([]);
    expect(inspect([thrown, lines], { depth: null })).not.toMatch(/example\.com|Signature=|é|mine/);
  });
});
