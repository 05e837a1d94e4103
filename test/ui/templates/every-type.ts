import { aws, list, number, numbers, secret, text, type TriedParameter } from './parameters';

const ID = '0123456789abcdef0';

/** Each type of AWS's own: a value of its form, and one that is not. */
const AWS_VALUES: readonly (readonly [type: string, right: string, wrong: string, said: RegExp])[] = [
  ['AWS::EC2::AvailabilityZone::Name', 'eu-west-1b', 'eu-west-1', /Availability Zone/],
  ['AWS::EC2::Image::Id', `ami-${ID}`, 'ami-xyz', /image id/],
  ['AWS::EC2::Instance::Id', `i-${ID}`, 'instance', /instance id/],
  ['AWS::EC2::KeyPair::KeyName', 'ops team', 'schlüssel', /key pair/],
  ['AWS::EC2::SecurityGroup::GroupName', 'web servers', 'grüppe', /security group's name/],
  ['AWS::EC2::SecurityGroup::Id', `sg-${ID}`, 'sg', /security group id/],
  ['AWS::EC2::Subnet::Id', `subnet-${ID}`, `vpc-${ID}`, /subnet id/],
  ['AWS::EC2::Volume::Id', `vol-${ID}`, 'vol_1', /volume id/],
  ['AWS::EC2::VPC::Id', `vpc-${ID}`, 'vpc', /VPC id/],
  ['AWS::Route53::HostedZone::Id', 'Z0123456789ABCDEFGHIJ', 'example.com', /hosted zone/],
];

const keyOf = (type: string): string => type.replace(/[^A-Za-z0-9]/g, '');

/** CloudFormation's parameter types, all of them: single, as lists, and by way of Systems Manager. */
export const EVERY_TYPE: readonly TriedParameter[] = [
  text('String', {}, ['x', ' with spaces ', 'ünïcödé']),
  number('Number', {}, ['0', '-2.5', '1e3'], [['many', /has to be a number/]]),
  list('CommaDelimitedList', {}, ['one', 'one,two,three']),
  numbers('ListNumber', {}, ['1', '1,2.5,-3'], [['1,two', /"two" has to be a number/]]),
  ...AWS_VALUES.flatMap(([type, right, wrong, said]) => [
    aws(type)(keyOf(type), {}, [right], [[wrong, said]]),
    aws(`List<${type}>`)(
      `List${keyOf(type)}`,
      {},
      [right, `${right},${right}`],
      [[`${right},${wrong}`, said]],
    ),
    aws(`AWS::SSM::Parameter::Value<${type}>`)(
      `Stored${keyOf(type)}`,
      {},
      ['/golden/value'],
      [['not a name', /Systems Manager/]],
    ),
    aws(`AWS::SSM::Parameter::Value<List<${type}>>`)(`StoredList${keyOf(type)}`, {}, ['/golden/values']),
  ]),
  aws('AWS::SSM::Parameter::Name')('StoredName', {}, ['/app/config'], [['a b', /Systems Manager/]]),
  aws('AWS::SSM::Parameter::Value<String>')('StoredText', {}, ['/app/text'], [['a b', /Systems Manager/]]),
  aws('AWS::SSM::Parameter::Value<List<String>>')('StoredTexts', {}, ['/app/texts']),
  aws('AWS::SSM::Parameter::Value<CommaDelimitedList>')('StoredItems', {}, ['/app/items']),
  aws('AWS::Example::Kind::OfTomorrow')('OfTomorrow', {}, ['anything']),
];

/** Every property that a parameter may have. */
export const EVERY_PROPERTY: readonly TriedParameter[] = [
  text('WithDefault', { default: 'as it is' }, ['other', '']),
  text('EmptyDefault', { default: '' }, ['something']),
  text('Described', { description: 'What it is about', label: 'A label', group: 'A group' }, ['x']),
  text(
    'Allowed',
    { allowedValues: ['red', 'green', 'blue'] },
    ['red', 'blue'],
    [['pink', /not one of "red"/]],
  ),
  text('Toggle', { allowedValues: ['true', 'false'], default: 'false' }, ['true'], [['TRUE', /not one of/]]),
  text('YesOrNo', { allowedValues: ['Yes', 'No'] }, ['Yes', 'No'], [['Perhaps', /not one of/]]),
  number('AllowedNumbers', { allowedValues: ['1', '2', '4'] }, ['2'], [['3', /not one of/]]),
  list('AllowedItems', { allowedValues: ['a', 'b', 'c'] }, ['a', 'a,c'], [['a,d', /"d" is not one of/]]),
  text('Pattern', { allowedPattern: '[a-z]+' }, ['abc'], [['abc1', /does not match the pattern/]]),
  text(
    'Explained',
    { allowedPattern: '[a-z]+', constraintDescription: 'must be small letters' },
    ['abc'],
    [['ABC', /It must be small letters\.$/]],
  ),
  list('ItemPattern', { allowedPattern: '[a-z]+' }, ['a,b'], [['a,B', /does not match/]]),
  text('NotUnderstood', { allowedPattern: '(?i)[a-z]++' }, [], [['abc', /could not be checked/]]),
  text('Shortest', { minLength: 3 }, ['abc'], [['ab', /at least 3/]]),
  text('Longest', { maxLength: 3 }, ['abc'], [['abcd', /at most 3/]]),
  text('Between', { minLength: 2, maxLength: 4 }, ['ab', 'abcd'], [['abcde', /at most 4/]]),
  text('LongText', { maxLength: 2000 }, ['several\nlines']),
  number('Least', { minValue: 1 }, ['1', '20'], [['0', /less than 1/]]),
  number('Most', { maxValue: 10 }, ['10'], [['10.5', /more than 10/]]),
  numbers('RangeOfItems', { minValue: 1, maxValue: 5 }, ['1,5'], [['1,6', /"6" is more than 5/]]),
  secret('Secret', { minLength: 8 }, ['correct horse'], [['short', /at least 8/]]),
  secret('SecretWithDefault', { default: '****' }, ['another one']),
];
