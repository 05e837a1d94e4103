import {
  Aws,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  Fn,
  Validations,
  aws_ec2 as ec2,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { arn, carryingTagOf, describing, taggedInEc2 } from './launch-rights';
import { layOutParameters } from './parameter-form';
import type { Product } from './product';
import { tagAs } from './product-tag';

const KEY = 'network';
const ZONES = [0, 1, 2] as const;
const LETTERS = ['A', 'B', 'C'] as const;
const TIERS = ['Public', 'Private', 'Isolated'] as const;
type Tier = (typeof TIERS)[number];
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

/**
 * A VPC in three tiers over two or three zones, all cut out of one range: public subnets reach the internet and are
 * reached from it, private ones reach it through a NAT gateway where there is one, isolated ones not at all.
 */
class NetworkStack extends ProductStack {
  readonly #third: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'VPC with public, private and isolated subnets over two or three zones',
      analyticsReporting: false,
    });
    tagAs(this, KEY);

    const vpcCidr = new CfnParameter(this, 'VpcCidr', {
      description: 'The address range of the VPC; every subnet is cut out of it.',
      default: '10.0.0.0/16',
      allowedPattern: `(10\\.${OCTET}|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.${OCTET}\\.${OCTET}/(16|17|18|19|20)`,
      constraintDescription: 'must be a private IPv4 range of size /16 to /20, such as 10.0.0.0/16',
    });
    const subnetSize = new CfnParameter(this, 'SubnetSize', {
      description:
        'Size of each subnet, as the length of its prefix. All nine have to fit: a /20 has room for nine /24, but not for nine /23.',
      default: '24',
      allowedValues: ['26', '25', '24', '23', '22'],
      constraintDescription: 'must be 22, 23, 24, 25 or 26',
    });
    const zoneCount = new CfnParameter(this, 'ZoneCount', {
      type: 'Number',
      description: 'Over how many availability zones the network spreads.',
      default: 2,
      allowedValues: ['2', '3'],
      constraintDescription: 'must be 2 or 3',
    });
    const natGateways = new CfnParameter(this, 'NatGateways', {
      description: 'none: private subnets do not reach the internet. one: they do, at an hourly price.',
      default: 'none',
      allowedValues: ['none', 'one'],
      constraintDescription: 'must be none or one',
    });
    layOutParameters(this, [
      {
        title: 'Addresses',
        parameters: [
          [vpcCidr, 'Address range'],
          [subnetSize, 'Prefix length of a subnet'],
        ],
      },
      {
        title: 'Shape',
        parameters: [
          [zoneCount, 'Availability zones'],
          [natGateways, 'NAT gateways'],
        ],
      },
    ]);

    this.#third = new CfnCondition(this, 'HasThirdZone', { expression: Fn.conditionEquals(zoneCount, '3') });
    const hasNat = new CfnCondition(this, 'HasNat', { expression: Fn.conditionEquals(natGateways, 'one') });
    const sizes = new CfnMapping(this, 'SubnetSizes', {
      mapping: {
        '26': { hostBits: '6' },
        '25': { hostBits: '7' },
        '24': { hostBits: '8' },
        '23': { hostBits: '9' },
        '22': { hostBits: '10' },
      },
    });
    const blocks = Fn.cidr(
      vpcCidr.valueAsString,
      TIERS.length * ZONES.length,
      sizes.findInMap(subnetSize.valueAsString, 'hostBits'),
    );

    const vpc = new ec2.CfnVPC(this, 'Vpc', {
      cidrBlock: vpcCidr.valueAsString,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: named(''),
    });
    Validations.of(vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason:
        'Flow logs are priced by volume and hold who talks to whom: whoever owns the account decides where they go',
    });
    const gateway = new ec2.CfnInternetGateway(this, 'InternetGateway', { tags: named('') });
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'GatewayAttachment', {
      vpcId: vpc.ref,
      internetGatewayId: gateway.ref,
    });

    const subnets = { Public: [], Private: [], Isolated: [] } as Record<Tier, ec2.CfnSubnet[]>;
    const tables = new Map<Tier, ec2.CfnRouteTable>();
    for (const [tierIndex, tier] of TIERS.entries()) {
      const table = new ec2.CfnRouteTable(this, `${tier}RouteTable`, {
        vpcId: vpc.ref,
        tags: named(` ${tier.toLowerCase()}`),
      });
      tables.set(tier, table);
      for (const zone of ZONES) {
        const subnet = new ec2.CfnSubnet(this, `${tier}Subnet${LETTERS[zone]}`, {
          vpcId: vpc.ref,
          availabilityZone: Fn.select(zone, Fn.getAzs()),
          cidrBlock: Fn.select(tierIndex * ZONES.length + zone, blocks),
          mapPublicIpOnLaunch: false,
          tags: named(` ${tier.toLowerCase()} ${LETTERS[zone].toLowerCase()}`),
        });
        const association = new ec2.CfnSubnetRouteTableAssociation(this, `${tier}Routes${LETTERS[zone]}`, {
          routeTableId: table.ref,
          subnetId: subnet.ref,
        });
        if (zone === 2) {
          subnet.cfnOptions.condition = this.#third;
          association.cfnOptions.condition = this.#third;
        }
        subnets[tier].push(subnet);
      }
    }
    const routeTable = (tier: Tier) => tables.get(tier)?.ref ?? '';

    const toInternet = new ec2.CfnRoute(this, 'PublicDefaultRoute', {
      routeTableId: routeTable('Public'),
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.ref,
    });
    toInternet.addResourceDependency(attachment);

    const natAddress = new ec2.CfnEIP(this, 'NatAddress', { domain: 'vpc', tags: named(' nat') });
    natAddress.cfnOptions.condition = hasNat;
    natAddress.addResourceDependency(attachment);
    const nat = new ec2.CfnNatGateway(this, 'NatGateway', {
      allocationId: natAddress.attrAllocationId,
      subnetId: subnets.Public[0]?.ref ?? '',
      tags: named(''),
    });
    nat.cfnOptions.condition = hasNat;
    nat.addResourceDependency(toInternet);
    const throughNat = new ec2.CfnRoute(this, 'PrivateDefaultRoute', {
      routeTableId: routeTable('Private'),
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: nat.ref,
    });
    throughNat.cfnOptions.condition = hasNat;

    new CfnOutput(this, 'VpcId', { description: 'The VPC', value: vpc.ref });
    new CfnOutput(this, 'AddressRange', {
      description: 'Address range of the VPC',
      value: vpc.attrCidrBlock,
    });
    new CfnOutput(this, 'AvailabilityZones', {
      description: 'The availability zones, separated by commas',
      value: this.#perZone(subnets.Public.map((subnet) => subnet.attrAvailabilityZone)),
    });
    for (const tier of TIERS) {
      new CfnOutput(this, `${tier}SubnetIds`, {
        description: `The ${tier.toLowerCase()} subnets, separated by commas`,
        value: this.#perZone(subnets[tier].map((subnet) => subnet.ref)),
      });
    }
    new CfnOutput(this, 'NatAddressOut', {
      description: 'The address from which private subnets are seen on the internet',
      value: natAddress.attrPublicIp,
      condition: hasNat,
    }).overrideLogicalId('NatPublicIp');
  }

  /** Two values or three, separated by commas, as the number of zones has it. */
  #perZone(values: readonly string[]): string {
    return Fn.conditionIf(
      this.#third.logicalId,
      Fn.join(',', [...values]),
      Fn.join(',', values.slice(0, 2)),
    ).toString();
  }
}

const named = (what: string) => [{ key: 'Name', value: `${Aws.STACK_NAME}${what}` }];

export const network: Product = {
  key: KEY,
  name: 'Three-tier network',
  description:
    'A VPC with public, private and isolated subnets over two or three zones, from one address range.',
  owner: 'Cloud platform',
  versions: [
    {
      name: '1.0',
      description: 'Two or three zones, with or without a NAT gateway',
      template: { stack: NetworkStack },
    },
  ],
  templateConstraint: {
    description: 'Subnets are /24 or smaller, so that address space lasts',
    rules: {
      SubnetsAreSmall: {
        Assertions: [
          {
            Assert: { 'Fn::Contains': [['26', '25', '24'], { Ref: 'SubnetSize' }] },
            AssertDescription: 'Subnets of this portfolio are /24 or smaller',
          },
        ],
      },
    },
  },
  launchRights: [
    describing(
      'DescribeAddresses',
      'DescribeAvailabilityZones',
      'DescribeInternetGateways',
      'DescribeNatGateways',
      'DescribeNetworkAcls',
      'DescribeNetworkInterfaces',
      'DescribeRouteTables',
      'DescribeSecurityGroups',
      'DescribeSubnets',
      'DescribeVpcAttribute',
      'DescribeVpcEncryptionControls',
      'DescribeVpcs',
      'DescribeVpnGateways',
    ),
    ...taggedInEc2({
      productKey: KEY,
      types: ['vpc', 'internet-gateway', 'subnet', 'route-table', 'natgateway', 'elastic-ip'],
      create: [
        'AllocateAddress',
        'CreateInternetGateway',
        'CreateNatGateway',
        'CreateRouteTable',
        'CreateSubnet',
        'CreateVpc',
      ],
      change: [
        'AssociateRouteTable',
        'AttachInternetGateway',
        'CreateRoute',
        'DeleteInternetGateway',
        'DeleteNatGateway',
        'DeleteRoute',
        'DeleteRouteTable',
        'DeleteSubnet',
        'DeleteVpc',
        'DetachInternetGateway',
        'DisassociateRouteTable',
        'ModifySubnetAttribute',
        'ModifyVpcAttribute',
        'ReleaseAddress',
        'ReplaceRoute',
        'ReplaceRouteTableAssociation',
      ],
    }),
    // Each is made in or with something that has to be the product's own, too.
    {
      actions: ['ec2:CreateNatGateway', 'ec2:CreateRouteTable', 'ec2:CreateSubnet'],
      resources: [arn('ec2', 'vpc/*'), arn('ec2', 'subnet/*'), arn('ec2', 'elastic-ip/*')],
      conditions: carryingTagOf(KEY),
    },
  ],
  tagUpdates: 'allowed',
};
