import fc from 'fast-check';
import { checkRules, type Rule, rulesFor, ruleValues } from '../../../../forge-app/order/check-rules';
import { aParameter } from '../../../builders/catalog';

const WORDS = { violated: (rule: string) => `The rule ${rule} is violated.` };
const VALUES = new Map<string, string | readonly string[]>([
  ['Stage', 'production'],
  ['Size', 't3.large'],
  ['Count', '8'],
  ['Zones', ['a', 'b']],
  ['None', []],
  ['AWS::Region', 'eu-west-1'],
]);

type Judgement = 'holds' | 'violated' | 'unchecked';
const judged = (assert: unknown, values = VALUES): Judgement => {
  const { problems, unchecked } = checkRules([{ name: 'R', assertions: [{ assert }] }], values, WORDS);
  return problems.length > 0 ? 'violated' : unchecked.length > 0 ? 'unchecked' : 'holds';
};

const STAGE = { Ref: 'Stage' };
const PRODUCTION = { 'Fn::Equals': [STAGE, 'production'] };
const TEST = { 'Fn::Equals': [STAGE, 'test'] };
/** Only AWS knows. */
const OPEN = { 'Fn::Equals': [{ 'Fn::ValueOf': ['Vpc', 'Tags.Department'] }, 'IT'] };
const times = (count: number, expression: unknown): unknown =>
  Array.from({ length: count }).reduce((inner) => ({ 'Fn::Not': [inner] }), expression);

test.each<[string, unknown, Judgement]>([
  ['Equals of what is equal', PRODUCTION, 'holds'],
  ['Equals of what is not', TEST, 'violated'],
  ['Equals of a number and the text of it', { 'Fn::Equals': [{ Ref: 'Count' }, 8] }, 'holds'],
  ['Equals of a number written otherwise', { 'Fn::Equals': [{ Ref: 'Count' }, '8.0'] }, 'unchecked'],
  ['Equals of a word written otherwise', { 'Fn::Equals': [STAGE, 'Production'] }, 'unchecked'],
  ['Equals of another number', { 'Fn::Equals': [{ Ref: 'Count' }, 9] }, 'violated'],
  ['Equals of true', { 'Fn::Equals': [true, 'true'] }, 'holds'],
  ['Equals of the region', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, 'violated'],
  ['Equals of a list', { 'Fn::Equals': [{ Ref: 'Zones' }, 'a,b'] }, 'unchecked'],
  ['Not of what holds', { 'Fn::Not': [PRODUCTION] }, 'violated'],
  ['Not of what does not', { 'Fn::Not': [TEST] }, 'holds'],
  ['And of both', { 'Fn::And': [PRODUCTION, { 'Fn::Not': [TEST] }] }, 'holds'],
  ['And with one that fails', { 'Fn::And': [PRODUCTION, TEST] }, 'violated'],
  ['And with one that fails and one that is open', { 'Fn::And': [OPEN, TEST] }, 'violated'],
  ['And with one that is open', { 'Fn::And': [OPEN, PRODUCTION] }, 'unchecked'],
  ['Or with one that holds', { 'Fn::Or': [TEST, PRODUCTION] }, 'holds'],
  ['Or with one that holds and one that is open', { 'Fn::Or': [OPEN, PRODUCTION] }, 'holds'],
  ['Or of none', { 'Fn::Or': [TEST, { 'Fn::Not': [PRODUCTION] }] }, 'violated'],
  ['Or with one that is open', { 'Fn::Or': [OPEN, TEST] }, 'unchecked'],
  ['Contains of a choice', { 'Fn::Contains': [['t3.small', 't3.large'], { Ref: 'Size' }] }, 'holds'],
  ['Contains of another', { 'Fn::Contains': [['t3.small', 't3.micro'], { Ref: 'Size' }] }, 'violated'],
  ['Contains in a parameter', { 'Fn::Contains': [{ Ref: 'Zones' }, 'b'] }, 'holds'],
  ['Contains in nothing', { 'Fn::Contains': [{ Ref: 'None' }, 'b'] }, 'unchecked'],
  ['EachMemberEquals', { 'Fn::EachMemberEquals': [['production', STAGE], 'production'] }, 'holds'],
  ['EachMemberEquals with another', { 'Fn::EachMemberEquals': [{ Ref: 'Zones' }, 'a'] }, 'violated'],
  ['EachMemberIn', { 'Fn::EachMemberIn': [{ Ref: 'Zones' }, ['a', 'b', 'c']] }, 'holds'],
  ['EachMemberIn with another', { 'Fn::EachMemberIn': [{ Ref: 'Zones' }, ['a']] }, 'violated'],
  ['EachMemberIn of nothing', { 'Fn::EachMemberIn': [{ Ref: 'None' }, ['a']] }, 'unchecked'],
  ['RefAll', { 'Fn::EachMemberIn': [['vpc-1'], { 'Fn::RefAll': 'AWS::EC2::VPC::Id' }] }, 'unchecked'],
  ['ValueOf', OPEN, 'unchecked'],
  [
    'ValueOfAll',
    { 'Fn::EachMemberEquals': [{ 'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', 'Tags.Stage'] }, 'x'] },
    'unchecked',
  ],
  ['a parameter that nobody knows', { 'Fn::Equals': [{ Ref: 'Secret' }, 'x'] }, 'unchecked'],
  [
    'a list with a member that nobody knows and one that is wrong',
    { 'Fn::EachMemberIn': [[{ Ref: 'Secret' }, 'z'], ['a']] },
    'violated',
  ],
  ['a function that there is not', { 'Fn::Matches': [STAGE, 'p.*'] }, 'unchecked'],
  ['a condition by name', { Condition: 'IsProduction' }, 'unchecked'],
  ['a nesting within reason', times(30, PRODUCTION), 'holds'],
  ['a nesting beyond', times(41, PRODUCTION), 'unchecked'],
  ['a nesting to exhaust the stack', times(20_000, PRODUCTION), 'unchecked'],
])('%s', (_, assert, judgement) => {
  expect(judged(assert)).toBe(judgement);
});

test.each([
  [undefined],
  [null],
  [true],
  ['text'],
  [[]],
  [{}],
  [{ 'Fn::Equals': [] }],
  [{ 'Fn::Equals': ['a'] }],
  [{ 'Fn::Equals': ['a', 'b', 'c'] }],
  [{ 'Fn::Equals': 'a' }],
  [{ 'Fn::Equals': ['a', 'b'], 'Fn::Not': [] }],
  [{ 'Fn::And': [TEST] }],
  [{ 'Fn::And': [] }],
  [{ 'Fn::Or': {} }],
  [{ 'Fn::Not': [TEST, TEST] }],
  [{ 'Fn::Contains': ['a', 'b'] }],
  [{ 'Fn::EachMemberIn': [[{ Ref: 'Zones' }], ['c']] }],
  [{ 'Fn::Equals': [{ Ref: ['Stage'] }, 'test'] }],
  [{ 'Fn::Equals': [{ Ref: 'constructor' }, 'test'] }],
  [JSON.parse('{"__proto__": [["a"], "b"]}') as unknown],
])('what is no rule refuses nothing: %j', (assert) => {
  expect(judged(assert)).toBe('unchecked');
});

test('a rule whose condition does not hold, asks for nothing; one whose condition is open is left to AWS', () => {
  const rule = (condition: unknown): Rule => ({ name: 'R', condition, assertions: [{ assert: TEST }] });
  expect(checkRules([rule(TEST)], VALUES, WORDS)).toStrictEqual({ problems: [], unchecked: [] });
  expect(checkRules([rule(OPEN)], VALUES, WORDS)).toStrictEqual({ problems: [], unchecked: ['R'] });
  expect(checkRules([rule(PRODUCTION)], VALUES, WORDS).problems).toHaveLength(1);
});

test("a problem has the author's words and names the first parameter; without them it names the rule", () => {
  const about = (assert: unknown, description?: string): Rule => ({
    name: 'Sizes',
    assertions: [{ assert, ...(description !== undefined && { description }) }],
  });
  const { problems } = checkRules(
    [
      about({ 'Fn::Contains': [['t3.micro'], { Ref: 'Size' }] }, ' Only small ones. '),
      about(TEST, '  '),
      about({ 'Fn::Equals': ['a', 'b'] }),
      about({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }),
    ],
    VALUES,
    WORDS,
  );
  expect(problems).toEqual([
    { field: 'parameters.Size', message: 'Only small ones.' },
    { field: 'parameters.Stage', message: 'The rule Sizes is violated.' },
    { field: 'parameters', message: 'The rule Sizes is violated.' },
    { field: 'parameters', message: 'The rule Sizes is violated.' },
  ]);
});

test("the rules of a launch are the template's and those of the template constraints", () => {
  const section = (name: string) => ({
    [name]: { RuleCondition: TEST, Assertions: [{ Assert: PRODUCTION, AssertDescription: 'Why' }] },
  });
  const constraint = (type: string, parameters: string) => ({ type, parameters });
  const rules = rulesFor(
    {
      constraints: [
        constraint('LAUNCH', '{"LocalRoleName":"r"}'),
        constraint('TEMPLATE', JSON.stringify({ Rules: section('Constrained') })),
      ],
    },
    { rules: JSON.stringify(section('Own')) },
  );
  expect(rules).toEqual(
    ['Own', 'Constrained'].map((name) => ({
      name,
      condition: TEST,
      assertions: [{ assert: PRODUCTION, description: 'Why' }],
    })),
  );
  expect(rulesFor({ constraints: [] }, {})).toStrictEqual([]);
});

test.each(['', '[]', 'null', '{"Rules":[]}', '{"Rules":{"R":7}}', '{"Rules":{"R":{"Assertions":{}}}}'])(
  'a constraint that holds no rules (%s) refuses nothing, and is left to AWS',
  (parameters) => {
    const rules = rulesFor({ constraints: [{ type: 'TEMPLATE', parameters }] }, {});
    const { problems, unchecked } = checkRules(rules, VALUES, WORDS);
    expect(problems).toStrictEqual([]);
    expect(unchecked).toHaveLength(1);
  },
);

test('values are those that CloudFormation will see; what must not be shown or lies elsewhere is not among them', () => {
  const parameters = [
    aParameter({ key: 'Given' }),
    aParameter({ key: 'Preset', default: 'x' }),
    aParameter({ key: 'Zones', type: 'List<AWS::EC2::AvailabilityZone::Name>' }),
    aParameter({ key: 'Nothing', type: 'CommaDelimitedList', default: '' }),
    aParameter({ key: 'Secret', noEcho: true, default: '****' }),
    aParameter({ key: 'Stored', type: 'AWS::SSM::Parameter::Value<String>', default: '/a' }),
    aParameter({ key: 'Missing' }),
    aParameter({ key: 'constructor' }),
  ];
  const place = { account: '100000000003', region: 'eu-west-1' };
  expect(Object.fromEntries(ruleValues(parameters, { Given: 'g', Zones: 'a, b' }, place))).toStrictEqual({
    'AWS::AccountId': '100000000003',
    'AWS::Region': 'eu-west-1',
    Given: 'g',
    Preset: 'x',
    Zones: ['a', 'b'],
    Nothing: [],
  });
});

/** What the documentation says of each function, with every value known. */
const oracle = (expression: unknown, values: ReadonlyMap<string, unknown>): unknown => {
  if (Array.isArray(expression)) return expression.map((part: unknown) => oracle(part, values));
  if (typeof expression !== 'object' || expression === null) return expression;
  const [[name, argument] = ['', undefined]] = Object.entries(expression);
  if (name === 'Ref') return values.get(argument as string);
  const operands = (argument as unknown[]).map((part) => oracle(part, values));
  const lists = operands as [string[], never];
  switch (name) {
    case 'Fn::And':
      return operands.every(Boolean);
    case 'Fn::Or':
      return operands.some(Boolean);
    case 'Fn::Not':
      return !operands[0];
    case 'Fn::Equals':
      return operands[0] === operands[1];
    case 'Fn::Contains':
      return lists[0].includes(lists[1]);
    case 'Fn::EachMemberEquals':
      return lists[0].every((member) => member === lists[1]);
    case 'Fn::EachMemberIn':
      return lists[0].every((member) => (lists[1] as string[]).includes(member));
    default:
      throw new Error(name);
  }
};

const texts = fc.constantFrom('a', 'b', 'c');
const single = fc.oneof(texts, fc.constantFrom({ Ref: 'A' }, { Ref: 'B' }));
const lists = fc.oneof(
  fc.array(single, { minLength: 1, maxLength: 3 }),
  fc.constantFrom({ Ref: 'L' }, { Ref: 'M' }),
);
const { expression } = fc.letrec<{ expression: unknown }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.tuple(single, single).map((pair) => ({ 'Fn::Equals': pair })),
    fc.tuple(lists, single).map((pair) => ({ 'Fn::Contains': pair })),
    fc.tuple(lists, single).map((pair) => ({ 'Fn::EachMemberEquals': pair })),
    fc.tuple(lists, lists).map((pair) => ({ 'Fn::EachMemberIn': pair })),
    fc.tuple(tie('expression')).map((one) => ({ 'Fn::Not': one })),
    fc
      .array(tie('expression'), { minLength: 2, maxLength: 3 })
      .chain((all) => fc.constantFrom({ 'Fn::And': all }, { 'Fn::Or': all })),
  ),
}));

test('whatever is decided here, is what it is with every value known; with every value known, all is decided', () => {
  const decided = { holds: 0, violated: 0, unchecked: 0 };
  fc.assert(
    fc.property(
      expression,
      fc.record({
        A: texts,
        B: texts,
        L: fc.array(texts, { minLength: 1 }),
        M: fc.array(texts, { minLength: 1 }),
      }),
      fc.subarray(['A', 'B', 'L', 'M']),
      (assert, all, hidden) => {
        const values = new Map(Object.entries(all));
        const known = new Map([...values].filter(([key]) => !hidden.includes(key)));
        const truth = oracle(assert, values) === true ? 'holds' : 'violated';
        expect(judged(assert, values)).toBe(truth);
        const judgement = judged(assert, known);
        decided[judgement] += 1;
        expect(['unchecked', truth]).toContain(judgement);
      },
    ),
    { numRuns: 2000 },
  );
  expect(Math.min(...Object.values(decided))).toBeGreaterThan(100);
});
