import { createIam, type Request } from '../../../sandbox/aws/iam/iam';
import type { PolicyDocument, Role } from '../../../sandbox/aws/iam/role';
import { unusedPermissions } from '../../../sandbox/aws/iam/unused-permissions';
import { DrivenClock } from '../../../sandbox/clock';

const HUB = '100000000002';
const TENANT = '100000000003';
const STRANGER = '999999999999';
const TABLE = `arn:aws:dynamodb:eu-west-1:${HUB}:table/waiters`;
const BUS = `arn:aws:events:eu-west-1:${HUB}:event-bus/gatehouse`;
const TENANT_ROLE = `arn:aws:iam::${TENANT}:role/gatehouse/Tenant`;

const policy = (...statements: object[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});
const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) =>
  policy({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
const trust = (Principal: object, Condition?: object) =>
  policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) });

const aRole = (overrides: Partial<Role> = {}): Role => ({
  account: HUB,
  name: 'worker',
  trust: trust({ Service: 'lambda.amazonaws.com' }),
  policies: { read: allow('dynamodb:GetItem', TABLE) },
  ...overrides,
});
const anIam = (...roles: Role[]) => {
  const clock = new DrivenClock();
  const isMember = (account: string) => account !== STRANGER;
  const iam = createIam({ organizationId: 'o-a1b2c3d4e5', isMember, now: clock.now });
  roles.forEach((role) => iam.putRole(role));
  return { iam, clock };
};
const aRead = (overrides: Partial<Request> = {}): Request => ({
  as: { account: HUB, roleName: 'worker' },
  action: 'dynamodb:GetItem',
  resource: TABLE,
  ...overrides,
});
const anAssumption = (overrides: Partial<Request> = {}): Request =>
  aRead({ action: 'sts:AssumeRole', resource: TENANT_ROLE, ...overrides });

test('what a policy allows is allowed, with the statement that did; the rest is refused, and why', async () => {
  const { iam } = anIam(aRole());
  expect(await iam.authorize(aRead())).toEqual({
    allowed: true,
    reason: undefined,
    grants: [{ policy: 'read', statement: '1', actions: ['dynamodb:GetItem'], resources: [TABLE] }],
  });
  expect(await iam.authorize(aRead({ action: 'dynamodb:PutItem' }))).toMatchObject({
    allowed: false,
    reason: 'because no identity-based policy allows the dynamodb:PutItem action',
  });
  expect(await iam.authorize(aRead({ as: { account: HUB, roleName: 'nobody' } }))).toMatchObject({
    allowed: false,
  });
});

test('a deny outweighs what is allowed', async () => {
  const deny = policy({ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' });
  const { iam } = anIam(aRole({ policies: { read: allow('dynamodb:GetItem'), deny } }));
  expect(await iam.authorize(aRead())).toMatchObject({
    allowed: false,
    reason: 'with an explicit deny in an identity-based policy',
  });
});

test('a permissions boundary and a service control policy are ceilings', async () => {
  const { iam } = anIam(aRole());
  const boundary = { account: HUB, name: 'ceiling', document: allow('s3:*') };
  iam.putManagedPolicy(boundary);
  iam.putRole(aRole({ boundaryArn: `arn:aws:iam::${HUB}:policy/ceiling` }));
  expect(await iam.authorize(aRead())).toMatchObject({
    reason: 'because no permissions boundary allows the dynamodb:GetItem action',
  });
  iam.putManagedPolicy({ ...boundary, document: allow('dynamodb:*') });
  expect(await iam.authorize(aRead())).toMatchObject({ allowed: true });
  iam.putServiceControlPolicy({
    name: 'guardrail',
    accounts: [HUB],
    document: policy({ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }),
  });
  expect(await iam.authorize(aRead())).toMatchObject({
    reason: 'with an explicit deny in a service control policy',
  });
});

test.each([
  ['an AWS managed policy that the sandbox does not know', 'arn:aws:iam::aws:policy/PowerUserAccess'],
  ['a managed policy that there is not', `arn:aws:iam::${HUB}:policy/missing`],
])('a role with %s is refused', (_, arn) => {
  const { iam } = anIam();
  expect(() => iam.putRole(aRole({ managedPolicyArns: [arn] }))).toThrow(
    expect.objectContaining({ code: 'NoSuchEntity' }) as Error,
  );
});

test.each([
  ['a trust policy over 2,048 characters', { trust: trust({ AWS: 'x'.repeat(2_048) }) }],
  ['inline policies over 10,240 characters', { policies: { big: allow(`s3:${'x'.repeat(10_240)}`) } }],
])('a role with %s is refused', (_, overrides) => {
  const { iam } = anIam();
  expect(() => iam.putRole(aRole(overrides))).toThrow(
    expect.objectContaining({ code: 'LimitExceeded' }) as Error,
  );
});

test('a managed policy attached to a role is the role’s', async () => {
  const { iam } = anIam();
  iam.putManagedPolicy({
    account: HUB,
    path: '/gatehouse/',
    name: 'read',
    document: allow('dynamodb:GetItem'),
  });
  const arn = `arn:aws:iam::${HUB}:policy/gatehouse/read`;
  iam.putRole(aRole({ policies: {}, managedPolicyArns: [arn] }));
  expect(await iam.authorize(aRead())).toMatchObject({ allowed: true, grants: [{ policy: arn }] });
});

test('a document that IAM cannot read, and a resource that the action does not have, are no answer', async () => {
  const { iam } = anIam(
    aRole({ policies: { odd: policy({ Effect: 'Allow', Actions: '*', Resource: '*' }) } }),
  );
  await expect(iam.authorize(aRead())).rejects.toThrow(/Invalid key Actions/);
  iam.putRole(aRole());
  await expect(iam.authorize(aRead({ resource: 'arn:aws:s3:::bucket' }))).rejects.toThrow(
    /no\.resource\.types/,
  );
});

test('a call on everything needs a policy that says everything; one on something unknown needs any', async () => {
  const { iam } = anIam(aRole());
  expect(await iam.authorize(aRead({ resource: '*' }))).toMatchObject({ allowed: false });
  expect(await iam.authorize(aRead({ resource: undefined }))).toMatchObject({ allowed: true });
  iam.putRole(aRole({ policies: { read: allow('dynamodb:GetItem') } }));
  expect(await iam.authorize(aRead({ resource: '*' }))).toMatchObject({ allowed: true });
});

test.each<[string, object, Partial<Request>]>([
  [
    'the role with its path',
    { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${HUB}:role/jobs/worker` } },
    {},
  ],
  ['the organization of the caller', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, {}],
  ['the account of the resource', { StringEquals: { 'aws:ResourceAccount': HUB } }, {}],
  ['the region', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, {}],
  ['transport', { Bool: { 'aws:SecureTransport': 'true' } }, {}],
  ['a tag of the role', { StringEquals: { 'aws:PrincipalTag/team': 'platform' } }, {}],
  [
    'the source identity of the session',
    { StringEquals: { 'aws:SourceIdentity': 'ada' } },
    { as: { account: HUB, roleName: 'worker', sourceIdentity: 'ada' } },
  ],
  [
    'a tag of the session',
    { StringEquals: { 'aws:PrincipalTag/request': 'IT-1' } },
    { as: { account: HUB, roleName: 'worker', sessionTags: { request: 'IT-1' } } },
  ],
])('%s can be a condition', async (_, condition, request) => {
  const role = aRole({ path: '/jobs/', tags: { team: 'platform' } });
  const { iam } = anIam({ ...role, policies: { read: allow('dynamodb:GetItem', TABLE, condition) } });
  const call = aRead(request);
  expect(await iam.authorize(call)).toMatchObject({ allowed: true });
  const [key = ''] = Object.keys(Object.values(condition)[0] as object);
  expect(await iam.reconsider(call, { context: { [key]: 'false' } })).toMatchObject({ allowed: false });
  expect(await iam.reconsider(call, { context: { [key]: undefined } })).toMatchObject({ allowed: false });
});

test('what is allowed until a moment is refused after it', async () => {
  const { iam, clock } = anIam();
  const until = new Date(clock.now().getTime() + 60_000).toISOString();
  const condition = { DateLessThan: { 'aws:CurrentTime': until } };
  iam.putRole(aRole({ policies: { read: allow('dynamodb:GetItem', TABLE, condition) } }));
  expect(await iam.authorize(aRead())).toMatchObject({ allowed: true });
  await clock.advance(60_000);
  expect(await iam.authorize(aRead())).toMatchObject({ allowed: false });
});

describe('across accounts', () => {
  const tenant = (trusted: PolicyDocument): Role => ({
    ...{ account: TENANT, path: '/gatehouse/', name: 'Tenant', trust: trusted, policies: {} },
  });
  const worker = aRole({
    policies: { enter: allow('sts:AssumeRole', `arn:aws:iam::*:role/gatehouse/Tenant`) },
  });
  const root = { AWS: `arn:aws:iam::${HUB}:root` };

  test('a role is assumed where its trust and the caller’s policy both say so', async () => {
    const { iam } = anIam(worker, tenant(trust(root)));
    expect(await iam.authorize(anAssumption())).toMatchObject({ allowed: true });
    iam.putRole(aRole());
    expect(await iam.authorize(anAssumption())).toMatchObject({ allowed: false });
    iam.putRole(worker);
    iam.putRole(tenant(trust({ AWS: `arn:aws:iam::${STRANGER}:root` })));
    expect(await iam.authorize(anAssumption())).toMatchObject({
      allowed: false,
      reason: 'because no role trust policy allows the sts:AssumeRole action',
    });
  });

  test('a role that is not there, or lies under another path, is not assumed', async () => {
    const { iam } = anIam(worker);
    expect(await iam.authorize(anAssumption())).toMatchObject({ allowed: false });
    iam.putRole({ ...tenant(trust(root)), path: '/' });
    expect(await iam.authorize(anAssumption())).toMatchObject({ allowed: false });
  });

  test('a role of the same account is not assumed by its caller’s policy alone', async () => {
    const resource = `arn:aws:iam::${HUB}:role/other`;
    const enter = { enter: allow('sts:AssumeRole') };
    const { iam } = anIam(aRole({ policies: enter }), aRole({ name: 'other', trust: policy() }));
    expect(await iam.authorize(anAssumption({ resource }))).toMatchObject({ allowed: false });
  });

  test('an external id is no condition of tagging a session', async () => {
    const asked = { StringEquals: { 'sts:ExternalId': 'gatehouse' } };
    const { iam } = anIam(
      aRole({ policies: { enter: allow(['sts:AssumeRole', 'sts:TagSession']) } }),
      tenant(
        policy({
          ...{ Effect: 'Allow', Principal: root, Condition: asked },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
        }),
      ),
    );
    const call = anAssumption({ context: { 'sts:ExternalId': 'gatehouse' } });
    expect(await iam.authorize(call)).toMatchObject({ allowed: true });
    expect(await iam.authorize({ ...call, action: 'sts:TagSession' })).toMatchObject({ allowed: false });
  });

  test('a bus that is open to the organization takes the events of its accounts, not of others', async () => {
    const sender = (account: string): Role =>
      aRole({ account, name: 'sender', policies: { put: allow('events:PutEvents', BUS) } });
    const { iam } = anIam(sender(TENANT), sender(STRANGER));
    iam.putResourcePolicy(
      BUS,
      policy({
        ...{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: BUS },
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      }),
    );
    const put = (account: string): Request => ({
      ...{ as: { account, roleName: 'sender' }, action: 'events:PutEvents', resource: BUS },
    });
    expect(await iam.authorize(put(TENANT))).toMatchObject({ allowed: true });
    expect(await iam.authorize(put(STRANGER))).toMatchObject({
      reason: 'because no resource-based policy allows the events:PutEvents action',
    });
  });
});

test('a service does what a role’s trust or a function’s policy lets it', async () => {
  const { iam } = anIam(aRole());
  const assume = (service: string): Request =>
    anAssumption({ as: { service }, resource: `arn:aws:iam::${HUB}:role/worker` });
  expect(await iam.authorize(assume('lambda.amazonaws.com'))).toMatchObject({ allowed: true });
  expect(await iam.authorize(assume('events.amazonaws.com'))).toMatchObject({ allowed: false });

  const rule = `arn:aws:events:eu-west-1:${HUB}:rule/stack-events`;
  const resource = `arn:aws:lambda:eu-west-1:${HUB}:function:wake`;
  iam.putResourcePolicy(
    resource,
    policy({
      ...{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: resource },
      ...{ Action: 'lambda:InvokeFunction', Condition: { ArnLike: { 'aws:SourceArn': rule } } },
    }),
  );
  const invoke = (sourceArn: string): Request => ({
    as: { service: 'events.amazonaws.com', sourceArn, sourceAccount: HUB },
    ...{ action: 'lambda:InvokeFunction', resource },
  });
  expect(await iam.authorize(invoke(rule))).toMatchObject({ allowed: true });
  expect(await iam.authorize(invoke(`${rule}-of-others`))).toMatchObject({ allowed: false });
});

test('every call is kept as it was weighed; weighing it again keeps nothing', async () => {
  const { iam } = anIam(aRole({ path: '/jobs/' }));
  await iam.authorize(aRead());
  await iam.authorize(aRead({ action: 'dynamodb:PutItem' }));
  const [first] = iam.calls;
  if (!first) throw new Error('nothing was kept');
  expect(await iam.reconsider(first, { as: { account: TENANT, roleName: 'worker' } })).toMatchObject({
    allowed: false,
  });
  expect(await iam.reconsider(first, { resource: `${TABLE}-of-others` })).toMatchObject({ allowed: false });
  expect(iam.calls).toMatchObject([
    {
      caller: `arn:aws:iam::${HUB}:role/jobs/worker`,
      action: 'dynamodb:GetItem',
      resource: TABLE,
      allowed: true,
    },
    { action: 'dynamodb:PutItem', allowed: false },
  ]);
});

test('what a policy names and no call needed is found, by action and by resource', async () => {
  const role = aRole({
    policies: {
      table: policy(
        {
          Sid: 'Waiters',
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
          Resource: [TABLE, BUS],
        },
        { Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*' },
      ),
    },
  });
  const { iam } = anIam(role);
  await iam.authorize(aRead());
  const where = { role: `arn:aws:iam::${HUB}:role/worker`, policy: 'table', statement: 'Waiters' };
  expect(unusedPermissions([role], iam.calls)).toEqual([
    { ...where, permission: 'dynamodb:PutItem' },
    { ...where, permission: BUS },
  ]);
});
