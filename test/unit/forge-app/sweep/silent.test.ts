import { decide, type RequestEvent } from '../../../../forge-app/request/decide';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { isSilent } from '../../../../forge-app/sweep/silent';
import { aGateDecision, aGateRequest } from '../request/a-gate-request';
import { anOperation, aProgress, aRequest, NOW } from '../request/a-request';

/** A time at which the stack of `aGateRequest` still waits, and that from which it does not. */
const BEFORE = '2026-03-02T21:59:59.999Z';
const DEADLINE = '2026-03-02T22:00:00.000Z';
const after = (start: RequestRecord, ...events: readonly RequestEvent[]): RequestRecord =>
  events.reduce((record, event) => decide(record, event, NOW).record, start);
const approved: RequestEvent = { type: 'decided', handover: anOperation() };
const gateApproved: RequestEvent = { type: 'decided', handover: aGateDecision() };
const taken: RequestEvent = { type: 'delivery-accepted' };

test('the bridge is asked after a launch that it has taken, until it tells of its end', () => {
  const followed = after(aRequest(), approved, taken);
  expect(isSilent(followed, BEFORE)).toBe(true);
  const ended = after(followed, { type: 'progressed', progress: aProgress({ state: 'succeeded' }) });
  expect(isSilent(ended, BEFORE)).toBe(false);
});

test('the bridge is not asked after what nobody has decided, or what it is not known to have', () => {
  expect(isSilent(aRequest(), DEADLINE)).toBe(false);
  expect(isSilent(aRequest({ fixed: null }), DEADLINE)).toBe(false);
  expect(isSilent(aRequest({ state: 'blocked' }), DEADLINE)).toBe(false);
  expect(isSilent(after(aRequest(), approved), DEADLINE)).toBe(false);
  expect(isSilent(after(aGateRequest(), gateApproved), DEADLINE)).toBe(false);
});

test('what is still to be told comes before anything is asked', () => {
  const followed = after(aRequest(), approved, taken);
  const outbox = [{ kind: 'property' as const, id: 'p', tried: true }];
  expect(isSilent({ ...followed, outbox }, BEFORE)).toBe(false);
});

test('what Jira did not show when it was asked last is looked for before anything is asked', () => {
  const missed = after(aRequest(), approved, taken, { type: 'unseen' });
  expect(isSilent(missed, BEFORE)).toBe(false);
  expect(isSilent(after(missed, { type: 'seen' }), BEFORE)).toBe(true);
});

test('the bridge is not asked after what agents have to look at', () => {
  const stuck = after(aRequest(), approved, taken, { type: 'asked', execution: 'broken' });
  expect(stuck.state).toBe('stuck');
  expect(isSilent(stuck, BEFORE)).toBe(false);
});

test('a stack that nobody has decided about is asked after once its time is up', () => {
  expect(isSilent(aGateRequest(), BEFORE)).toBe(false);
  expect(isSilent(aGateRequest(), DEADLINE)).toBe(true);
  expect(isSilent(aGateRequest({ state: 'blocked' }), BEFORE)).toBe(false);
  expect(isSilent(aGateRequest({ state: 'expired' }), DEADLINE)).toBe(false);
});

test('a stack that was decided about is asked after like a launch, once the bridge has the decision', () => {
  expect(isSilent(after(aGateRequest(), gateApproved, taken), BEFORE)).toBe(true);
});

test('a stack that AWS goes on with is asked after, although its decision was taken elsewhere', () => {
  expect(isSilent(aGateRequest({ state: 'provisioning' }), BEFORE)).toBe(true);
});
