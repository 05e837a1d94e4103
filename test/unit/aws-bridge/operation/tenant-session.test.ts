import fc from 'fast-check';
import { AtlassianAccountId } from '../../../../aws-bridge/contract/identifiers';
import { sourceIdentity } from '../../../../aws-bridge/operation/source-identity';
import { sessionOf, sessionOfGate } from '../../../../aws-bridge/operation/tenant-session';
import { aGate, GATE_ID } from '../../../builders/gate';
import { anOperation, anOrder } from './builders';

/** What STS takes for a source identity and for a session's name. */
const NAME = /^[\w+=,.@-]{2,64}$/;
const accounts = fc.stringMatching(/^[A-Za-z0-9:_-]{1,128}$/);

test('a source identity is one that STS takes, whatever the account id', () => {
  fc.assert(
    fc.property(accounts, (account) => {
      expect(sourceIdentity(AtlassianAccountId.parse(account))).toMatch(NAME);
    }),
  );
});

test('two accounts never share a source identity', () => {
  fc.assert(
    fc.property(accounts, accounts, (one, other) => {
      expect(sourceIdentity(one) === sourceIdentity(other)).toBe(one === other);
    }),
  );
});

test('ids that differ in a colon only, or in their last of 128 characters, are told apart', () => {
  const long = 'a'.repeat(127);
  const ids = ['a:b', 'a_b', 'a-b', `${long}b`, `${long}c`, long];
  expect(new Set(ids.map(sourceIdentity)).size).toBe(ids.length);
});

test('a usual account id can be read back from the source identity', () => {
  const account = '712020:0f7e0000-0000-4000-8000-000000000002';
  expect(sourceIdentity(account)).toBe('jira.712020=0f7e0000-0000-4000-8000-000000000002');
  fc.assert(
    fc.property(accounts, (id) => {
      const encoded = sourceIdentity(id);
      fc.pre(!encoded.startsWith('jira-sha256.'));
      expect(encoded.slice('jira.'.length).replaceAll('=', ':')).toBe(id);
    }),
  );
});

test('an id that is too long for that is known by its digest', () => {
  const longest = 'a'.repeat(59);
  expect(sourceIdentity(longest)).toBe(`jira.${longest}`);
  expect(sourceIdentity(`${longest}a`)).toBe('jira-sha256.Ee45EhHGJWRgtu03WVf63YBhyvuzHa-Wfbh1rr1aqtQ');
  expect(sourceIdentity('b'.repeat(128))).toMatch(/^jira-sha256\.[\w-]{43}$/);
});

test('a session names the request, the operation and its first approver', () => {
  expect(sessionOf(anOperation())).toEqual({
    operationId: 'launch-10042-0123456789abcdef',
    account: '100000000003',
    region: 'eu-west-1',
    sessionName: 'IT-42',
    sourceIdentity: 'jira.712020=0f7e0000-0000-4000-8000-000000000002',
    tags: {
      'gatehouse:operation': 'launch-10042-0123456789abcdef',
      'gatehouse:request': 'IT-42',
      'gatehouse:approver': '712020:0f7e0000-0000-4000-8000-000000000002',
    },
  });
});

test('where no approval was asked for, the session is the requester’s', () => {
  const operation = anOperation({ approval: null, order: anOrder({ requester: 'requester-1' }) });
  expect(sessionOf(operation).sourceIdentity).toBe('jira.requester-1');
});

test('a request key that is longer than a session’s name keeps its end', () => {
  const { sessionName } = sessionOf(anOperation({ requestKey: `${'A'.repeat(64)}-123456789012` }));
  expect(sessionName).toMatch(NAME);
  expect(sessionName.endsWith('-123456789012')).toBe(true);
  const requestKey = `${'A'.repeat(64)}-123456789012`;
  expect(sessionOfGate(aGate(), { requestKey }).sessionName).toBe(sessionName);
});

test('a gate that nobody has decided about acts in nobody’s name, and no account is encoded like that', () => {
  const session = sessionOfGate(aGate());
  expect(session).toMatchObject({ sourceIdentity: 'gatehouse.undecided', sessionName: GATE_ID });
  expect(session.sessionName).toMatch(NAME);
  expect(session.tags).toStrictEqual({ 'gatehouse:operation': GATE_ID });
  fc.assert(
    fc.property(accounts, (account) => {
      expect(sourceIdentity(account)).not.toBe(session.sourceIdentity);
    }),
  );
});

test('a gate that was decided acts in the name of whoever decided, on the request', () => {
  expect(sessionOfGate(aGate(), { requestKey: 'IT-42', approver: '712020:approver' })).toMatchObject({
    sourceIdentity: 'jira.712020=approver',
    sessionName: 'IT-42',
    tags: {
      'gatehouse:operation': GATE_ID,
      'gatehouse:request': 'IT-42',
      'gatehouse:approver': '712020:approver',
    },
  });
});
