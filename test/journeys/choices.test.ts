import { ChoosableType } from '../../aws-bridge/contract/choices';
import type { Answer } from '../../forge-app/pages/answer';
import type { ChoicesAsked, ChoicesShown } from '../../forge-app/pages/order-form/choices-view';
import { DATA_PROD, PAYMENTS_DEV, REGION, RESEARCH } from '../sandbox/organization';
import { REQUEST_TYPE } from '../sandbox/site';
import type { Onlooker } from '../sandbox/atlassian/page-visits';
import { type Journey, MINUTE, startJourney } from './journey';

/*
 * What somebody who fills in the order form can choose from in the account that they have chosen.
 */

const VPC = 'AWS::EC2::VPC::Id';
const KEY_PAIR = 'AWS::EC2::KeyPair::KeyName';
const SUBNET = 'AWS::EC2::Subnet::Id';

let journey: Journey;
/** Entries of the journal from before a test. */
let before: number;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(async () => {
  // Until nothing is kept any more, neither by the app nor by the bridge.
  await journey.sandbox.clock.advance(16 * MINUTE);
  before = journey.sandbox.journal.entries.length;
});
afterAll(() => journey.sandbox.close());

const call = async (
  functionKey: string,
  payload: object,
  { as = 'employee', requestTypeId = REQUEST_TYPE.approved }: { as?: Onlooker; requestTypeId?: string } = {},
): Promise<unknown> => {
  const extension = { portal: { id: 1 }, request: { typeId: requestTypeId } };
  const visit = await journey.sandbox.atlassian.callResolver({
    ...{ as, module: 'order-form', functionKey, payload, extension },
  });
  if (visit.kind !== 'returned') throw new Error(`${functionKey} was not answered: ${JSON.stringify(visit)}`);
  return visit.result;
};

const choices = async (
  asked: Partial<ChoicesAsked> = {},
  visitor: Parameters<typeof call>[2] = {},
): Promise<Answer<ChoicesShown>> => {
  const { productId } = journey.sandbox.portfolio.product('instance');
  const payload = { productId, account: PAYMENTS_DEV, region: REGION, types: [VPC], ...asked };
  // The resolver's answers cross a wire, and have no type there.
  return (await call('order-form.choices', payload, visitor)) as Answer<ChoicesShown>;
};

const told = async (...given: Parameters<typeof choices>): Promise<ChoicesShown['choices']> => {
  const answer = await choices(...given);
  if (answer.outcome !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value.choices;
};

const names = (found: ChoicesShown['choices'][number] | undefined): readonly string[] =>
  found?.outcome === 'listed' ? found.items.map(({ value, name }) => name?.split(' · ')[0] ?? value) : [];

/** What EC2 was asked, and how often a role was taken for it. */
const asked = () => {
  const since = journey.sandbox.journal.entries.slice(before);
  return {
    ec2: since.filter(({ service }) => service === 'ec2').map(({ operation }) => operation),
    entries: since.filter(({ detail }) => detail['RoleSessionName'] === 'gatehouse-choices').length,
  };
};

test('the form shows what the chosen account has, by the names that its people gave', async () => {
  const found = await told({ types: ChoosableType.options });
  expect(Object.fromEntries(found.map((of) => [of.type, names(of)]))).toEqual({
    'AWS::EC2::AvailabilityZone::Name': ['euw1-az1', 'euw1-az2', 'euw1-az3'],
    'AWS::EC2::KeyPair::KeyName': ['payments-admins', 'payments-on-call'],
    'AWS::EC2::SecurityGroup::Id': ['anything-goes', 'payments-database', 'payments-web'],
    'AWS::EC2::Subnet::Id': [
      ...['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'payments-a', 'payments-b', 'payments-c'],
      ...['payments-experiments-a', 'payments-experiments-b', 'payments-experiments-c'],
    ],
    'AWS::EC2::VPC::Id': ['172.31.0.0/16', 'payments', 'payments-experiments'],
  });
  expect(found.every((of) => of.outcome === 'listed' && !of.more)).toBe(true);
});

test('opening the form asks AWS nothing', async () => {
  expect(await call('order-form.open', {})).toMatchObject({ outcome: 'ok', value: { ours: true } });
  expect(journey.awsCalls(before)).toStrictEqual([]);
  expect(journey.sandbox.journal.entries.slice(before).map(({ service }) => service)).not.toContain('bridge');
});

test('what is chosen can be launched with', async () => {
  const [networks, subnets] = await told({ types: [VPC, SUBNET] });
  const valueOf = (found: typeof networks, name: string): string =>
    (found?.outcome === 'listed' && found.items.find((item) => item.name?.startsWith(`${name} `))?.value) ||
    '';
  const { productId, versionId } = journey.sandbox.portfolio.product('instance');
  const key = await journey.raise(
    journey.form({
      ...{ productId, provisioningArtifactId: versionId, name: 'a-server' },
      parameters: { VpcId: valueOf(networks, 'payments'), SubnetId: valueOf(subnets, 'payments-a') },
    }),
  );
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
});

test.each<[string, Partial<ChoicesAsked>, Parameters<typeof call>[2]]>([
  ['an account of another team', { account: DATA_PROD }, {}],
  ['an account of this team, by somebody of another one', { account: PAYMENTS_DEV }, { as: 'outsider' }],
  ['an account that there is not', { account: '123456789012' }, {}],
  ['a region that the account is not offered for', { region: 'us-east-1' }, {}],
  ['a product that there is not', { productId: 'prod-nowhere' }, {}],
  ['a product on another type of request', {}, { requestTypeId: REQUEST_TYPE.other }],
])('%s: nothing is told, and AWS is not asked', async (_, question, visitor) => {
  expect(await choices(question, visitor)).toEqual({ outcome: 'refused', code: 'not-yours' });
  expect(asked()).toStrictEqual({ ec2: [], entries: 0 });
});

test('each team sees its own account', async () => {
  const [networks] = await told({ account: DATA_PROD }, { as: 'outsider' });
  expect(names(networks)).toEqual(['172.31.0.0/16', 'warehouse']);
});

test('a busy form makes AWS answer once in five minutes', async () => {
  for (let visit = 0; visit < 10; visit += 1) {
    await told({ types: [VPC, SUBNET] });
    await journey.sandbox.clock.advance(25_000);
  }
  expect(asked()).toEqual({ ec2: ['DescribeVpcs', 'DescribeSubnets'], entries: 1 });
  await told({ types: [KEY_PAIR, VPC] });
  expect(asked().ec2).toEqual(['DescribeVpcs', 'DescribeSubnets', 'DescribeKeyPairs']);
  await journey.sandbox.clock.advance(MINUTE);
  await told({ types: [VPC] });
  expect(asked()).toMatchObject({ ec2: { length: 4 }, entries: 1 });
});

test('where AWS throttles, the form hears that asking again may help, and it does', async () => {
  journey.sandbox.faults.plan('ec2', 'DescribeVpcs', 'throttled');
  expect(await choices()).toEqual({ outcome: 'refused', code: 'unavailable' });
  expect(names((await told())[0])).toContain('payments');
});

test.each(['unreachable', 'failed', 'answer lost'] as const)(
  'a customer hears of a bridge that is %s that it is unavailable, and nothing of how',
  async (fault) => {
    journey.sandbox.faults.plan('bridge', 'POST /catalog', fault);
    expect(await choices()).toEqual({ outcome: 'refused', code: 'unavailable' });
  },
);

test('a policy of the organization that forbids looking up key pairs leaves the rest, and says what is wrong', async () => {
  journey.sandbox.aws.iam.putServiceControlPolicy({
    name: 'no-key-pairs',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'ec2:DescribeKeyPairs', Resource: '*' }],
    },
    accounts: [DATA_PROD],
  });
  const question = { account: DATA_PROD, types: [KEY_PAIR, VPC] } as const;
  expect(await told(question, { as: 'outsider' })).toMatchObject([
    { outcome: 'refused', type: KEY_PAIR, reason: 'denied' },
    { outcome: 'listed', type: VPC },
  ]);
});

test('an account that the roll-out has not reached has no role for it', async () => {
  expect(await told({ account: RESEARCH })).toEqual([{ outcome: 'refused', type: VPC, reason: 'no-role' }]);
});

test('once a role trusts the bridge again, the form shows so within a minute', async () => {
  const { iam } = journey.sandbox.aws;
  const role = iam.role(PAYMENTS_DEV, 'GatehouseChoices');
  if (!role) throw new Error('the tenant template makes it');
  iam.putRole({ ...role, trust: { Version: '2012-10-17', Statement: [] } });
  expect(await told()).toMatchObject([{ outcome: 'refused', reason: 'no-role' }]);
  iam.putRole(role);
  await journey.sandbox.clock.advance(MINUTE);
  expect(names((await told())[0])).toContain('payments');
});

test('a region that the account has not enabled is told as that', async () => {
  const { site, settings } = journey.sandbox;
  const accounts = settings.accounts.map((account) => ({ ...account, regions: [REGION, 'eu-south-1'] }));
  await site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: { ...settings, accounts } });
  expect(await told({ region: 'eu-south-1' })).toEqual([
    { outcome: 'refused', type: VPC, reason: 'region-disabled' },
  ]);
  await site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
});

test('what is kept of it in the app’s storage names no credential', async () => {
  await told({ types: ChoosableType.options });
  const kept = ChoosableType.options.map((type) =>
    journey.sandbox.atlassian.storage.get('plain', `choices:${PAYMENTS_DEV}:${REGION}:${type}`),
  );
  expect(kept).not.toContain(undefined);
  expect(JSON.stringify(kept)).not.toMatch(/ASIA|SessionToken|external/i);
});
