import { digestOf } from '../../../aws-bridge/contract/order';
import type { OperationState } from '../../../aws-bridge/contract/progress';
import { CallbackFailed } from '../../../aws-bridge/operation/callback-port';
import { SignalFailed } from '../../../aws-bridge/operation/gate/gate-ports';
import { createLaunchPathMemory } from '../../../aws-bridge/operation/launch-paths';
import { createOperation, type OperationPorts } from '../../../aws-bridge/operation/operation';
import { aGate, aWaitUrl } from '../../builders/gate';
import {
  anOperation,
  anOrder,
  aStackEvent,
  awsRefusal,
  ofTheStack,
  SITE,
  throttled,
} from '../../unit/aws-bridge/operation/builders';
import { standInGate } from '../../unit/aws-bridge/operation/stand-in-gate';
import { StandInTenant } from '../../unit/aws-bridge/operation/stand-in-tenant';
import type { CallbackAnswer, Scenario } from './scenario';

const NOW = new Date('2026-01-15T09:00:00Z');

/** As the wake function answers: with success, and without a word. */
const event = (look: number): CallbackAnswer => ({ operation: `stack event ${look}` });

/**
 * The bridge's operation around a tenant at the port. What a look sees depends on how many there were before it, not
 * on when it happens: the two engines have nothing in common as to time.
 * @param state that it must come to
 */
const anOperationWith = (
  state: OperationState,
  prepare: (tenant: StandInTenant) => void,
  more: { readonly answers?: readonly CallbackAnswer[]; readonly ports?: Partial<OperationPorts> } = {},
): Scenario => {
  const tenant = new StandInTenant();
  prepare(tenant);
  return {
    payload: anOperation(),
    handler: createOperation({
      site: SITE,
      enterTenant: () => Promise.resolve(tenant),
      paths: createLaunchPathMemory(),
      openSealed: () => Promise.reject(new Error('nothing is sealed')),
      registerWaiter: () => Promise.resolve(),
      tellApp: () => Promise.resolve('delivered'),
      answerTest: () => Promise.resolve({ state: 'taken' }),
      gate: standInGate(),
      log: () => undefined,
      now: () => NOW,
      ...more.ports,
    }),
    answers: more.answers ?? [],
    ends: { status: 'SUCCEEDED', result: { state } },
  };
};

/** What a port answers: an error as long as there are any, then the answer. */
const troubled = <Answer>(errors: readonly Error[], answer: Answer): (() => Promise<Answer>) => {
  const left = [...errors];
  return () => {
    const error = left.shift();
    return error ? Promise.reject(error) : Promise.resolve(answer);
  };
};

const bucket = { key: 'BucketName', value: 'invoices-bucket' };

/** A gate's operation around a stack that is seen in these statuses, one a look, the last for good. */
const aGateWith = (
  state: OperationState,
  statuses: readonly string[],
  gate: Parameters<typeof standInGate>[0],
  answers: readonly CallbackAnswer[] = [],
): Scenario => {
  const left = [...statuses];
  const scenario = anOperationWith(
    state,
    (tenant) => {
      tenant.physicalIds.set('Handle', aWaitUrl());
      tenant.stack = () =>
        Promise.resolve({ status: (left.length > 1 ? left.shift() : left[0]) ?? '', outputs: [] });
    },
    { answers, ports: { gate: standInGate(gate) } },
  );
  const opened = NOW.getTime();
  const payload = {
    kind: 'gate',
    gate: aGate({
      site: SITE,
      openedAt: NOW.toISOString(),
      deadline: new Date(opened + 12 * 3_600_000).toISOString(),
    }),
    handle: 'Handle',
    sealedHandle: `sealed.1.${'A'.repeat(683)}.${'A'.repeat(16)}.${'A'.repeat(22)}`,
  };
  return { ...scenario, payload };
};

/**
 * The bridge's own operation. A limit of its callbacks is a quarter of a minute at least and AWS's testing package keeps
 * limits in real time, so no scenario runs into one: the loop of the same form with limits of a second stands for that.
 */
export const operationScenarios: Readonly<Record<string, () => Scenario>> = {
  'an operation that is woken by its stack and succeeds': () =>
    anOperationWith(
      'succeeded',
      (tenant) => {
        tenant.statuses = ['IN_PROGRESS', 'SUCCEEDED'];
        tenant.description = { ...tenant.description, outputs: [bucket] };
      },
      { answers: [event(1)] },
    ),
  'an operation that has ended before anybody could wake it': () =>
    anOperationWith('succeeded', (tenant) => {
      tenant.statuses = ['SUCCEEDED'];
    }),
  'an operation whose launch is throttled twice': () =>
    anOperationWith(
      'succeeded',
      (tenant) => {
        tenant.trouble('provision', throttled());
        tenant.trouble('provision', throttled(), { after: true });
        tenant.statuses = ['IN_PROGRESS', 'SUCCEEDED'];
      },
      { answers: [event(1)] },
    ),
  'an operation that Service Catalog refuses': () =>
    anOperationWith('refused', (tenant) => {
      tenant.trouble('provision', awsRefusal('InvalidParametersException', 'Purpose must be one of a, b'));
    }),
  'an operation that rolls back and fails, with the resource that failed first': () =>
    anOperationWith(
      'failed',
      (tenant) => {
        tenant.statuses = ['IN_PROGRESS', 'IN_PROGRESS_IN_ERROR', 'FAILED'];
        tenant.productStatus = 'ERROR';
        tenant.events = [
          ofTheStack('ROLLBACK_COMPLETE'),
          aStackEvent({ status: 'CREATE_FAILED', reason: 'invoices-bucket already exists' }),
          ofTheStack('CREATE_IN_PROGRESS', 'User Initiated'),
        ];
      },
      { answers: [event(1), event(2)] },
    ),
  'an operation that the app hears of late and that nobody could be registered for': () =>
    anOperationWith(
      'succeeded',
      (tenant) => {
        tenant.statuses = ['IN_PROGRESS', 'SUCCEEDED'];
      },
      {
        answers: [event(1)],
        ports: {
          tellApp: troubled(
            [503, 429].map((status) => new CallbackFailed(`answered ${status}`)),
            'delivered',
          ),
          registerWaiter: troubled(
            [1, 2, 3].map(() => throttled('sts')),
            undefined,
          ),
        },
      },
    ),
  'an operation whose request is gone': () =>
    anOperationWith(
      'succeeded',
      (tenant) => {
        tenant.statuses = ['IN_PROGRESS', 'SUCCEEDED'];
      },
      { answers: [event(1)], ports: { tellApp: () => Promise.resolve('gone') } },
    ),
  'an operation that is lost track of': () =>
    anOperationWith('lost', (tenant) => {
      tenant.trouble('provision', new TypeError('not a function'), { times: 99 });
    }),
  'an operation whose order is not the one approved': () => ({
    ...anOperationWith('refused', () => undefined),
    payload: anOperation({ digest: digestOf(anOrder({ name: 'other' })) }),
  }),
  'a gate that is approved as soon as it is asked for, and goes on': () =>
    aGateWith('succeeded', ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_COMPLETE'], {
      decided: { outcome: 'approved', at: NOW.toISOString(), by: 'approver-1', requestKey: 'IT-42' },
    }),
  'a gate that is declined, with a signal that is not taken at first': () =>
    aGateWith('declined', ['CREATE_IN_PROGRESS', 'ROLLBACK_COMPLETE'], {
      decided: { outcome: 'declined', at: NOW.toISOString(), reason: 'too big' },
      sendSignal: troubled([new SignalFailed('answered 503', true)], undefined),
    }),
  'a gate whose stack is deleted while nobody decides': () =>
    aGateWith('withdrawn', ['CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'], {}, [
      { operation: 'decision 1' },
    ]),
  'a gate that the app refuses': () =>
    aGateWith('refused', ['CREATE_IN_PROGRESS'], {
      raiseRequest: () => Promise.resolve({ taken: false, reason: 'No project takes it.' }),
    }),
  'a payload that is no operation': () => ({
    ...anOperationWith('refused', () => undefined),
    payload: { key: 'IT-42' },
    ends: { status: 'FAILED', error: { type: 'PayloadMalformed' } },
  }),
};
