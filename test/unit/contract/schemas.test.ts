import type * as z from 'zod/mini';
import { Catalog, CatalogAnswer } from '../../../aws-bridge/contract/catalog';
import { ChoicesAnswer } from '../../../aws-bridge/contract/choices';
import { ConnectionAnswer, TestId, TestTaken } from '../../../aws-bridge/contract/connection';
import { GateId, GateRaised } from '../../../aws-bridge/contract/gate';
import {
  AtlassianAccountId,
  AwsAccountId,
  AwsRegion,
  OperationId,
  RequestKey,
  ServiceCatalogId,
  SiteId,
  Timestamp,
} from '../../../aws-bridge/contract/identifiers';
import {
  Accepted,
  CallbackMessage,
  CatalogMessage,
  CatalogRequested,
  ChoicesRequested,
  ConnectionAnswered,
  ConnectionTested,
  DecisionAccepted,
  GateDecided,
  GateOpened,
  GateUndecided,
  OperationApproved,
  OperationProgressed,
  OperationsAnswer,
  OperationsRequested,
  Refusal,
  WebhookMessage,
} from '../../../aws-bridge/contract/messages';
import { Digest, Order } from '../../../aws-bridge/contract/order';
import { LaunchName, ParameterKey, TagKey, TagValue } from '../../../aws-bridge/contract/order-words';
import { isFinal, OperationState } from '../../../aws-bridge/contract/progress';
import {
  aCatalog,
  aChangedCatalog,
  aParameter,
  aProduct,
  aVersion,
  aVersionDescription,
} from '../../builders/catalog';
import { aGate, GATE_ID } from '../../builders/gate';
import { anApprovedOperation, anOrder, aSealedValue, APPROVER, SITE } from '../../builders/orders';
import { aProgress } from '../../builders/progress';

const TEST_ID = `test-${'0123456789abcdef'.repeat(2)}`;
const says = (schema: z.ZodMiniType, value: unknown): boolean => schema.safeParse(value).success;

test.each<[string, z.ZodMiniType, readonly string[], readonly string[]]>([
  ['a site', SiteId, [SITE], ['', 'site', SITE.slice(1)]],
  [
    'an Atlassian account',
    AtlassianAccountId,
    ['712020:0f7e-1', '5b10ac8d82e05b22cc7d4ef5', 'qm:a713c8ea-1075:5ad6d3581d', 'a'.repeat(128)],
    ['', 'a b', 'a/b', 'a'.repeat(129), 'ä', 'a\n'],
  ],
  [
    'a request',
    RequestKey,
    ['IT-1', 'A_1-42', 'ABC-999999999999'],
    ['it-1', 'I-1', 'IT-0', 'IT-01', 'IT', 'IT-1\n', '1T-1', 'aIT-1', 'IT-1a'],
  ],
  [
    'an operation',
    OperationId,
    ['launch-10042-0123456789abcdef', 'a'.repeat(64), 'abcdefgh'],
    ['short', 'a'.repeat(65), '-launch-1', 'Launch-10042', 'launch_10042', 'launch.10042'],
  ],
  [
    'an AWS account',
    AwsAccountId,
    ['100000000003', '000000000000'],
    ['10000000000', '1000000000003', '10000000000a', '١٠٠٠٠٠٠٠٠٠٠٣'],
  ],
  [
    'a region',
    AwsRegion,
    ['eu-west-1', 'us-east-1', 'ap-southeast-7', 'il-central-1'],
    [
      '',
      'eu-west',
      'eu-west-1a',
      'EU-WEST-1',
      'eu-west-1 ',
      'eu-west-12',
      '../eu-west-1',
      'us-gov-east-1',
      'cn-north-1',
    ],
  ],
  [
    'an id of Service Catalog',
    ServiceCatalogId,
    ['prod-abc', 'pa_1', 'a'.repeat(100)],
    ['', '-a', 'a'.repeat(101), 'a b', 'a/b'],
  ],
  [
    'a gate',
    GateId,
    [GATE_ID],
    ['', GATE_ID.slice(0, -1), `${GATE_ID}0`, `x${GATE_ID}`, GATE_ID.replace('0', 'g')],
  ],
  ['a test', TestId, [TEST_ID], ['', TEST_ID.slice(0, -1), `${TEST_ID}0`, `x${TEST_ID}`, `${TEST_ID}\n`]],
  [
    'a digest',
    Digest,
    ['0a'.repeat(32)],
    ['', '0a'.repeat(31), `${'0a'.repeat(32)}0`, '0A'.repeat(32), `x${'0a'.repeat(32)}`],
  ],
  [
    "a parameter's name",
    ParameterKey,
    ['A', 'Size2', 'a'.repeat(255)],
    ['', 'a_b', '_b', 'b_', 'ä', 'a'.repeat(256)],
  ],
  [
    "a tag's name",
    TagKey,
    ['gatehouse:request', 'Kosten stelle', 'my-aws:name', 'a'.repeat(128)],
    ['', 'aws:name', 'AWS:name', '"a', 'a"', 'a'.repeat(129)],
  ],
  [
    "a tag's value",
    TagValue,
    ['aws:', 'Köln 東京', 'a_.:/=+-@', 'a'.repeat(256)],
    ['', '"a', 'a"', 'a'.repeat(257)],
  ],
  [
    "a launch's name",
    LaunchName,
    ['invoices', '1.a_B-c', 'a'.repeat(100)],
    ['', '-a', '.a', 'a b', 'a/', 'a'.repeat(101)],
  ],
  [
    'a moment',
    Timestamp,
    ['2026-01-15T09:30:00Z', '2026-01-15T09:30:00.123Z'],
    [
      '2026-01-15',
      '2026-01-15T09:30:00',
      '2026-01-15T09:30:00+01:00',
      '2026-13-01T00:00:00Z',
      '2026-02-30T00:00:00Z',
    ],
  ],
])('%s', (_, schema, right, wrong) => {
  expect(right.filter((value) => !says(schema, value))).toStrictEqual([]);
  expect(wrong.filter((value) => says(schema, value))).toStrictEqual([]);
});

test.each<[string, object]>([
  ['a parameter of 4,097 characters', { parameters: { A: 'a'.repeat(4097) } }],
  ['a parameter whose name has an underscore', { parameters: { a_b: 'a' } }],
  ['a parameter that is no text', { parameters: { A: 1 } }],
  ['51 tags', { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, 'a'])) }],
  ['a tag of AWS', { tags: { 'aws:name': 'a' } }],
  ['a tag of AWS in capitals', { tags: { 'AWS:name': 'a' } }],
  ['a tag without a name', { tags: { '': 'a' } }],
  ['a tag with a quote', { tags: { a: '"' } }],
  ['a sealed value that is none', { sealedParameters: { A: 'hunter2' } }],
  ['a sealed value for a name that is none', { sealedParameters: { a_b: aSealedValue() } }],
  ['an empty tag', { tags: { a: '' } }],
  ['a tag of 257 characters', { tags: { a: 'a'.repeat(257) } }],
  ['a name that starts with a hyphen', { name: '-a' }],
  ['a name of 101 characters', { name: 'a'.repeat(101) }],
  ['no launch path at all', { pathId: undefined }],
])('an order with %s is refused', (_, overrides) => {
  expect(says(Order, { ...anOrder(), ...overrides })).toBe(false);
});

test.each<[string, object]>([
  ['a parameter of 4,096 characters', { parameters: { A: 'a'.repeat(4096) } }],
  ['an empty parameter', { parameters: { A: '' } }],
  ['50 tags', { tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, 'a'])) }],
  ['a tag of 256 characters', { tags: { a: 'a'.repeat(256) } }],
  ['a tag in another script', { tags: { 'Kosten stelle': 'Köln 東京' } }],
  ['a name of 100 characters', { name: 'a'.repeat(100) }],
  ['a sealed value', { sealedParameters: { A: aSealedValue() } }],
])('an order with %s is accepted', (_, overrides) => {
  expect(says(Order, { ...anOrder(), ...overrides })).toBe(true);
});

const timestamp = '2026-01-15T09:31:00.000Z';
const operationId = 'launch-10042-0123456789abcdef';
const messages: readonly [string, z.ZodMiniType, unknown][] = [
  [
    'operation.approved',
    OperationApproved,
    { type: 'operation.approved', timestamp, data: anApprovedOperation() },
  ],
  [
    'operations.requested',
    OperationsRequested,
    { type: 'operations.requested', timestamp, data: { site: SITE, operationIds: [operationId] } },
  ],
  [
    'catalog.requested',
    CatalogRequested,
    {
      type: 'catalog.requested',
      timestamp,
      data: { site: SITE, revision: null, describedVersions: ['pa-1'] },
    },
  ],
  [
    'operation.progressed',
    OperationProgressed,
    {
      type: 'operation.progressed',
      timestamp,
      data: aProgress({
        provisionedProduct: { id: 'pp-1', name: 'invoices-1' },
        outputs: [{ key: 'BucketName', value: 'b', description: 'The bucket' }],
        errors: [{ code: 'X', message: 'Y', remedy: 'Z' }],
        failedResource: { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'exists' },
      }),
    },
  ],
  [
    'choices.requested',
    ChoicesRequested,
    {
      type: 'choices.requested',
      timestamp,
      data: {
        ...{ site: SITE, account: '100000000003', region: 'eu-west-1' },
        types: ['AWS::EC2::VPC::Id', 'AWS::EC2::KeyPair::KeyName'],
      },
    },
  ],
  [
    'gate.decided',
    GateDecided,
    {
      type: 'gate.decided',
      timestamp,
      data: {
        ...{ gateId: GATE_ID, site: SITE, requestKey: 'IT-42', digest: '0a'.repeat(32) },
        ...{ decision: 'declined', approvers: [APPROVER], decidedAt: timestamp, reason: 'too dear' },
      },
    },
  ],
  ['gate.opened', GateOpened, { type: 'gate.opened', timestamp, data: aGate({ parameters: {} }) }],
  [
    'gate.undecided',
    GateUndecided,
    {
      type: 'gate.undecided',
      timestamp,
      data: { gateId: GATE_ID, site: SITE, reminder: 1, deadline: timestamp },
    },
  ],
  [
    'connection.tested',
    ConnectionTested,
    { type: 'connection.tested', timestamp, data: { site: SITE, testId: TEST_ID } },
  ],
  [
    'connection.answered',
    ConnectionAnswered,
    { type: 'connection.answered', timestamp, data: { site: SITE, testId: TEST_ID } },
  ],
  ['a test under way', ConnectionAnswer, { testId: TEST_ID, wayBack: { state: 'under-way' } }],
  [
    'a test that failed',
    ConnectionAnswer,
    { testId: TEST_ID, wayBack: { state: 'failed', why: 'refused', status: 403 } },
  ],
  ['a test that was taken', TestTaken, { testId: TEST_ID }],
  ['a decision that counts', DecisionAccepted, { gateId: GATE_ID }],
  [
    "a gate's request",
    GateRaised,
    { gateId: GATE_ID, requestKey: 'IT-42', link: 'https://a.atlassian.net/browse/IT-42' },
  ],
  ['the catalogue', CatalogAnswer, aChangedCatalog()],
  [
    'a catalogue with all that there can be',
    CatalogAnswer,
    aChangedCatalog({
      sealingKey: { id: 'arn:aws:kms:eu-west-1:100000000002:key/1', publicKey: 'AAAA' },
      products: [
        aProduct({
          description: 'Nobody else reads it',
          constraints: [{ type: 'LAUNCH', description: 'As the platform', parameters: '{}' }],
          versions: [
            aVersion({
              description: 'The first',
              guidance: 'DEPRECATED',
              described: aVersionDescription({
                rules: '{}',
                parameters: [
                  aParameter({ minLength: 1, maxLength: 2, minValue: 3, maxValue: 4, allowedValues: ['a'] }),
                ],
              }),
            }),
          ],
        }),
      ],
    }),
  ],
  ['the unchanged catalogue', CatalogAnswer, { changed: false, revision: 'r' }],
  [
    'what there is to choose from',
    ChoicesAnswer,
    {
      choices: [
        {
          ...{ outcome: 'listed', type: 'AWS::EC2::VPC::Id', more: false },
          items: [{ value: 'vpc-0123456789abcdef0', name: 'payments' }],
        },
        { outcome: 'refused', type: 'AWS::EC2::KeyPair::KeyName', reason: 'denied' },
      ],
    },
  ],
  [
    'the states of operations',
    OperationsAnswer,
    {
      operations: [
        { operationId, execution: 'running' },
        { operationId, execution: 'ended', progress: aProgress({ state: 'succeeded' }) },
      ],
    },
  ],
  ['an acceptance', Accepted, { operationId }],
  ['a refusal', Refusal, { error: 'malformed', message: 'no', problems: ['data.site: wrong'] }],
];

/** Members of these are named by people. */
const OPEN = new Set(['parameters', 'tags']);
const objectsIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, member]) => objectsIn(member, [...path, key]));
  return Array.isArray(value) || (OPEN.has(path.at(-1) ?? '') && path.includes('order'))
    ? inner
    : [path, ...inner];
};
const withMember = (value: unknown, path: readonly string[]): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return { ...(value as object), unknownMember: 1 };
  const changed = Object.entries(value as object).map(([name, member]): [string, unknown] => [
    name,
    name === key ? withMember(member, rest) : member,
  ]);
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
};

test.each(messages)('%s is read, and refused with an unknown member anywhere in it', (_, schema, value) => {
  expect(schema.parse(value)).toEqual(value);
  const places = objectsIn(value);
  expect(places.length).toBeGreaterThan(0);
  const accepted = places.filter((path) => says(schema, withMember(value, path)));
  expect(accepted).toStrictEqual([]);
});

const typesIn = (schema: z.ZodMiniType): readonly string[] =>
  messages.flatMap(([type, , value]) => (says(schema, value) ? [type] : []));

test('each address takes the messages that are meant for it and no others', () => {
  expect(typesIn(WebhookMessage)).toEqual([
    'operation.approved',
    'operations.requested',
    'gate.decided',
    'connection.tested',
  ]);
  expect(typesIn(CatalogMessage)).toEqual(['catalog.requested', 'choices.requested']);
  expect(typesIn(CallbackMessage)).toEqual([
    'operation.progressed',
    'gate.opened',
    'gate.undecided',
    'connection.answered',
  ]);
});

const problemsOf = (schema: z.ZodMiniType, value: unknown): readonly string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

test('what no pattern can say is said in words', () => {
  const types = ['AWS::EC2::VPC::Id', 'AWS::EC2::VPC::Id'];
  const data = { site: SITE, account: '100000000003', region: 'eu-west-1', types };
  expect(problemsOf(ChoicesRequested, { type: 'choices.requested', timestamp, data })).toEqual([
    'data.types: the same type twice',
  ]);
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, 'a']));
  expect(problemsOf(Order, { ...anOrder(), tags })).toEqual(['tags: at most 50 tags']);
});

test('at most 25 operations are asked for at a time', () => {
  const ask = (count: number) => ({
    type: 'operations.requested',
    timestamp,
    data: { site: SITE, operationIds: Array.from({ length: count }, () => operationId) },
  });
  expect([0, 1, 25, 26].map((count) => says(OperationsRequested, ask(count)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('an approval names an approver, or is null where none was needed', () => {
  expect(says(OperationApproved.shape.data, { ...anApprovedOperation(), approval: null })).toBe(true);
  const nobody = { approvers: [], approvedAt: timestamp };
  expect(says(OperationApproved.shape.data, { ...anApprovedOperation(), approval: nobody })).toBe(false);
});

test.each([0, -1, 1.5, 2 ** 53])('%d is no sequence', (sequence) => {
  expect(says(OperationProgressed.shape.data, { ...aProgress(), sequence })).toBe(false);
});

test('a state is final unless something goes on', () => {
  expect(OperationState.options.filter((state) => !isFinal(state))).toEqual(['provisioning', 'rolling-back']);
});

test('a catalogue survives the wire', () => {
  expect(Catalog.parse(JSON.parse(JSON.stringify(aCatalog())))).toEqual(aCatalog());
});
