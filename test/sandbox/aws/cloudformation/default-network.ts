import { formatRange, parseRange } from './cidr';
import { ec2IdOf } from './deterministic-ids';
import type { Inventory } from './inventory';
import { zonesOf } from './regions';

/** The network that an account comes with in every region. */
export interface DefaultNetwork {
  readonly vpcId: string;
  /** One in each availability zone, in the zones' order. */
  readonly subnetIds: readonly string[];
}

/** Makes an account's default network in a region exist. Its ids are the same in every run. */
export const addDefaultNetwork = (
  inventory: Inventory,
  where: { readonly account: string; readonly region: string },
): DefaultNetwork => {
  const { account, region } = where;
  const vpcId = ec2IdOf('vpc', account, region, 'default');
  const gateway = ec2IdOf('igw', account, region, 'default');
  inventory.add({
    ...where,
    type: 'AWS::EC2::VPC',
    id: vpcId,
    attributes: { VpcId: vpcId, CidrBlock: '172.31.0.0/16' },
    facts: {},
  });
  inventory.add({ ...where, type: 'AWS::EC2::InternetGateway', id: gateway, attributes: {}, facts: {} });
  inventory.add({
    ...where,
    type: 'AWS::EC2::VPCGatewayAttachment',
    id: `IGW|${vpcId}`,
    attributes: {},
    facts: { vpc: vpcId, gateway },
  });
  const first = parseRange('172.31.0.0/20')?.first ?? 0;
  const subnetIds = zonesOf(region).map((zone, index) => {
    const id = ec2IdOf('subnet', account, zone, 'default');
    const block = formatRange({ first: first + index * 4096, bits: 20 });
    inventory.add({
      ...where,
      type: 'AWS::EC2::Subnet',
      id,
      attributes: { SubnetId: id, VpcId: vpcId, CidrBlock: block, AvailabilityZone: zone },
      facts: { vpc: vpcId },
    });
    return id;
  });
  return { vpcId, subnetIds };
};
