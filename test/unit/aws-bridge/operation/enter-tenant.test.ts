import { STSClient } from '@aws-sdk/client-sts';
import { createEnterTenant } from '../../../../aws-bridge/operation/enter-tenant';
import { sessionOf, sessionOfGate } from '../../../../aws-bridge/operation/tenant-session';
import { aGate } from '../../../builders/gate';
import { AwsWire } from './aws-wire';
import { anOperation } from './builders';
import { StandInTenant } from './stand-in-tenant';

let wire: AwsWire;

beforeEach(async () => {
  wire = new AwsWire();
  await wire.listen();
});

afterEach(() => wire.close());

const session = (
  expiration: string,
) => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
  <SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;

test('the tenant role is assumed once for an operation, until shortly before the session ends', async () => {
  let now = new Date('2026-01-15T09:00:00Z');
  wire.answers.push({ body: session('2026-01-15T10:00:00Z') }, { body: session('2026-01-15T11:00:00Z') });
  const opened: string[] = [];
  const enter = createEnterTenant({
    sts: new STSClient(wire.configuration),
    roleName: 'gatehouse/GatehouseTenant',
    externalId: 'external',
    open: (_session, credentials) => {
      opened.push(credentials.accessKeyId);
      return new StandInTenant();
    },
    now: () => now,
  });

  const first = await enter(sessionOf(anOperation()));
  expect(await enter(sessionOf(anOperation()))).toBe(first);
  now = new Date('2026-01-15T09:56:00Z');
  expect(await enter(sessionOf(anOperation()))).not.toBe(first);

  expect(opened).toEqual(['ASIAEXAMPLE', 'ASIAEXAMPLE']);
  expect(Object.fromEntries(new URLSearchParams(wire.asked[0]?.body))).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: 'arn:aws:iam::100000000003:role/gatehouse/GatehouseTenant',
    ExternalId: 'external',
    RoleSessionName: 'IT-42',
    SourceIdentity: 'jira.712020=0f7e0000-0000-4000-8000-000000000002',
    'Tags.member.1.Key': 'gatehouse:operation',
    'Tags.member.1.Value': 'launch-10042-0123456789abcdef',
  });
});

test('a role that may not be assumed is a refusal of STS', async () => {
  const body =
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
  wire.answers.push({ status: 403, body });
  const enter = createEnterTenant({
    sts: new STSClient(wire.configuration),
    roleName: 'GatehouseTenant',
    externalId: 'external',
    open: () => new StandInTenant(),
    now: () => new Date(),
  });
  await expect(enter(sessionOf(anOperation()))).rejects.toMatchObject({
    service: 'sts',
    code: 'AccessDenied',
    transient: false,
  });
});

test('a gate’s session is another one once somebody has decided', async () => {
  wire.answers.push({ body: session('2026-01-15T10:00:00Z') }, { body: session('2026-01-15T10:00:00Z') });
  const enter = createEnterTenant({
    sts: new STSClient(wire.configuration),
    roleName: 'GatehouseTenant',
    externalId: 'external',
    open: () => new StandInTenant(),
    now: () => new Date('2026-01-15T09:00:00Z'),
  });
  const undecided = await enter(sessionOfGate(aGate()));
  const decided = sessionOfGate(aGate(), { requestKey: 'IT-42', approver: 'approver-1' });
  expect(await enter(decided)).not.toBe(undecided);
  await enter(sessionOfGate(aGate()));
  expect(wire.asked.map(({ body }) => new URLSearchParams(body).get('SourceIdentity'))).toEqual([
    'gatehouse.undecided',
    'jira.approver-1',
  ]);
});

test('operations that take turns keep their sessions, and only the one at work its clients', async () => {
  wire.answers.push({ body: session('2026-01-15T10:00:00Z') }, { body: session('2026-01-15T10:00:00Z') });
  const opened: string[] = [];
  const enter = createEnterTenant({
    sts: new STSClient(wire.configuration),
    roleName: 'GatehouseTenant',
    externalId: 'external',
    open: ({ operationId }) => {
      opened.push(operationId);
      return new StandInTenant();
    },
    now: () => new Date('2026-01-15T09:00:00Z'),
  });
  const one = sessionOf(anOperation());
  const other = sessionOf(anOperation({ operationId: 'launch-10043-0123456789abcdef' }));

  for (const turn of [one, one, other, other, one]) await enter(turn);

  expect(opened).toEqual([one.operationId, other.operationId, one.operationId]);
  expect(wire.asked).toHaveLength(2);
});

test('a session that AWS does not take any more is assumed anew', async () => {
  wire.answers.push({ body: session('2026-01-15T10:00:00Z') }, { body: session('2026-01-15T10:00:00Z') });
  const expiring: (() => void)[] = [];
  const enter = createEnterTenant({
    sts: new STSClient(wire.configuration),
    roleName: 'GatehouseTenant',
    externalId: 'external',
    open: (_session, _credentials, expired) => {
      expiring.push(expired);
      return new StandInTenant();
    },
    now: () => new Date('2026-01-15T09:00:00Z'),
  });
  const first = await enter(sessionOf(anOperation()));
  expiring[0]?.();

  expect(await enter(sessionOf(anOperation()))).not.toBe(first);
  expect(wire.asked).toHaveLength(2);
});
