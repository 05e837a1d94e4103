import type { Existing, Inventory } from '../inventory';
import type { ServiceCall } from '../resource-model';
import { isTagged, on, onAll, requestTags, resourceTags } from './service-calls';

const NAME_IN_ARN: Readonly<Record<string, string | undefined>> = {
  'AWS::EC2::EIP': 'elastic-ip',
  'AWS::EC2::Instance': 'instance',
  'AWS::EC2::InternetGateway': 'internet-gateway',
  'AWS::EC2::NatGateway': 'natgateway',
  'AWS::EC2::RouteTable': 'route-table',
  'AWS::EC2::SecurityGroup': 'security-group',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::VPC': 'vpc',
};

const ec2Arn = ({ account, region, type, id, attributes }: Existing): string => {
  const name = NAME_IN_ARN[type];
  if (name === undefined) throw new Error(`Resources of type ${type} have no ARN in EC2`);
  return `arn:aws:ec2:${region}:${account}:${name}/${attributes['AllocationId'] ?? id}`;
};

/** Something that EC2 creates, with its tags, in or with others that exist. */
export const creates = (
  action: string,
  created: Existing,
  ...others: readonly Existing[]
): readonly ServiceCall[] => {
  const tagging = { ...requestTags(created), 'ec2:CreateAction': action };
  return [
    ...on(ec2Arn(created), [`ec2:${action}`], requestTags(created)),
    ...others.flatMap((other) => changes(other, action)),
    ...(isTagged(created) ? on(ec2Arn(created), ['ec2:CreateTags'], tagging) : []),
  ];
};

/** Actions on something that exists. */
export const changes = (resource: Existing, ...actions: readonly string[]): readonly ServiceCall[] =>
  on(
    ec2Arn(resource),
    actions.map((action) => `ec2:${action}`),
    resourceTags(resource),
  );

/** EC2 answers these for the whole region. */
export const describes = (...what: readonly string[]): readonly ServiceCall[] =>
  onAll(...what.map((name) => `ec2:Describe${name}`));

/** What a neighbour's facts name, if it is still there. */
export const existing = (
  inventory: Inventory,
  where: Existing,
  type: string,
  id: string | undefined,
): readonly Existing[] => {
  const found = id === undefined ? undefined : inventory.find(type, where, id);
  return found ? [found] : [];
};
