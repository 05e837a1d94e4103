import fc from 'fast-check';
import { Parameter } from '../../../../aws-bridge/contract/catalog';
import {
  ArtifactParameter,
  LimitMalformed,
  parameterOf,
  presentationOf,
} from '../../../../aws-bridge/catalog/version-description';

const described = (overrides: object = {}) =>
  ArtifactParameter.parse({ ParameterKey: 'Size', ParameterType: 'Number', ...overrides });
const plain = presentationOf(undefined);

test('limits, which Service Catalog sends as text, become numbers', () => {
  const parameter = parameterOf(
    described({
      ParameterConstraints: { MinLength: '3', MaxLength: '63', MinValue: '-0.5', MaxValue: '1e3' },
    }),
    plain,
  );
  expect(parameter).toMatchObject({ minLength: 3, maxLength: 63, minValue: -0.5, maxValue: 1000 });
});

test('every number that is written as text is read back', () =>
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const parameter = parameterOf(described({ ParameterConstraints: { MaxValue: String(value) } }), plain);
      expect(parameter.maxValue).toBe(Number(String(value)));
    }),
  ));

test('a limit that is no number names the parameter and the limit', () => {
  const read = () => parameterOf(described({ ParameterConstraints: { MaxValue: 'many' } }), plain);
  expect(read).toThrow(LimitMalformed);
  expect(read).toThrow(/MaxValue.*Size/);
});

test('what is not set is left out, whether absent or empty; an empty default is a default', () => {
  expect(
    parameterOf(
      described({
        DefaultValue: '',
        Description: '',
        ParameterConstraints: { AllowedValues: [], AllowedPattern: '', MinLength: '' },
      }),
      plain,
    ),
  ).toEqual({ key: 'Size', type: 'Number', noEcho: false, default: '' });
});

test('a full description meets the contract', () => {
  const parameter = parameterOf(
    described({
      ParameterType: 'String',
      DefaultValue: 'a',
      IsNoEcho: true,
      Description: 'What for',
      ParameterConstraints: {
        AllowedValues: ['a', 'b'],
        AllowedPattern: '[a-z]',
        ConstraintDescription: 'one letter',
      },
    }),
    plain,
  );
  expect(Parameter.parse(parameter)).toEqual(parameter);
  expect(parameter).toMatchObject({ noEcho: true, allowedValues: ['a', 'b'], allowedPattern: '[a-z]' });
});

test('of the default of a value that must not be shown it is told that there is one, and no more', () => {
  const parameter = parameterOf(
    described({ ParameterType: 'String', DefaultValue: 'hunter2', IsNoEcho: true }),
    plain,
  );
  expect(parameter).toMatchObject({ noEcho: true, default: '' });
});

const metadata = JSON.stringify({
  'AWS::CloudFormation::Interface': {
    ParameterGroups: [
      { Label: { default: 'Storage' }, Parameters: ['Size', 'Name'] },
      { Parameters: ['Other'] },
    ],
    ParameterLabels: { Size: { default: 'How large' } },
  },
});

test('labels and groups come from the template', () => {
  const presentation = presentationOf(metadata);
  expect(parameterOf(described(), presentation)).toMatchObject({ label: 'How large', group: 'Storage' });
  const other = parameterOf(described({ ParameterKey: 'Other' }), presentation);
  expect(other).not.toHaveProperty('group');
  expect(other).not.toHaveProperty('label');
});

test.each([
  undefined,
  '',
  '{}',
  'AWS::CloudFormation::Interface: yaml',
  '{"AWS::CloudFormation::Interface":[]}',
  'null',
])('a template without a readable interface still has its parameters (%s)', (text) => {
  expect(parameterOf(described(), presentationOf(text))).toEqual({
    key: 'Size',
    type: 'Number',
    noEcho: false,
  });
});
