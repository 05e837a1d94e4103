import fc from 'fast-check';
import type { Parameter } from '../../../../aws-bridge/contract/catalog';
import { checkParameters } from '../../../../forge-app/order/check-parameters';
import { createPatternCheck } from '../../../../forge-app/order/pattern-check';
import { orderChecks as german } from '../../../../forge-app/texts/de/order-checks';
import { orderChecks as english } from '../../../../forge-app/texts/en/order-checks';
import { patternCheck } from '../../../../forge-app/ui/order-form/pattern-check';
import { aParameter } from '../../../builders/catalog';

const PATTERNS = [
  '[a-z]+',
  '^[A-Za-z][A-Za-z0-9-]*$',
  '(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}',
  '\\p{Alpha}*',
  '[^\\s]+',
  'a|b|',
  '(?i)x',
  'x++',
  '[',
  '\\h',
];
const TYPES = [
  'String',
  'Number',
  'CommaDelimitedList',
  'List<Number>',
  'AWS::EC2::VPC::Id',
  'List<AWS::EC2::Subnet::Id>',
  'AWS::SSM::Parameter::Value<String>',
];

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const parameters: fc.Arbitrary<Parameter> = fc
  .record({
    type: fc.constantFrom(...TYPES),
    noEcho: fc.boolean(),
    default: optional(fc.string()),
    allowedValues: optional(fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
    allowedPattern: optional(fc.constantFrom(...PATTERNS)),
    constraintDescription: optional(fc.string()),
    minLength: optional(fc.nat(5)),
    maxLength: optional(fc.nat(10)),
    minValue: optional(fc.integer()),
    maxValue: optional(fc.integer()),
  })
  .map((properties) =>
    aParameter({
      key: 'Key',
      ...Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)),
    }),
  );
const values = optional(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', 'b', '1', ',', '.', ' ', '-') }),
    fc.constantFrom('', 'abc', '5', '1,2', 'vpc-0123456789abcdef0', '10.0.0.0/8'),
  ),
);

test('the browser says of any value what the server says', () => {
  fc.assert(
    fc.property(parameters, values, (parameter, value) => {
      const given = value === undefined ? {} : { Key: value };
      expect(checkParameters([parameter], given, { patternCheck })).toEqual(
        checkParameters([parameter], given, { patternCheck: createPatternCheck() }),
      );
    }),
  );
});

test('in either language something is said of the same values', () => {
  fc.assert(
    fc.property(parameters, values, (parameter, value) => {
      const given = value === undefined ? {} : { Key: value };
      const [inEnglish, inGerman] = [english, german].map((words) =>
        checkParameters([parameter], given, { patternCheck, words }).map(({ field }) => field),
      );
      expect(inGerman).toEqual(inEnglish);
    }),
  );
});

test('a careless pattern is left to the server where it could hold up the page', () => {
  const started = process.hrtime.bigint();
  expect(patternCheck('(a+)+', ['a'.repeat(60) + '!'])).toBe('match');
  expect(patternCheck('(a+)+', ['aaa!'])).toBe('no-match');
  expect(patternCheck('([a-z]+)*', ['abc'])).toBe('match');
  expect(process.hrtime.bigint() - started).toBeLessThan(1_000_000_000n);
});
