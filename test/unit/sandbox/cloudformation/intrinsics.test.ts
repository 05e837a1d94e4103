import { evaluate, NO_VALUE, type Scope } from '../../../sandbox/aws/cloudformation/intrinsics';
import { refusalOf } from './a-cloudformation';

const aScope = (overrides: Partial<Scope> = {}): Scope => ({
  ref: (name) => ({ Name: 'ledger', Size: '24', Zones: ['a', 'b'] })[name],
  attribute: (logicalId, name) => `${logicalId}/${name}`,
  condition: (name) => name === 'Yes',
  mapped: (mapping, first, second) =>
    mapping === 'Sizes' && first === '24' && second === 'bits' ? '8' : undefined,
  zones: (region) => [`${region || 'eu-west-1'}a`, `${region || 'eu-west-1'}b`],
  ...overrides,
});

test.each<[string, unknown, unknown]>([
  ['Ref gives a value', { Ref: 'Name' }, 'ledger'],
  ['Ref gives a list', { Ref: 'Zones' }, ['a', 'b']],
  ['GetAtt takes a list', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'Bucket/Arn'],
  ['GetAtt takes a dotted name', { 'Fn::GetAtt': 'Bucket.Outputs.Arn' }, 'Bucket/Outputs.Arn'],
  ['Join joins', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3, true]] }, 'a-ledger-3-true'],
  ['Join takes a list from a function', { 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,b'],
  ['Join leaves out what has no value', { 'Fn::Join': [',', ['a', { Ref: 'AWS::NoValue' }]] }, 'a'],
  ['Split splits', { 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
  ['Select takes an index as text', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
  ['Select reaches into functions', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'eu-west-1b'],
  ['GetAZs takes a region', { 'Fn::GetAZs': 'us-east-1' }, ['us-east-1a', 'us-east-1b']],
  ['Sub fills in names and attributes', { 'Fn::Sub': '${Name}:${Bucket.Arn}' }, 'ledger:Bucket/Arn'],
  ['Sub keeps what is marked literal', { 'Fn::Sub': '${!Name} ${Name}' }, '${Name} ledger'],
  [
    'Sub prefers its own values',
    { 'Fn::Sub': ['${Name}-${Own}', { Own: { Ref: 'Size' }, Name: 'x' }] },
    'x-24',
  ],
  ['If takes one branch', { 'Fn::If': ['Yes', { Ref: 'Name' }, { Ref: 'Nothing' }] }, 'ledger'],
  ['If takes the other branch', { 'Fn::If': ['No', 'a', ['b']] }, ['b']],
  ['FindInMap finds', { 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'bits'] }, '8'],
  ['Base64 encodes', { 'Fn::Base64': 'grüezi' }, 'Z3LDvGV6aQ=='],
  ['Cidr cuts a range', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
  [
    'Cidr begins where the range begins',
    { 'Fn::Cidr': ['10.0.0.77/24', '2', '5'] },
    ['10.0.0.0/27', '10.0.0.32/27'],
  ],
  ['members without a value vanish', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ['items without a value vanish', ['a', { 'Fn::If': ['No', 'b', { Ref: 'AWS::NoValue' }] }], ['a']],
  ['nothing is left of no value', { Ref: 'AWS::NoValue' }, NO_VALUE],
  ['an object with more members is no function', { Ref: 'Name', x: 1 }, { Ref: 'Name', x: 1 }],
])('%s', (_what, expression, value) => {
  expect(evaluate(expression, aScope())).toEqual(value);
});

test.each<[unknown, string]>([
  [{ 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select cannot select nonexistent value at index 2'],
  [{ 'Fn::Select': ['x', ['a']] }, 'an integer index and a list'],
  [{ 'Fn::Join': ['-', 'a'] }, 'every Fn::Join object requires two parameters'],
  [{ 'Fn::Join': ['-', [{ Ref: 'Zones' }]] }, 'every Fn::Join object requires two parameters'],
  [{ 'Fn::Split': ['-'] }, 'every Fn::Split object requires two parameters'],
  [{ 'Fn::Sub': '${Zones}' }, 'variable Zones in Fn::Sub expression does not resolve to a string'],
  [{ 'Fn::If': ['Yes', 1] }, 'Fn::If requires a list argument with three elements'],
  [{ 'Fn::FindInMap': ['Sizes', '9', 'bits'] }, 'Unable to get mapping for Sizes::9::bits'],
  [{ 'Fn::GetAtt': 'Bucket' }, 'every Fn::GetAtt object requires two non-empty parameters'],
  [{ 'Fn::Cidr': ['10.0.0.0/24', 9, 8] }, 'has no room for 9 blocks'],
  [{ 'Fn::Cidr': ['10.0.0.0/20', 9, 9] }, 'has no room for 9 blocks'],
  [{ 'Fn::Cidr': ['10.0.0.999/20', 1, 8] }, 'is not a valid CIDR block'],
  [{ 'Fn::Cidr': ['10.0.0.0/16', 257, 4] }, 'count must be between 1 and 256'],
])('%j is refused as a template error', (expression, message) => {
  const refusal = refusalOf(() => evaluate(expression, aScope()));
  expect(refusal.code).toBe('ValidationError');
  expect(refusal.message).toContain(message);
});

test.each(['Fn::ImportValue', 'Fn::Transform', 'Fn::Length', 'Fn::ToJsonString', 'Fn::Typo'])(
  '%s is not modelled, and says so',
  (name) => {
    expect(() => evaluate({ [name]: 'x' }, aScope())).toThrow(
      `does not model the intrinsic function ${name}`,
    );
  },
);
