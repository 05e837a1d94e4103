/** A type of CloudFormation's, as far as a value given as text can be judged by it. */
export interface ParameterType {
  /** A comma-separated list; every item has to be of the type. */
  readonly list: boolean;
  readonly number: boolean;
  /** What every value (every item of a list) looks like; absent where any text will do. */
  readonly shape?: RegExp;
  /** What is expected; absent where any text will do. The texts have the words for it. */
  readonly expected?: ExpectedValue;
}

export type ExpectedValue =
  | 'number'
  | 'availability-zone'
  | 'image'
  | 'instance'
  | 'key-pair'
  | 'security-group-name'
  | 'security-group'
  | 'subnet'
  | 'volume'
  | 'vpc'
  | 'hosted-zone'
  | 'stored-parameter';

const NUMBER = {
  number: true,
  shape: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/,
  expected: 'number' as const,
};

const id = (prefix: string) => new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);
const shaped = (shape: RegExp, expected: ExpectedValue) => ({ number: false, shape, expected });

/** Whether such a thing exists can be told only in the tenant account; how its name looks can be told here. */
const AWS_TYPES: Readonly<Record<string, ReturnType<typeof shaped>>> = {
  'AWS::EC2::AvailabilityZone::Name': shaped(
    /^[a-z]{2}(?:-[a-z]{2,12}){1,2}-\d(?:[a-z]|(?:-[a-z0-9]{2,8}){1,3}-\d{1,2}[a-z]?)$/,
    'availability-zone',
  ),
  'AWS::EC2::Image::Id': shaped(id('ami'), 'image'),
  'AWS::EC2::Instance::Id': shaped(id('i'), 'instance'),
  'AWS::EC2::KeyPair::KeyName': shaped(/^[\x20-\x7e]{1,255}$/, 'key-pair'),
  'AWS::EC2::SecurityGroup::GroupName': shaped(
    /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
    'security-group-name',
  ),
  'AWS::EC2::SecurityGroup::Id': shaped(id('sg'), 'security-group'),
  'AWS::EC2::Subnet::Id': shaped(id('subnet'), 'subnet'),
  'AWS::EC2::Volume::Id': shaped(id('vol'), 'volume'),
  'AWS::EC2::VPC::Id': shaped(id('vpc'), 'vpc'),
  'AWS::Route53::HostedZone::Id': shaped(/^Z[A-Z0-9]{1,31}$/, 'hosted-zone'),
  'AWS::SSM::Parameter::Name': shaped(/^[A-Za-z0-9_.\-/:]{1,2048}$/, 'stored-parameter'),
};

const TEXT = { number: false };

/**
 * What CloudFormation's type says about a value. The type of an `AWS::SSM::Parameter::Value<…>` says what is stored
 * under the name, while the value given is the name itself, and one name even where a list is stored.
 *
 * AWS adds types now and then: one that is not known here lets any text through, and CloudFormation itself judges it.
 */
export const parameterType = (type: string): ParameterType => {
  if (type === 'CommaDelimitedList') return { ...TEXT, list: true };
  if (type.startsWith('AWS::SSM::Parameter::Value<'))
    return { ...single('AWS::SSM::Parameter::Name'), list: false };
  const item = /^List<(.+)>$/.exec(type)?.[1];
  return { ...single(item ?? type), list: item !== undefined };
};

const single = (type: string): Omit<ParameterType, 'list'> => {
  if (type === 'Number') return NUMBER;
  return (Object.hasOwn(AWS_TYPES, type) ? AWS_TYPES[type] : undefined) ?? TEXT;
};

/** The items of a comma-separated list. CloudFormation trims each. */
export const items = (value: string): readonly string[] => value.split(',').map((item) => item.trim());
