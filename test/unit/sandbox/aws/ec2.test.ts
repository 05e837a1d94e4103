import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { startAws } from '../../../sandbox/aws/aws';
import { createInventory } from '../../../sandbox/aws/cloudformation/inventory';
import { addDefaultNetwork } from '../../../sandbox/aws/cloudformation/default-network';
import { createEc2 } from '../../../sandbox/aws/ec2/ec2';
import { zoneIdOf } from '../../../sandbox/aws/ec2/regions';
import type { Role } from '../../../sandbox/aws/iam/role';
import { DrivenClock } from '../../../sandbox/clock';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';
import { addNetworks } from '../../../sandbox/networks';
import { DATA_PROD, PAYMENTS_DEV, REGION } from '../../../sandbox/organization';
import { ScriptedService } from './running-aws';

const aRole = (account: string, name: string, Action: string | readonly string[]): Role => ({
  ...{ account, name },
  trust: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
    ],
  },
  policies: { own: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
});

const setUp = async () => {
  const clock = new DrivenClock();
  const inventory = createInventory();
  addNetworks(inventory);
  const faults = new Faults();
  const unused = new ScriptedService();
  const made = new Map<string, ReturnType<typeof addDefaultNetwork>>();
  const defaultNetwork = (account: string, region: string) => {
    const network = made.get(account + region) ?? addDefaultNetwork(inventory, { account, region });
    made.set(account + region, network);
    return network;
  };
  const aws = await startAws({
    ...{ clock, faults, journal: new Journal() },
    services: {
      servicecatalog: unused,
      cloudformation: unused,
      ec2: createEc2({ inventory, defaultNetwork }),
    },
    roles: [
      aRole(PAYMENTS_DEV, 'looks', 'ec2:Describe*'),
      aRole(DATA_PROD, 'looks', 'ec2:Describe*'),
      aRole(PAYMENTS_DEV, 'blind', 's3:ListBucket'),
    ],
  });
  const ask = async (
    form: Readonly<Record<string, string>>,
    { role = 'looks', account = PAYMENTS_DEV, region = REGION, secret = '' } = {},
  ): Promise<string> => {
    const { accessKeyId, secretAccessKey, sessionToken } = aws.credentialsFor(role, account);
    const credentials = { accessKeyId, sessionToken, secretAccessKey: secret || secretAccessKey };
    const ec2 = createSignedFetch(
      'ec2',
      { region, credentials, endpoint: aws.endpoint },
      { now: clock.now, timeout: 5000 },
    );
    const { text } = await ec2({
      ...{ method: 'POST', path: '/' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Version: '2016-11-15', ...form }).toString(),
    });
    return text;
  };
  return { aws, ask, inventory, faults };
};

let set: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  set = await setUp();
});
afterEach(() => set.aws.close());

const all = (xml: string, member: string): string[] =>
  [...xml.matchAll(new RegExp(`<${member}>([^<]*)</${member}>`, 'g'))].map(([, value = '']) => value);

test.each([
  ['DescribeAvailabilityZones', 'availabilityZoneInfo'],
  ['DescribeKeyPairs', 'keySet'],
  ['DescribeSecurityGroups', 'securityGroupInfo'],
  ['DescribeSubnets', 'subnetSet'],
  ['DescribeVpcs', 'vpcSet'],
])('%s answers with %s within an element of its own, after the request id', async (Action, member) => {
  const xml = await set.ask({ Action });
  expect(xml).toMatch(
    new RegExp(
      `^<\\?xml version="1.0" encoding="UTF-8"\\?>\\s*<${Action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">\\s*<requestId>[0-9a-f-]{36}</requestId><${member}><item>`,
    ),
  );
  expect(xml).not.toContain('Result>');
});

test('accounts differ in what they have, beside the network that each comes with', async () => {
  const mine = await set.ask({ Action: 'DescribeVpcs' });
  const theirs = await set.ask({ Action: 'DescribeVpcs' }, { account: DATA_PROD });
  expect(all(mine, 'value').sort()).toEqual(['payments', 'payments-experiments']);
  expect(all(theirs, 'value')).toEqual(['warehouse']);
  expect(all(mine, 'isDefault').sort()).toEqual(['false', 'false', 'true']);
  expect(all(mine, 'vpcId').filter((id) => all(theirs, 'vpcId').includes(id))).toStrictEqual([]);
  expect(all(await set.ask({ Action: 'DescribeKeyPairs' }), 'keyName')).toEqual([
    'payments-admins',
    'payments-on-call',
  ]);
});

test('elsewhere an account has nothing but the network that it comes with', async () => {
  const xml = await set.ask({ Action: 'DescribeVpcs' }, { region: 'us-east-1' });
  expect(all(xml, 'cidrBlock')).toEqual(['172.31.0.0/16', '172.31.0.0/16']);
  expect(await set.ask({ Action: 'DescribeKeyPairs' }, { region: 'us-east-1' })).toContain('<keySet/>');
});

test('what a name has of markup is escaped', async () => {
  set.inventory.add({
    ...{ type: 'AWS::EC2::KeyPair', account: PAYMENTS_DEV, region: REGION, id: 'a<b>&"c"' },
    ...{ attributes: {}, facts: {} },
  });
  expect(await set.ask({ Action: 'DescribeKeyPairs' })).toContain(
    '<keyName>a&lt;b&gt;&amp;&quot;c&quot;</keyName>',
  );
});

test('pages follow each other without a gap, and the last one has no token', async () => {
  const whole = all(await set.ask({ Action: 'DescribeSubnets' }), 'subnetId');
  const found: string[] = [];
  let pages = 0;
  for (let NextToken: string | undefined, first = true; first || NextToken !== undefined; first = false) {
    const xml = await set.ask({
      ...{ Action: 'DescribeSubnets', MaxResults: '5' },
      ...(NextToken !== undefined && { NextToken }),
    });
    found.push(...all(xml, 'subnetId'));
    [NextToken] = all(xml, 'nextToken');
    pages += 1;
  }
  expect(found).toEqual(whole);
  expect(pages).toBe(Math.ceil(whole.length / 5));
});

test('a token of one listing, or of another account, is none of another', async () => {
  const [NextToken = ''] = all(await set.ask({ Action: 'DescribeSubnets', MaxResults: '5' }), 'nextToken');
  const foreign = [
    set.ask({ Action: 'DescribeVpcs', NextToken }),
    set.ask({ Action: 'DescribeSubnets', NextToken }, { account: DATA_PROD }),
    set.ask({ Action: 'DescribeSubnets', NextToken: 'made up' }),
  ];
  for (const asked of foreign) await expect(asked).rejects.toMatchObject({ code: 'InvalidPaginationToken' });
});

test.each([
  ['an operation that EC2 does not have', { Action: 'DescribeEverything' }, 'InvalidAction', 400],
  ['another version', { Action: 'DescribeVpcs', Version: '2011-01-01' }, 'InvalidAction', 400],
  ['an unknown parameter', { Action: 'DescribeVpcs', Colour: 'blue' }, 'UnknownParameter', 400],
  ['pages where there are none', { Action: 'DescribeKeyPairs', MaxResults: '5' }, 'UnknownParameter', 400],
  ['too short a page', { Action: 'DescribeVpcs', MaxResults: '4' }, 'InvalidParameterValue', 400],
  ['too long a page', { Action: 'DescribeVpcs', MaxResults: '1001' }, 'InvalidParameterValue', 400],
])('%s is refused as EC2 does', async (_, form, code, status) => {
  await expect(set.ask(form)).rejects.toMatchObject({ name: 'AwsRefused', code, status });
});

test('a filter that EC2 would heed is not ignored', async () => {
  const asked = set.ask({
    Action: 'DescribeVpcs',
    'Filter.1.Name': 'is-default',
    'Filter.1.Value.1': 'true',
  });
  await expect(asked).rejects.toMatchObject({ name: 'DownstreamFailed', cause: { code: 'NotModelled' } });
});

test.each([
  ['a role that may not look', { role: 'blind' }, 'UnauthorizedOperation', 403],
  ['a wrong signature', { secret: 'guessed' }, 'AuthFailure', 401],
  ['a region that the account has not enabled', { region: 'eu-south-1' }, 'AuthFailure', 401],
  ['a region that there is not', { region: 'eu-nowhere-9' }, 'AuthFailure', 401],
])('%s is refused as EC2 does', async (_, by, code, status) => {
  await expect(set.ask({ Action: 'DescribeVpcs' }, by)).rejects.toMatchObject({ code, status });
});

test('EC2 throttles under a name and a status of its own', async () => {
  set.faults.plan('ec2', 'DescribeVpcs', 'throttled');
  await expect(set.ask({ Action: 'DescribeVpcs' })).rejects.toMatchObject({
    name: 'DownstreamThrottled',
    cause: { code: 'RequestLimitExceeded', status: 503 },
  });
});

test.each([
  ['eu-west-1', 'euw1-az1'],
  ['eu-central-1', 'euc1-az1'],
  ['ap-northeast-2', 'apne2-az1'],
  ['ap-southeast-1', 'apse1-az1'],
  ['us-east-1', 'use1-az1'],
  ['ca-central-1', 'cac1-az1'],
])('the first zone of %s has the id %s', (region, id) => {
  expect(zoneIdOf(region, 0)).toBe(id);
});
