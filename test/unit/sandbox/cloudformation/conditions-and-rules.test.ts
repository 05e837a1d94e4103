import { aCloudFormation, aStackRequest, aTemplateOfBuckets, refusalOf } from './a-cloudformation';

const created = async (conditions: object, parameters: Record<string, string> = {}): Promise<boolean> => {
  const bench = aCloudFormation();
  const template = aTemplateOfBuckets(
    { Always: {}, Maybe: { Condition: 'C' } },
    {
      Parameters: { P: { Type: 'String', Default: 'a' }, N: { Type: 'Number', Default: 3 } },
      Conditions: conditions,
      Outputs: { Found: { Value: 'yes', Condition: 'C' } },
    },
  );
  const { outputs } = await bench.launch({ template, parameters });
  return outputs.some(({ key }) => key === 'Found');
};
const equals = (left: unknown, right: unknown) => ({ 'Fn::Equals': [left, right] });
const TRUE = equals('1', '1');
const FALSE = equals('1', '2');

test.each<[string, object, boolean]>([
  ['Equals of the same', { C: equals({ Ref: 'P' }, 'a') }, true],
  ['Equals of different case', { C: equals({ Ref: 'P' }, 'A') }, false],
  ['Equals of a number and its text', { C: equals({ Ref: 'N' }, 3) }, true],
  ['And', { C: { 'Fn::And': [TRUE, FALSE] } }, false],
  ['Or', { C: { 'Fn::Or': [TRUE, FALSE] } }, true],
  ['Not', { C: { 'Fn::Not': [FALSE] } }, true],
  ['another condition', { C: { 'Fn::Not': [{ Condition: 'D' }] }, D: TRUE }, false],
])('%s decides what is created', async (_what, conditions, expected) => {
  expect(await created(conditions)).toBe(expected);
});

test('a condition that leads back to itself is refused', async () => {
  await expect(
    created({ C: { 'Fn::Not': [{ Condition: 'D' }] }, D: { 'Fn::Not': [{ Condition: 'C' }] } }),
  ).rejects.toThrow('Found circular condition dependency');
});

test('a condition that nobody defined is refused', async () => {
  await expect(created({})).rejects.toThrow('Unresolved condition dependency C in the Resources block');
});

test('a condition cannot look at a resource', async () => {
  await expect(created({ C: equals({ Ref: 'Always' }, 'x') })).rejects.toThrow(
    'Unresolved dependencies [Always]. Cannot reference resources in the Conditions block of the template',
  );
});

const RULED = aTemplateOfBuckets(
  { Bucket: {} },
  {
    Parameters: {
      Stage: { Type: 'String', Default: 'dev' },
      Sizes: { Type: 'CommaDelimitedList', Default: 's,m' },
      Size: { Type: 'String', Default: 's' },
    },
  },
);
const launchUnder = (rule: object, parameters: Record<string, string> = {}): string =>
  aCloudFormation().stacks.create(aStackRequest({ template: { ...RULED, Rules: { R: rule } }, parameters }));
const asserting = (assert: object, more: object = {}) => ({
  ...more,
  Assertions: [{ Assert: assert, AssertDescription: 'sizes are s or m' }],
});

test.each<[string, object, Record<string, string>]>([
  ['Contains', { 'Fn::Contains': [['s', 'm'], { Ref: 'Size' }] }, { Size: 'l' }],
  ['EachMemberIn', { 'Fn::EachMemberIn': [{ Ref: 'Sizes' }, ['s', 'm']] }, { Sizes: 's,l' }],
  ['EachMemberEquals', { 'Fn::EachMemberEquals': [['s', { Ref: 'Size' }], 's'] }, { Size: 'l' }],
  ['RefAll', { 'Fn::EachMemberIn': [{ 'Fn::RefAll': 'CommaDelimitedList' }, ['s', 'm']] }, { Sizes: 'l' }],
  ['Not and Contains', { 'Fn::Not': [{ 'Fn::Contains': [['l'], { Ref: 'Size' }] }] }, { Size: 'l' }],
])('a rule with %s holds or refuses the stack', (_what, assert, violating) => {
  expect(launchUnder(asserting(assert))).toContain(':stack/');
  expect(refusalOf(() => launchUnder(asserting(assert), violating))).toEqual({
    code: 'ValidationError',
    message: 'Rule R failed: sizes are s or m',
  });
});

test('a rule whose condition does not hold asks for nothing', () => {
  const rule = asserting(
    { 'Fn::Contains': [['s', 'm'], { Ref: 'Size' }] },
    { RuleCondition: equals({ Ref: 'Stage' }, 'prod') },
  );
  expect(launchUnder(rule, { Size: 'l' })).toContain(':stack/');
  expect(() => launchUnder(rule, { Size: 'l', Stage: 'prod' })).toThrow('sizes are s or m');
});

test('what rules can do beyond that is not modelled, and says so', () => {
  expect(() =>
    launchUnder(asserting({ 'Fn::Contains': [['x'], { 'Fn::ValueOf': ['P', 'VpcId'] }] })),
  ).toThrow('does not model Fn::ValueOf in a rule');
});
