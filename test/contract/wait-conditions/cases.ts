import type { Subject } from './subject';

/** What CloudFormation does with wait conditions: what happens, and what has to be seen of it. */
export interface Case {
  readonly name: string;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly observe: (stack: Subject) => Promise<Record<string, unknown>>;
  /** Why an implementation may answer otherwise that takes nothing but signals. */
  readonly belongsToS3?: string;
}

/** Seconds in which a signal would have been noticed. */
const WHILE = 2;

const waiting = (
  condition: { readonly count?: number; readonly timeout?: number; readonly suffix?: string } = {},
): object => {
  const { count = 1, timeout = 300, suffix = '' } = condition;
  return {
    Resources: {
      [`Handle${suffix}`]: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      [`Wait${suffix}`]: {
        Type: 'AWS::CloudFormation::WaitCondition',
        Properties: {
          Handle: { Ref: `Handle${suffix}` },
          Timeout: String(timeout),
          Count: count,
        },
      },
    },
    Outputs: { Data: { Value: { 'Fn::GetAtt': [`Wait${suffix}`, 'Data'] } } },
  };
};

const success = (UniqueId: string, Data = '') => ({ Status: 'SUCCESS', UniqueId, Data }) as const;
const SIGNATURE = 'its URLs are not signed';

export const cases: readonly Case[] = [
  {
    name: 'a stack waits for its signal, and tells what the signal brought',
    expected: {
      before: 'CREATE_IN_PROGRESS',
      answer: 200,
      status: 'CREATE_COMPLETE',
      data: { a: 'by Ada' },
    },
    observe: async (stack) => {
      await stack.create(waiting());
      await stack.pass(WHILE);
      const before = await stack.status();
      const answer = await stack.signal(success('a', 'by Ada'));
      return { before, answer, status: await stack.rest(), data: await stack.data() };
    },
  },
  {
    name: 'as many signals have to come as the condition counts',
    expected: { afterOne: 'CREATE_IN_PROGRESS', status: 'CREATE_COMPLETE', data: { a: '1', b: '2' } },
    observe: async (stack) => {
      await stack.create(waiting({ count: 2 }));
      await stack.signal(success('a', '1'));
      await stack.pass(WHILE);
      const afterOne = await stack.status();
      await stack.signal(success('b', '2'));
      return { afterOne, status: await stack.rest(), data: await stack.data() };
    },
  },
  {
    name: 'a repeated id counts once, whatever else it says',
    expected: {
      answers: [200, 200],
      afterRepeat: 'CREATE_IN_PROGRESS',
      status: 'CREATE_COMPLETE',
      data: { a: '1', b: '2' },
    },
    observe: async (stack) => {
      await stack.create(waiting({ count: 2 }));
      const answers = [
        await stack.signal(success('a', '1')),
        await stack.signal({ Status: 'FAILURE', UniqueId: 'a', Reason: 'changed its mind' }),
      ];
      await stack.pass(WHILE);
      const afterRepeat = await stack.status();
      await stack.signal(success('b', '2'));
      return { answers, afterRepeat, status: await stack.rest(), data: await stack.data() };
    },
  },
  {
    name: 'a FAILURE rolls the stack back at once, and its reason is told',
    expected: {
      status: 'ROLLBACK_COMPLETE',
      reason: "WaitCondition received failed message: 'Declined by Grace' for uniqueId: decision-1",
    },
    observe: async (stack) => {
      await stack.create(waiting());
      await stack.signal({ Status: 'FAILURE', UniqueId: 'decision-1', Reason: 'Declined by Grace' });
      return { status: await stack.rest(), reason: await stack.reason('Wait') };
    },
  },
  {
    name: 'one FAILURE is enough where several signals are counted',
    expected: {
      status: 'ROLLBACK_COMPLETE',
      reason: "WaitCondition received failed message: 'no' for uniqueId: b",
    },
    observe: async (stack) => {
      await stack.create(waiting({ count: 3 }));
      await stack.signal(success('a'));
      await stack.signal({ Status: 'FAILURE', UniqueId: 'b', Reason: 'no' });
      return { status: await stack.rest(), reason: await stack.reason('Wait') };
    },
  },
  {
    name: 'where nobody signals, the stack rolls back when the time is over',
    expected: {
      status: 'ROLLBACK_COMPLETE',
      reason: 'WaitCondition timed out. Received 0 conditions when expecting 1',
    },
    observe: async (stack) => {
      await stack.create(waiting({ timeout: 3 }));
      return { status: await stack.rest(), reason: await stack.reason('Wait') };
    },
  },
  {
    name: 'too few signals are none: the time-out tells how many came',
    expected: {
      status: 'ROLLBACK_COMPLETE',
      reason: 'WaitCondition timed out. Received 1 conditions when expecting 2',
    },
    observe: async (stack) => {
      await stack.create(waiting({ timeout: 4, count: 2 }));
      await stack.signal(success('a'));
      return { status: await stack.rest(), reason: await stack.reason('Wait') };
    },
  },
  {
    name: 'a URL that was tampered with is refused, and nothing comes of it',
    expected: { answer: 403, status: 'CREATE_IN_PROGRESS' },
    belongsToS3: SIGNATURE,
    observe: async (stack) => {
      await stack.create(waiting());
      const body = Buffer.from(JSON.stringify(success('forged')));
      const answer = await stack.send({ method: 'PUT', body }, (url) =>
        url.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      );
      await stack.pass(WHILE);
      return { answer, status: await stack.status() };
    },
  },
  {
    name: 'a URL without its signature is refused',
    expected: { answer: 403, status: 'CREATE_IN_PROGRESS' },
    belongsToS3: SIGNATURE,
    observe: async (stack) => {
      await stack.create(waiting());
      const body = Buffer.from(JSON.stringify(success('forged')));
      const answer = await stack.send({ method: 'PUT', body }, (url) => url.split('?')[0] ?? '');
      await stack.pass(WHILE);
      return { answer, status: await stack.status() };
    },
  },
  {
    name: 'a signal with a content type is refused',
    expected: { answer: 403, status: 'CREATE_IN_PROGRESS' },
    observe: async (stack) => {
      await stack.create(waiting());
      const answer = await stack.send({
        ...{ method: 'PUT', body: JSON.stringify(success('a')) },
        headers: { 'content-type': 'application/json' },
      });
      await stack.pass(WHILE);
      return { answer, status: await stack.status() };
    },
  },
  {
    name: 'the URL is for PUT alone',
    expected: { answers: [403, 403, 403], status: 'CREATE_IN_PROGRESS' },
    belongsToS3: SIGNATURE,
    observe: async (stack) => {
      await stack.create(waiting());
      const body = Buffer.from(JSON.stringify(success('a')));
      const answers = [
        await stack.send({ method: 'GET' }),
        await stack.send({ method: 'POST', body }),
        await stack.send({ method: 'DELETE' }),
      ];
      await stack.pass(WHILE);
      return { answers, status: await stack.status() };
    },
  },
  {
    name: 'an update waits anew at a new handle, and the old signals do not count there',
    expected: {
      created: 'CREATE_COMPLETE',
      before: 'UPDATE_IN_PROGRESS',
      status: 'UPDATE_COMPLETE',
      data: { b: '2' },
    },
    observe: async (stack) => {
      await stack.create(waiting());
      await stack.signal(success('a', '1'));
      const created = await stack.rest();
      await stack.update(waiting({ suffix: 'Anew' }), ['HandleAnew']);
      await stack.pass(WHILE);
      const before = await stack.status();
      await stack.signal(success('b', '2'), 'HandleAnew');
      return { created, before, status: await stack.rest(), data: await stack.data() };
    },
  },
  {
    name: 'a new condition at an old handle goes on at once: the old signals count',
    expected: { status: 'UPDATE_COMPLETE', data: { a: '1' } },
    observe: async (stack) => {
      const handle = { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } };
      await stack.create({ Resources: handle });
      await stack.rest();
      await stack.signal(success('a', '1'));
      await stack.update(waiting());
      return { status: await stack.rest(), data: await stack.data() };
    },
  },
  {
    name: 'a FAILURE during an update takes the stack back to what it was',
    expected: {
      status: 'UPDATE_ROLLBACK_COMPLETE',
      reason: "WaitCondition received failed message: 'Declined' for uniqueId: b",
      data: { a: '1' },
    },
    observe: async (stack) => {
      await stack.create(waiting());
      await stack.signal(success('a', '1'));
      await stack.rest();
      await stack.update(waiting({ suffix: 'Anew' }), ['HandleAnew']);
      await stack.signal({ Status: 'FAILURE', UniqueId: 'b', Reason: 'Declined' }, 'HandleAnew');
      return {
        status: await stack.rest(),
        reason: await stack.reason('WaitAnew'),
        data: await stack.data(),
      };
    },
  },
];
