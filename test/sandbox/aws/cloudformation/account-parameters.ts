import { NotModelled } from '../service';
import type { Inventory } from './inventory';
import type { ParameterValues } from './parameters';
import type { Identity } from './plan';
import { isImageOf, zonesOf } from './regions';

/** Whether a value of an AWS-specific type exists in the account and region. */
const EXISTS: Readonly<
  Record<string, ((value: string, where: Identity, inventory: Inventory) => boolean) | undefined>
> = {
  'AWS::EC2::VPC::Id': (value, where, inventory) =>
    inventory.find('AWS::EC2::VPC', where, value) !== undefined,
  'AWS::EC2::Subnet::Id': (value, where, inventory) =>
    inventory.find('AWS::EC2::Subnet', where, value) !== undefined,
  'AWS::EC2::SecurityGroup::Id': (value, where, inventory) =>
    inventory.find('AWS::EC2::SecurityGroup', where, value) !== undefined,
  'AWS::EC2::KeyPair::KeyName': (value, where, inventory) =>
    inventory.find('AWS::EC2::KeyPair', where, value) !== undefined,
  'AWS::EC2::Instance::Id': (value, where, inventory) =>
    inventory.find('AWS::EC2::Instance', where, value) !== undefined,
  'AWS::EC2::AvailabilityZone::Name': (value, where) => zonesOf(where.region).includes(value),
  'AWS::EC2::Image::Id': (value, where) => isImageOf(where.region, value),
};

/**
 * What the parameters name that the account does not have. CloudFormation looks only once the stack exists, so it
 * ends in a rollback and not in an error of CreateStack.
 * @throws NotModelled for an AWS-specific type that the stand-in cannot look up
 */
export const missingInAccount = (
  parameters: ParameterValues,
  where: Identity,
  inventory: Inventory,
): readonly string[] =>
  [...parameters].flatMap(([name, { declaration, value }]) => {
    const type = /^(?:List<|AWS::SSM::Parameter::Value<)?(AWS::(?:EC2|Route53)::[^<>]+)>?$/.exec(
      declaration.Type,
    )?.[1];
    if (type === undefined) return [];
    const exists = EXISTS[type];
    if (!exists) throw new NotModelled(`parameters of type ${type}`);
    return (typeof value === 'string' ? [value] : value)
      .filter((item) => !exists(item, where, inventory))
      .map((item) => `parameter value ${item} for parameter name ${name} does not exist`);
  });
