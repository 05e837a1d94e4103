import { ec2IdOf } from './aws/cloudformation/deterministic-ids';
import type { Inventory } from './aws/cloudformation/inventory';
import { zonesOf } from './aws/cloudformation/regions';
import { DATA_PROD, PAYMENTS_DEV, REGION, RESEARCH } from './organization';

interface Network {
  /** What people there call it, as the tag `Name` says. */
  readonly name: string;
  /** The first two numbers of its addresses. */
  readonly range: string;
  readonly securityGroups: readonly string[];
}

/** What the people of each tenant account have made there themselves, by no product. */
const NETWORKS: Readonly<
  Record<string, { readonly networks: readonly Network[]; readonly keyPairs: readonly string[] }>
> = {
  [PAYMENTS_DEV]: {
    networks: [
      { name: 'payments', range: '10.20', securityGroups: ['payments-web', 'payments-database'] },
      { name: 'payments-experiments', range: '10.21', securityGroups: ['anything-goes'] },
    ],
    keyPairs: ['payments-admins', 'payments-on-call'],
  },
  [DATA_PROD]: {
    networks: [{ name: 'warehouse', range: '10.40', securityGroups: ['warehouse-loaders'] }],
    keyPairs: ['data-engineers'],
  },
  [RESEARCH]: {
    networks: [{ name: 'laboratory', range: '10.60', securityGroups: ['notebooks'] }],
    keyPairs: ['researchers'],
  },
};

/** Puts networks and key pairs into the tenant accounts. Their ids are the same in every run. */
export const addNetworks = (inventory: Pick<Inventory, 'add'>, region = REGION): void => {
  for (const [account, { networks, keyPairs }] of Object.entries(NETWORKS)) {
    for (const network of networks) addNetwork(inventory, { account, region }, network);
    for (const name of keyPairs) {
      inventory.add({
        ...{ type: 'AWS::EC2::KeyPair', account, region, id: name, facts: {} },
        attributes: {
          KeyPairId: ec2IdOf('key', account, region, name),
          KeyFingerprint: Buffer.from(ec2IdOf('print', account, name)).toString('base64'),
        },
      });
    }
  }
};

const addNetwork = (
  inventory: Pick<Inventory, 'add'>,
  where: { readonly account: string; readonly region: string },
  { name, range, securityGroups }: Network,
): void => {
  const { account, region } = where;
  const vpc = ec2IdOf('vpc', account, region, name);
  inventory.add({
    ...{ ...where, type: 'AWS::EC2::VPC', id: vpc, facts: {}, tags: { Name: name } },
    attributes: { VpcId: vpc, CidrBlock: `${range}.0.0/16` },
  });
  zonesOf(region).forEach((zone, index) => {
    const id = ec2IdOf('subnet', account, zone, name);
    inventory.add({
      ...{ ...where, type: 'AWS::EC2::Subnet', id, facts: { vpc } },
      tags: { Name: `${name}-${zone.at(-1) ?? ''}` },
      attributes: {
        SubnetId: id,
        VpcId: vpc,
        CidrBlock: `${range}.${index}.0/24`,
        AvailabilityZone: zone,
      },
    });
  });
  for (const group of securityGroups) {
    const id = ec2IdOf('sg', account, region, group);
    inventory.add({
      ...{ ...where, type: 'AWS::EC2::SecurityGroup', id, attributes: { GroupId: id, VpcId: vpc } },
      facts: { vpc, name: group, sources: '' },
    });
  }
};
