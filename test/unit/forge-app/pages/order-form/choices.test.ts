import type { Choices } from '../../../../../aws-bridge/contract/choices';
import { BridgeUnavailable } from '../../../../../forge-app/bridge/bridge';
import type { ChoicesQuestion } from '../../../../../forge-app/choices/known-choices';
import { choosableType } from '../../../../../forge-app/order/choosable-type';
import { createChoicesCalls } from '../../../../../forge-app/pages/order-form/choices';
import type { OfferedTo } from '../../../../../forge-app/pages/order-form/offered';
import { visitorOf } from '../../../../../forge-app/pages/visitor';

const VPC = 'AWS::EC2::VPC::Id';
const NETWORKS: Choices = { outcome: 'listed', type: VPC, items: [{ value: 'vpc-1' }], more: false };
const ASKED = { productId: 'prod-1', account: '100000000003', region: 'eu-west-1', types: [VPC] };

type Offered = Awaited<ReturnType<OfferedTo>>;
const OURS: Offered = {
  outcome: 'ours',
  accounts: [{ id: '100000000003', name: 'payments-dev', regions: ['eu-west-1'] }],
  productIds: ['prod-1'],
};

const setUp = ({ offered = OURS, fails }: { offered?: Offered; fails?: Error } = {}) => {
  const questions: ChoicesQuestion[] = [];
  const call = createChoicesCalls({
    offeredTo: () => Promise.resolve(offered),
    choicesOf: (_visitor, question) => {
      questions.push(question);
      return fails === undefined ? Promise.resolve([NETWORKS]) : Promise.reject(fails);
    },
  })['order-form.choices'];
  const visitor = visitorOf({
    accountId: '712020:employee',
    installContext: 'ari:cloud:jira::site/11111111-2222-4333-8444-555555555555',
    extension: { portal: { id: 1 }, request: { typeId: 42 } },
  });
  const ask = async (more: object = {}) => call?.(visitor, { ...ASKED, ...more });
  return { ask, questions };
};

test('whoever may order the product into the account is told what there is', async () => {
  const { ask, questions } = setUp();
  expect(await ask()).toEqual({ outcome: 'ok', value: { choices: [NETWORKS] } });
  expect(questions).toEqual([{ account: '100000000003', region: 'eu-west-1', types: [VPC] }]);
});

test.each([
  ['an account that they may not use', { account: '100000000004' }],
  ['an account that there is not', { account: 'nowhere' }],
  ['a region that the account is not offered for', { region: 'us-east-1' }],
  ['a product of another request type', { productId: 'prod-2' }],
])('%s is not theirs, and nobody is asked', async (_, more) => {
  const { ask, questions } = setUp();
  expect(await ask(more)).toMatchObject({ outcome: 'refused', code: 'not-yours' });
  expect(questions).toStrictEqual([]);
});

test.each([
  ['not-ours', 'not-yours'],
  ['not-set-up', 'not-set-up'],
] as const)('where the request type is %s, the answer is %s', async (outcome, code) => {
  const { ask, questions } = setUp({ offered: { outcome } });
  expect(await ask()).toMatchObject({ code });
  expect(questions).toStrictEqual([]);
});

test('a bridge that does not answer is said to be unavailable, with its reason', async () => {
  const { ask } = setUp({ fails: new BridgeUnavailable('choices.requested', 'status 429: Too many') });
  expect(await ask()).toMatchObject({
    code: 'unavailable',
    detail: 'The bridge did not answer choices.requested: status 429: Too many. It is asked again later',
  });
});

test.each([
  [{ types: [] }],
  [{ types: ['AWS::EC2::Image::Id'] }],
  [{ types: VPC }],
  [{ account: 100000000003 }],
  [{ roleName: 'Administrator' }],
])('a payload that the form never sends is not looked at (%j)', async (more) => {
  const { ask, questions } = setUp();
  await expect(ask(more)).rejects.toMatchObject({ name: 'ZodError' });
  expect(questions).toStrictEqual([]);
});

test('a type that is asked for twice is looked up once', async () => {
  const { ask, questions } = setUp();
  await ask({ types: [VPC, VPC] });
  expect(questions[0]?.types).toEqual([VPC]);
});

test.each([
  ['AWS::EC2::VPC::Id', 'AWS::EC2::VPC::Id'],
  ['List<AWS::EC2::Subnet::Id>', 'AWS::EC2::Subnet::Id'],
  ['List<AWS::EC2::AvailabilityZone::Name>', 'AWS::EC2::AvailabilityZone::Name'],
  ['AWS::EC2::Image::Id', undefined],
  ['List<Number>', undefined],
  ['CommaDelimitedList', undefined],
  ['String', undefined],
  ['AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', undefined],
])('a parameter of the type %s is chosen from %s', (type, expected) => {
  expect(choosableType(type)).toBe(expected);
});
