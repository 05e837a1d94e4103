import { rulesOf } from '../../../../aws-bridge/catalog/template-rules';

const RULES = {
  Size: {
    RuleCondition: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    Assertions: [
      {
        Assert: { 'Fn::Contains': [['007', 'yes'], { Ref: 'Size' }] },
        AssertDescription: 'Only these: 007 and yes.',
      },
      {
        Assert: {
          'Fn::Not': [{ 'Fn::EachMemberIn': [{ Ref: 'Zones' }, { 'Fn::RefAll': 'AWS::EC2::VPC::Id' }] }],
        },
      },
    ],
  },
};

const YAML = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Stage: { Type: String }
Rules:
  Size:
    RuleCondition: !Equals [!Ref Stage, test]
    Assertions:
      - Assert: !Contains
          - [007, yes]
          - Ref: Size
        AssertDescription: 'Only these: 007 and yes.'
      - Assert:
          Fn::Not:
            - !EachMemberIn [!Ref Zones, !RefAll 'AWS::EC2::VPC::Id']
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub '\${Stage}'
      TopicName: !GetAtt Other.Name
`;

test('rules are read as JSON has them', () => {
  expect(JSON.parse(rulesOf(JSON.stringify({ Rules: RULES, Resources: {} })) ?? '')).toEqual(RULES);
});

test('rules are read as YAML has them: short functions in full, scalars as they are written', () => {
  expect(JSON.parse(rulesOf(YAML) ?? '')).toEqual(RULES);
});

test.each([
  ['', 'nothing'],
  ['{"Resources":{}}', 'a template without rules'],
  ['Resources: {}', 'a template without rules, in YAML'],
  ['{"Rules":', 'JSON that breaks off'],
  ['{"Rules":"x"}', 'rules that are none'],
  ['Rules: x', 'rules that are none, in YAML'],
  ['Rules: [', 'YAML that breaks off'],
  ['- Rules', 'a list'],
  ['text', 'a text'],
  [`Rules: {a: b}\n${'#'.repeat(1_048_576)}`, 'a template that is longer than CloudFormation takes'],
])('of %#, no rules are told', (template) => {
  expect(rulesOf(template)).toBeUndefined();
});

test('what is repeated by an alias is left out, however often', () => {
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [*${'abcdefghij'[at] ?? ''}, *${'abcdefghij'[at] ?? ''}]`),
  ];
  expect(rulesOf(`${bomb.join('\n')}\nRules: {R: *j}`)).toBe('{}');
});
