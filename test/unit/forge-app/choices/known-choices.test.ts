import type { Choices, ChoosableType } from '../../../../aws-bridge/contract/choices';
import {
  type ChoicesQuestion,
  type ChoicesStore,
  createKnownChoices,
  type KeptChoices,
} from '../../../../forge-app/choices/known-choices';

const VPC = 'AWS::EC2::VPC::Id';
const SUBNET = 'AWS::EC2::Subnet::Id';
const SITE = '11111111-2222-4333-8444-555555555555';

const listed = (type: ChoosableType, value: string): Choices => ({
  ...{ outcome: 'listed', type, more: false },
  items: [{ value }],
});

const setUp = (answer = (type: ChoosableType): Choices => listed(type, 'first')) => {
  let now = new Date('2026-03-02T10:00:00.000Z');
  const kept = new Map<string, KeptChoices>();
  const asked: ChoicesQuestion[] = [];
  const problems: string[] = [];
  const lifetimes: number[] = [];
  let broken = false;
  const store: ChoicesStore = {
    get: (account, region, type) => Promise.resolve(kept.get(`${account} ${region} ${type}`)),
    set: (account, region, value, minutes) => {
      if (broken) return Promise.reject(new Error('quota'));
      kept.set(`${account} ${region} ${value.choices.type}`, value);
      lifetimes.push(minutes);
      return Promise.resolve();
    },
  };
  const known = createKnownChoices({
    ask: (_site, question) => {
      asked.push(question);
      return Promise.resolve(question.types.map(answer));
    },
    store,
    now: () => now,
    report: (problem) => problems.push(problem),
  });
  return {
    ...{ asked, problems, lifetimes },
    known: (types: readonly ChoosableType[], more: Partial<ChoicesQuestion> = {}) =>
      known(SITE, { account: '100000000003', region: 'eu-west-1', types, ...more }),
    letPass: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)),
    breakStore: () => void (broken = true),
  };
};

test('many who fill in the form at once make AWS answer once', async () => {
  const { known, asked, letPass } = setUp();
  for (let visitor = 0; visitor < 20; visitor += 1) {
    expect(await known([VPC, SUBNET])).toEqual([listed(VPC, 'first'), listed(SUBNET, 'first')]);
    letPass(10);
  }
  expect(asked).toHaveLength(1);
});

test('after five minutes AWS is asked again, although the platform has not deleted the answer yet', async () => {
  const { known, asked, letPass, lifetimes } = setUp();
  await known([VPC]);
  letPass(299);
  await known([VPC]);
  expect(asked).toHaveLength(1);
  letPass(1);
  await known([VPC]);
  expect(asked).toHaveLength(2);
  expect(lifetimes).toEqual([5, 5]);
});

test('a refusal is believed for a minute', async () => {
  const { known, asked, letPass, lifetimes } = setUp((type) => ({
    outcome: 'refused',
    type,
    reason: 'denied',
  }));
  await known([VPC]);
  letPass(59);
  await known([VPC]);
  expect(asked).toHaveLength(1);
  letPass(1);
  await known([VPC]);
  expect(asked).toHaveLength(2);
  expect(lifetimes).toEqual([1, 1]);
});

test('only what is not known is asked for, and told in the order of the question', async () => {
  const { known, asked } = setUp();
  await known([VPC]);
  const told = await known([SUBNET, VPC]);
  expect(asked.map(({ types }) => types)).toEqual([[VPC], [SUBNET]]);
  expect(told.map(({ type }) => type)).toEqual([SUBNET, VPC]);
});

test('what one account or region has says nothing of another', async () => {
  const { known, asked } = setUp();
  await known([VPC]);
  await known([VPC], { account: '100000000004' });
  await known([VPC], { region: 'us-east-1' });
  expect(asked).toHaveLength(3);
});

test('an answer that cannot be kept is told all the same', async () => {
  const { known, problems, breakStore } = setUp();
  breakStore();
  expect(await known([VPC])).toEqual([listed(VPC, 'first')]);
  expect(problems).toEqual(['What 100000000003 has to choose from could not be kept: Error: quota']);
});
