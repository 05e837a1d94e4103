import { composeCatalog } from '../../../../aws-bridge/catalog/compose';
import { ChoicesAnswer, ChoosableType, MOST_CHOICES } from '../../../../aws-bridge/contract/choices';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { type GivenAnswer, startHttpServer } from '../runtime/http-server';
import { aMessage, aRequest, NOW, SECRET, SITE } from '../runtime/messages';
import {
  assumed,
  KEY_PAIRS,
  NO_KEY_PAIRS,
  refusedByEc2,
  refusedBySts,
  SECURITY_GROUPS,
  subnets,
  VPCS,
  ZONES,
} from './ec2-samples';

type Form = Readonly<Record<string, string>>;
interface Call {
  readonly form: Form;
  /** Where and by whom it was signed. */
  readonly scope: string;
  readonly token: string | undefined;
}

const xml = (body: string, status = 200): GivenAnswer => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body,
});
const inMinutes = (minutes: number): string => new Date(NOW.getTime() + minutes * 60_000).toISOString();

const sampled = (): Record<string, (form: Form, count: number) => GivenAnswer> => ({
  AssumeRole: (_, count) => xml(assumed(`ASIA${count}`, inMinutes(15))),
  DescribeAvailabilityZones: () => xml(ZONES),
  DescribeKeyPairs: () => xml(KEY_PAIRS),
  DescribeSecurityGroups: () => xml(SECURITY_GROUPS),
  DescribeSubnets: () => xml(subnets([{ id: 'subnet-0a1b2c3d4e5f60718', name: 'payments-a' }])),
  DescribeVpcs: () => xml(VPCS),
});

let answers: ReturnType<typeof sampled>;
let calls: Call[];
let server: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  answers = sampled();
  calls = [];
  server = await startHttpServer(({ headers, body }) => {
    if (headers['x-amz-target'] !== undefined)
      return { status: 200, body: { SecretString: JSON.stringify({ current: SECRET }) } };
    const form = Object.fromEntries(new URLSearchParams(body));
    const action = form['Action'] ?? '';
    calls.push({
      form,
      scope: /Credential=([^,]*)\/aws4_request/.exec(String(headers.authorization))?.[1] ?? '',
      token: headers['x-amz-security-token']?.toString(),
    });
    return answers[action]?.(form, called(action).length) ?? { status: 501 };
  });
});
afterEach(() => server.stop());

const called = (action: string): readonly Call[] => calls.filter(({ form }) => form['Action'] === action);

const setUp = () => {
  const lines: LogLine[] = [];
  let now = NOW;
  const handler = composeCatalog(
    {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'ASIAHUB',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session',
      AWS_ENDPOINT_URL: server.url,
      PORTFOLIOS: '{"eu-west-1":"port-1"}',
      WEBHOOK_SECRET_ID: 'gatehouse/webhook',
      SITE_ID: SITE,
      CHOICES_ROLE_NAME: 'GatehouseChoices',
      SEALED_VALUES_KEY: 'arn:aws:kms:eu-west-1:100000000002:key/sealed',
      EXTERNAL_ID: `gatehouse:${SITE}`,
    },
    () => now,
    (line) => lines.push(line),
  );
  const ask = async (types: readonly string[] = ChoosableType.options, more: object = {}) => {
    const data = { site: SITE, account: '100000000003', region: 'eu-central-1', types, ...more };
    const content = { ...aMessage('choices.requested', data), timestamp: now.toISOString() };
    const { statusCode, body } = await handler(
      aRequest(content, { path: '/catalog', id: 'choices-1', at: now }),
    );
    const value: unknown = JSON.parse(body);
    return { status: statusCode, body: value };
  };
  const told = async (...given: Parameters<typeof ask>) => {
    const { status, body } = await ask(...given);
    expect(status).toBe(200);
    return ChoicesAnswer.parse(body).choices;
  };
  return { ask, told, lines, letPass: (minutes: number) => void (now = new Date(inMinutes(minutes))) };
};

test('what an account has of each type is told with what people call it', async () => {
  const { told, lines } = setUp();
  expect(await told()).toEqual([
    {
      outcome: 'listed',
      type: 'AWS::EC2::AvailabilityZone::Name',
      items: [
        { value: 'eu-west-1a', name: 'euw1-az1' },
        { value: 'eu-west-1b', name: 'euw1-az2' },
      ],
      more: false,
    },
    {
      outcome: 'listed',
      type: 'AWS::EC2::KeyPair::KeyName',
      items: [{ value: 'Ops & on-call <2026>' }],
      more: false,
    },
    {
      outcome: 'listed',
      type: 'AWS::EC2::SecurityGroup::Id',
      items: [{ value: 'sg-0c1d2e3f405162738', name: 'web · vpc-0a1b2c3d4e5f60718' }],
      more: false,
    },
    {
      outcome: 'listed',
      type: 'AWS::EC2::Subnet::Id',
      items: [
        {
          value: 'subnet-0a1b2c3d4e5f60718',
          name: 'payments-a · eu-west-1a · 10.0.1.0/24 · vpc-0a1b2c3d4e5f60718',
        },
      ],
      more: false,
    },
    {
      outcome: 'listed',
      type: 'AWS::EC2::VPC::Id',
      items: [
        { value: 'vpc-0f1e2d3c4b5a69788', name: '172.31.0.0/16' },
        { value: 'vpc-0a1b2c3d4e5f60718', name: 'payments · 10.0.0.0/16' },
      ],
      more: false,
    },
  ]);
  expect(lines.map(({ outcome }) => outcome)).toEqual(['choices-told']);
});

test('the role is assumed at home with the external id, and EC2 asked in the region with its session', async () => {
  await setUp().told(['AWS::EC2::VPC::Id']);
  const [assumption, listing] = calls;
  expect(assumption).toMatchObject({
    form: {
      RoleArn: 'arn:aws:iam::100000000003:role/GatehouseChoices',
      ExternalId: `gatehouse:${SITE}`,
      DurationSeconds: '900',
      Version: '2011-06-15',
    },
    scope: 'ASIAHUB/20260302/eu-west-1/sts',
  });
  expect(listing).toMatchObject({
    form: { Action: 'DescribeVpcs', MaxResults: '200', Version: '2016-11-15' },
    scope: 'ASIA1/20260302/eu-central-1/ec2',
    token: 'token-of-ASIA1',
  });
});

test('only the types that are asked for are looked up', async () => {
  await setUp().told(['AWS::EC2::KeyPair::KeyName', 'AWS::EC2::Subnet::Id']);
  expect(calls.map(({ form }) => form['Action']).sort()).toEqual([
    'AssumeRole',
    'DescribeKeyPairs',
    'DescribeSubnets',
  ]);
});

test('an account without any has none', async () => {
  answers['DescribeKeyPairs'] = () => xml(NO_KEY_PAIRS);
  expect(await setUp().told(['AWS::EC2::KeyPair::KeyName'])).toMatchObject([{ items: [], more: false }]);
});

const manySubnets = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `subnet-${String(from + index).padStart(17, '0')}`,
    name: `n${from + index}`,
  }));

test('EC2 is asked page by page until there are as many as are told at most', async () => {
  answers['DescribeSubnets'] = ({ NextToken }) =>
    xml(
      NextToken === undefined
        ? subnets(manySubnets(0, 90), 'second')
        : subnets(manySubnets(90, 20), undefined),
    );
  const [first] = await setUp().told(['AWS::EC2::Subnet::Id']);
  expect(first).toMatchObject({ more: false });
  expect(first?.outcome === 'listed' && first.items).toHaveLength(110);
  expect(called('DescribeSubnets').map(({ form }) => form['NextToken'])).toEqual([undefined, 'second']);
});

test.each([
  ['a full page and another one', 200],
  ['more than were asked for', 250],
])('with %s, two hundred are told, and that there are more', async (_, count) => {
  answers['DescribeSubnets'] = () => xml(subnets(manySubnets(0, count), count === 200 ? 'next' : undefined));
  const [first] = await setUp().told(['AWS::EC2::Subnet::Id']);
  expect(first).toMatchObject({ more: true });
  expect(first?.outcome === 'listed' && first.items).toHaveLength(MOST_CHOICES);
  expect(called('DescribeSubnets')).toHaveLength(1);
});

test('an account that answers with one page after the other is not followed for ever', async () => {
  answers['DescribeSubnets'] = ({ NextToken = '0' }) =>
    xml(subnets(manySubnets(Number(NextToken), 1), String(Number(NextToken) + 1)));
  expect(await setUp().told(['AWS::EC2::Subnet::Id'])).toMatchObject([{ more: true }]);
  expect(called('DescribeSubnets')).toHaveLength(5);
});

test('a long name is cut, and no half of a character is left', async () => {
  const name = `${'a'.repeat(199)}😀`;
  answers['DescribeSubnets'] = () => xml(subnets([{ id: 'subnet-0a1b2c3d4e5f60718', name }]));
  const [first] = await setUp().told(['AWS::EC2::Subnet::Id']);
  expect(first).toMatchObject({ items: [{ name: `${'a'.repeat(199)}\ufffd` }] });
});

test('a session is used until shortly before its end, and then another one', async () => {
  const { told, letPass } = setUp();
  await told(['AWS::EC2::VPC::Id']);
  letPass(13);
  await told(['AWS::EC2::VPC::Id']);
  expect(called('AssumeRole')).toHaveLength(1);
  letPass(14);
  await told(['AWS::EC2::VPC::Id']);
  expect(called('DescribeVpcs').map(({ token }) => token)).toEqual([
    'token-of-ASIA1',
    'token-of-ASIA1',
    'token-of-ASIA2',
  ]);
});

test.each([
  ['UnauthorizedOperation', 403, 'denied'],
  ['AuthFailure', 401, 'region-disabled'],
  ['OptInRequired', 403, 'region-disabled'],
])('%s of EC2 refuses that type alone, as %s', async (code, status, reason) => {
  answers['DescribeKeyPairs'] = () => xml(refusedByEc2(code), status);
  const { told, lines } = setUp();
  expect(await told(['AWS::EC2::KeyPair::KeyName', 'AWS::EC2::VPC::Id'])).toMatchObject([
    { outcome: 'refused', type: 'AWS::EC2::KeyPair::KeyName', reason },
    { outcome: 'listed', type: 'AWS::EC2::VPC::Id' },
  ]);
  expect(lines).toMatchObject([{ outcome: `choices-refused-${reason}` }]);
});

test('an account that has no such role, or does not trust the bridge, refuses all types', async () => {
  answers['AssumeRole'] = () => xml(refusedBySts('AccessDenied'), 403);
  expect(await setUp().told(['AWS::EC2::VPC::Id', 'AWS::EC2::Subnet::Id'])).toEqual([
    { outcome: 'refused', type: 'AWS::EC2::VPC::Id', reason: 'no-role' },
    { outcome: 'refused', type: 'AWS::EC2::Subnet::Id', reason: 'no-role' },
  ]);
  expect(calls).toHaveLength(1);
});

test.each<[string, string, GivenAnswer, number]>([
  ['EC2 throttles', 'DescribeVpcs', xml(refusedByEc2('RequestLimitExceeded'), 503), 429],
  ['STS throttles', 'AssumeRole', xml(refusedBySts('Throttling'), 400), 429],
  ['EC2 fails', 'DescribeVpcs', xml(refusedByEc2('InternalError'), 500), 503],
  ['EC2 refuses for another reason', 'DescribeVpcs', xml(refusedByEc2('InvalidParameterValue'), 400), 503],
  ['STS refuses for another reason', 'AssumeRole', xml(refusedBySts('ValidationError'), 400), 503],
  ['EC2 answers with no XML', 'DescribeVpcs', xml('<vpcSet><item>'), 503],
  ['EC2 answers to something else', 'DescribeVpcs', xml(VPCS.replaceAll('vpcId', 'vpcName')), 503],
  ['STS answers without credentials', 'AssumeRole', xml('<AssumeRoleResponse/>'), 503],
  ['STS answers with half of its credentials', 'AssumeRole', xml('<A><SecretAccessKey>wJalr'), 503],
])('where %s, asking again later is all there is to say', async (_, action, given, answered) => {
  answers[action] = () => given;
  const { ask, lines } = setUp();
  const refused = await ask(['AWS::EC2::VPC::Id']);
  expect(refused.status).toBe(answered);
  expect(JSON.stringify([refused, lines])).not.toMatch(/arn:aws|wJalr|token-of|assumed-role/);
  expect(called(action)).toHaveLength(1);
});

test.each([
  ['a type that is not looked up', ['AWS::EC2::Image::Id'], {}],
  ['a type twice', ['AWS::EC2::VPC::Id', 'AWS::EC2::VPC::Id'], {}],
  ['no type', [], {}],
  ['no account', ['AWS::EC2::VPC::Id'], { account: '1234' }],
  ['a region of another partition', ['AWS::EC2::VPC::Id'], { region: 'cn-north-1' }],
  ['more than it has', ['AWS::EC2::VPC::Id'], { roleName: 'Administrator' }],
])('a message with %s is malformed, and AWS is not asked', async (_, types, more) => {
  expect(await setUp().ask(types, more)).toMatchObject({ status: 400, body: { error: 'malformed' } });
  expect(calls).toStrictEqual([]);
});

test('a message of another site is refused', async () => {
  const site = '99999999-2222-4333-8444-555555555555';
  expect(await setUp().ask(['AWS::EC2::VPC::Id'], { site })).toMatchObject({ status: 400 });
  expect(calls).toStrictEqual([]);
});
