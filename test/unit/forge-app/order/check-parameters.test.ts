import fc from 'fast-check';
import type { Parameter } from '../../../../aws-bridge/contract/catalog';
import { checkParameters as checkWith } from '../../../../forge-app/order/check-parameters';
import { createPatternCheck, type PatternCheck } from '../../../../forge-app/order/pattern-check';
import { aParameter } from '../../../builders/catalog';

const checkParameters = (offered: readonly Parameter[], given: Readonly<Record<string, string>>) =>
  checkWith(offered, given, { patternCheck: createPatternCheck() });

const complaints = (parameter: Partial<Parameter>, value?: string): readonly string[] => {
  const offered = aParameter({ key: 'Key', ...parameter });
  return checkParameters([offered], value === undefined ? {} : { Key: value }).map(({ message }) => message);
};
const accepts = (parameter: Partial<Parameter>, value?: string) =>
  expect(complaints(parameter, value)).toStrictEqual([]);
const refuses = (parameter: Partial<Parameter>, value: string | undefined, words: RegExp) =>
  expect(complaints(parameter, value)).toEqual([expect.stringMatching(words)]);

test('a parameter that the version does not have is refused, also one named like a member of every object', () => {
  const problems = checkParameters([], { Extra: 'x', constructor: 'y' });
  expect(problems.map(({ field }) => field)).toEqual(['parameters.Extra', 'parameters.constructor']);
  expect(problems[0]?.message).toBe('Extra: this version has no such parameter. Leave it out.');
});

test('a parameter without a default needs a value, and an empty one is a value', () => {
  refuses({ key: 'constructor' }, undefined, /^constructor: a value is needed/);
  accepts({}, '');
  accepts({ default: '' });
});

test('a problem names the parameter by its label and key', () => {
  expect(checkParameters([aParameter({ key: 'VpcCidr', label: 'Range of the network' })], {})).toEqual([
    {
      field: 'parameters.VpcCidr',
      message: 'Range of the network (VpcCidr): a value is needed; this parameter has no default.',
    },
  ]);
});

test('all problems come at once', () => {
  const offered = [
    aParameter({ key: 'A' }),
    aParameter({ key: 'B', type: 'Number' }),
    aParameter({ key: 'C' }),
  ];
  expect(checkParameters(offered, { B: 'many', C: 'fine', D: '' })).toHaveLength(3);
});

describe('a NoEcho parameter', () => {
  test.each([[{}], [{ default: '****' }], [{ type: 'Number' }], [{ allowedPattern: '[a-z]+' }]])(
    'given in clear is refused without being repeated (%j)',
    (more) => {
      const [problem] = complaints({ noEcho: true, ...more }, 'hunter2-"qux"');
      expect(problem).toMatch(/in clear.*disclosed/);
      expect(problem).not.toMatch(/hunter2|qux/);
    },
  );

  test('left out is fine where there is a default, and is asked for on the form where there is none', () => {
    accepts({ noEcho: true, default: '****' });
    refuses({ noEcho: true }, undefined, /order form, which seals it/);
  });

  test('never has its value in a problem, whatever the value and the rules', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom('§', '¤', '¶') }), (secret) => {
        for (const type of ['String', 'Number', 'CommaDelimitedList', 'AWS::EC2::VPC::Id']) {
          const found = complaints({ noEcho: true, type, allowedValues: ['x'], maxLength: 0 }, secret);
          expect(found.join()).not.toContain(secret);
          expect(found).toHaveLength(1);
        }
      }),
    );
  });
});

test.each(['0', '8', '-3', '+3', '2.5', '.5', '5.', '1e3', '1E-2', '007'])('%s is a number', (value) =>
  accepts({ type: 'Number' }, value),
);
test.each([
  '',
  ' 8',
  '8 ',
  'eight',
  '0x10',
  '1,000',
  'NaN',
  'Infinity',
  '1e',
  '--1',
  '٣',
  '8\n',
  '.',
  '1e9999',
])('%j is no number', (value) => refuses({ type: 'Number' }, value, /has to be a number/));

test('a number lies within its range, ends included', () => {
  const range = { type: 'Number', minValue: 1, maxValue: 10 };
  accepts(range, '1');
  accepts(range, '10.0');
  refuses(range, '0.99', /"0.99" is less than 1/);
  refuses(range, '1e1000', /number/);
  refuses(range, '11', /"11" is more than 10/);
});

test('every item of a list of numbers is a number within the range', () => {
  const list = { type: 'List<Number>', minValue: 1, maxValue: 65535 };
  accepts(list, '80');
  accepts(list, '80, 443');
  refuses(list, '80,', /an item of the list is empty/);
  refuses(list, '', /empty/);
  refuses(list, '80;443', /number/);
  refuses(list, '80,70000', /"70000" is more than/);
});

test('AllowedValues are compared exactly, item by item in a list', () => {
  refuses({ allowedValues: ['dev', 'prod'] }, 'Dev', /"Dev" is not one of "dev", "prod"\./);
  accepts({ allowedValues: ['dev', 'prod'] }, 'prod');
  accepts({ type: 'CommaDelimitedList', allowedValues: ['a', 'b'] }, 'a, b,a');
  refuses({ type: 'CommaDelimitedList', allowedValues: ['a', 'b'] }, 'a,c', /"c" is not one of/);
  refuses({ type: 'Number', allowedValues: ['1', '2'] }, '3', /"3" is not one of/);
});

test('many AllowedValues are cut short', () => {
  const allowedValues = Array.from({ length: 300 }, (_, index) => `t3.size${index}`);
  const [problem = ''] = complaints({ allowedValues }, 'm5.large');
  expect(problem).toMatch(/and 280 more/);
  expect(problem.length).toBeLessThan(700);
});

test('lengths are those of the text, ends included, and say nothing about lists', () => {
  const lengths = { minLength: 2, maxLength: 4 };
  accepts(lengths, 'ab');
  accepts(lengths, 'abcd');
  refuses(lengths, 'a', /has 1 character; at least 2/);
  refuses(lengths, 'abcde', /has 5 characters; at most 4/);
  accepts({ type: 'CommaDelimitedList', maxLength: 2 }, 'abc,def');
});

test('a value takes at most 4,096 bytes', () => {
  accepts({}, 'a'.repeat(4096));
  refuses({}, 'a'.repeat(4097), /takes 4097 bytes/);
  refuses({}, 'ä'.repeat(2049), /takes 4098 bytes/);
});

test('half a character is refused, because it cannot be written canonically', () => {
  refuses({}, 'a\ud83d', /well-formed/);
});

test('AllowedPattern has to match the whole value, and every item of a list', () => {
  accepts({ allowedPattern: '[a-z]+' }, 'abc');
  refuses({ allowedPattern: '[a-z]+' }, 'abc1', /does not match the pattern \[a-z\]\+/);
  refuses({ allowedPattern: 'a|b' }, 'ab', /pattern/);
  refuses({ allowedPattern: '^[a-z]+$' }, 'abc\nrm', /pattern/);
  refuses({ allowedPattern: '[a-z]+' }, 'abc\n', /pattern/);
  accepts({ type: 'CommaDelimitedList', allowedPattern: '[a-z]+' }, 'abc, def');
  refuses({ type: 'CommaDelimitedList', allowedPattern: '[a-z]+' }, 'abc,d3f', /pattern/);
});

test('a long list that does not match is not repeated at length', () => {
  const list = Array.from({ length: 900 }, () => 'A').join(',');
  const [problem = ''] = complaints({ type: 'CommaDelimitedList', allowedPattern: '[a-z]' }, list);
  expect(problem.length).toBeLessThan(400);
});

test('ConstraintDescription speaks instead of the pattern', () => {
  refuses(
    { allowedPattern: '[a-z]+', constraintDescription: 'Only lower-case letters' },
    'ABC',
    /^Key: "ABC" is not of the form that is asked for\. Only lower-case letters\.$/,
  );
  refuses(
    { maxLength: 1, constraintDescription: 'One letter.' },
    'ab',
    /at most 1 are allowed\. One letter\.$/,
  );
});

test.each([
  ['must be a number of days', /allowed\. It must be a number of days\.$/],
  ['must end here. ', /allowed\. It must end here\.$/],
  ['lower-case letters only', /allowed\. What is allowed: lower-case letters only\.$/],
])(
  'a ConstraintDescription that is half a sentence is made a whole one (%s)',
  (constraintDescription, words) => {
    refuses({ maxLength: 1, constraintDescription }, 'ab', words);
  },
);

test('a pattern that cannot be checked is nobody’s pass and not the reporter’s mistake', () => {
  refuses({ allowedPattern: '[a-z]++' }, 'abc', /could not be checked.*not your mistake/);
  refuses({ allowedPattern: '(' }, 'abc', /could not be checked/);
});

test.each([
  ['AWS::EC2::VPC::Id', 'vpc-0123456789abcdef0', 'vpc-xyz'],
  ['AWS::EC2::VPC::Id', 'vpc-01234567', 'subnet-01234567'],
  ['AWS::EC2::Subnet::Id', 'subnet-0123456789abcdef0', 'subnet-0123456789abcdef0,subnet-01234567'],
  ['AWS::EC2::SecurityGroup::Id', 'sg-01234567', 'sg-0123456'],
  ['AWS::EC2::SecurityGroup::GroupName', 'web servers', ''],
  ['AWS::EC2::Image::Id', 'ami-0123456789abcdef0', 'AMI-0123456789abcdef0'],
  ['AWS::EC2::Instance::Id', 'i-0123456789abcdef0', 'i-'],
  ['AWS::EC2::Volume::Id', 'vol-0123456789abcdef0', 'vol-0123456789ABCDEF0'],
  ['AWS::EC2::KeyPair::KeyName', 'ops team key', 'schlüssel'],
  ['AWS::EC2::AvailabilityZone::Name', 'eu-west-1a', 'eu-west-1'],
  ['AWS::EC2::AvailabilityZone::Name', 'us-west-2-lax-1a', 'a'],
  ['AWS::EC2::AvailabilityZone::Name', 'us-east-1-wl1-bos-wlz-1', 'us-east-1-'],
  ['AWS::Route53::HostedZone::Id', 'Z0123456789ABC', 'example.org'],
  ['AWS::SSM::Parameter::Name', '/network/vpc-id', 'has space'],
  ['AWS::SSM::Parameter::Value<String>', '/network/vpc-id', ''],
  ['AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', '/aws/service/ami', 'ami 1'],
  ['AWS::SSM::Parameter::Value<List<String>>', '/network/subnets', '/a,/b'],
  ['List<AWS::EC2::Subnet::Id>', 'subnet-01234567, subnet-89abcdef', 'subnet-01234567,,'],
  ['List<AWS::EC2::AvailabilityZone::Name>', 'eu-west-1a,eu-west-1b', 'eu-west-1a;eu-west-1b'],
])('%s accepts %j and refuses %j', (type, right, wrong) => {
  accepts({ type }, right);
  refuses({ type }, wrong, /has to be/);
});

test('a type that AWS adds later lets any text through: CloudFormation judges it', () => {
  accepts({ type: 'AWS::New::Thing::Id' }, 'whatever');
  accepts({ type: 'constructor' }, 'whatever');
});

test('what a reporter typed is quoted on one line, with nothing in it that draws or hides', () => {
  const [problem] = complaints({ allowedValues: ['a'] }, 'x\n[~accountid:1]\u202e{color:white}');
  expect(problem).toBe('Key: "x\\u{a}\\u{5b}~accountid:1]\\u{202e}\\u{7b}color:white}" is not one of "a".');
});

test('no value whatsoever makes the check throw', () => {
  const types = ['String', 'Number', 'List<Number>', 'CommaDelimitedList', 'AWS::EC2::VPC::Id', 'List<X>'];
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.string({ unit: 'binary' }),
      fc.option(fc.string(), { nil: undefined }),
      (type, value, allowedPattern) => {
        for (const message of complaints({ type, allowedPattern, minValue: 1 }, value)) {
          expect(message).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('the wrong one of very many items is found by a few questions, whoever chose how many there are', () => {
  const questions: number[] = [];
  const patternCheck: PatternCheck = (_pattern, texts) => {
    questions.push(texts.length);
    return texts.every((text) => text !== '!') ? 'match' : 'no-match';
  };
  const list = aParameter({ type: 'CommaDelimitedList', allowedPattern: '[a-z]' });
  for (const at of [0, 700, 2047]) {
    questions.length = 0;
    const value = Array.from({ length: 2048 }, (_, index) => (index === at ? '!' : 'a')).join(',');
    const [problem] = checkWith([list], { [list.key]: value }, { patternCheck });
    expect(problem?.message).toContain('\\u{21}');
    expect(questions.length).toBeLessThan(15);
  }
});
