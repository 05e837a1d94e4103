import { type ParameterValues, takeParameters } from '../../../sandbox/aws/cloudformation/parameters';
import { ParameterDeclaration } from '../../../sandbox/aws/cloudformation/template';
import { refusalOf } from './a-cloudformation';

const take = (declaration: object, given?: string): ParameterValues =>
  takeParameters(
    { P: ParameterDeclaration.parse({ Type: 'String', ...declaration }) },
    given === undefined ? {} : { P: given },
    (name) => (name === '/images/latest' ? 'ami-0123456789abcdef0' : undefined),
  );
const valueOf = (declaration: object, given?: string) => take(declaration, given).get('P')?.value;

test('values are given, or the default', () => {
  expect(valueOf({ Default: 'a' })).toBe('a');
  expect(valueOf({ Default: 'a' }, 'b')).toBe('b');
  expect(valueOf({ Default: 30, Type: 'Number' })).toBe('30');
});

test('lists are split at commas and trimmed', () => {
  expect(valueOf({ Type: 'CommaDelimitedList' }, 'a, b,c')).toEqual(['a', 'b', 'c']);
  expect(valueOf({ Type: 'List<Number>' }, '1, 2')).toEqual(['1', '2']);
  expect(valueOf({ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-1,subnet-2')).toEqual([
    'subnet-1',
    'subnet-2',
  ]);
  expect(valueOf({ Type: 'CommaDelimitedList' }, '')).toStrictEqual([]);
});

test('an SSM parameter gives what lies under its name', () => {
  const type = 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>';
  expect(valueOf({ Type: type }, '/images/latest')).toBe('ami-0123456789abcdef0');
  expect(() => take({ Type: type }, '/images/none')).toThrow(
    'Unable to fetch parameters [/images/none] from parameter store for this account.',
  );
});

test('values that are missing or not asked for are named', () => {
  expect(() => take({})).toThrow('Parameters: [P] must have values');
  expect(() => takeParameters({}, { A: '1', B: '2' }, () => undefined)).toThrow(
    'Parameters: [A, B] do not exist in the template',
  );
});

test.each<[object, string, string]>([
  [{ AllowedValues: ['a', 'b'] }, 'c', "Parameter 'P' must be one of AllowedValues"],
  [{ AllowedValues: [2, 3], Type: 'Number' }, '4', "Parameter 'P' must be one of AllowedValues"],
  [{ AllowedPattern: '[a-z]+' }, 'abc1', "Parameter 'P' must match pattern [a-z]+"],
  [{ AllowedPattern: 'a|b' }, 'ab', "Parameter 'P' must match pattern a|b"],
  [{ AllowedPattern: '[a-z]+' }, 'abc\n', "Parameter 'P' must match pattern [a-z]+"],
  [{ MinLength: 3 }, 'ab', "Parameter 'P' must contain at least 3 characters"],
  [{ MaxLength: '3' }, 'abcd', "Parameter 'P' must contain at most 3 characters"],
  [{ Type: 'Number', MinValue: 8 }, '7.9', "Parameter 'P' must be a number not less than 8"],
  [{ Type: 'Number', MaxValue: 200 }, '201', "Parameter 'P' must be a number not greater than 200"],
  [{ Type: 'Number' }, '8 GiB', "Parameter 'P' must be a number"],
  [{ Type: 'Number' }, '', "Parameter 'P' must be a number"],
  [{ Type: 'List<Number>', MaxValue: 9 }, '1,10', "Parameter 'P' must be a number not greater than 9"],
  [{ Type: 'List<Number>' }, '1,b', "Parameter 'P' must be a number"],
  [
    { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] },
    'a,c',
    "Parameter 'P' must be one of AllowedValues",
  ],
  [
    { AllowedPattern: 'a', ConstraintDescription: 'must be an a' },
    'b',
    'Parameter P failed to satisfy constraint: must be an a',
  ],
  [{ Type: 'Strnig' }, 'a', 'Template format error: Unrecognized parameter type: Strnig'],
  [{}, 'x'.repeat(4097), "Parameter 'P' must contain at most 4096 characters"],
])('under %j the value %j is refused', (declaration, value, message) => {
  expect(refusalOf(() => take(declaration, value))).toEqual({ code: 'ValidationError', message });
});

test('a refusal never quotes the value, which may be a secret', () => {
  expect(() => take({ NoEcho: true, MinLength: 30 }, 'hunter2')).not.toThrow(/hunter2/);
  expect(() => take({ NoEcho: true, MinLength: 30 }, 'hunter2')).toThrow(
    'must contain at least 30 characters',
  );
});
