import type { Existing, Inventory } from '../cloudformation/inventory';
import { zonesOf } from '../cloudformation/regions';
import { type AwsCall, AwsError, type AwsService, NotModelled } from '../service';
import { type Ec2Operation, notTaken, type Tree } from './ec2-protocol';
import { zoneIdOf } from './regions';

/** Items of a page where nobody asks for fewer; EC2 answers with fewer than were asked for where it likes to. */
const MOST_ITEMS = 100;

interface Asked {
  readonly account: string;
  readonly region: string;
  readonly input: Readonly<Record<string, string>>;
}

/** EC2 as far as it tells what an account has: whatever the inventory holds, stacks' networks included. */
export const createEc2 = (parts: {
  readonly inventory: Pick<Inventory, 'all'>;
  /** Makes the network exist that every account comes with. */
  readonly defaultNetwork: (account: string, region: string) => { readonly vpcId: string };
}): AwsService => {
  const paged = (set: string, type: string, asked: Asked, write: (existing: Existing) => Tree): object => {
    parts.defaultNetwork(asked.account, asked.region);
    const all = [...parts.inventory.all(type, asked)].sort((a, b) => (a.id < b.id ? -1 : 1));
    const { page, next } = pageOf(all, asked.input, `${type} ${asked.account} ${asked.region}`);
    return { [set]: page.map(write), nextToken: next };
  };

  const operations: Readonly<Record<Ec2Operation, (asked: Asked) => object>> = {
    DescribeAvailabilityZones: ({ region }) => ({
      availabilityZoneInfo: zonesOf(region).map((zoneName, index) => ({
        optInStatus: 'opt-in-not-required',
        messageSet: [],
        regionName: region,
        zoneName,
        zoneId: zoneIdOf(region, index),
        groupName: region,
        networkBorderGroup: region,
        zoneType: 'availability-zone',
        zoneState: 'available',
      })),
    }),
    // Has no pages.
    DescribeKeyPairs: (asked) => ({
      keySet: parts.inventory.all('AWS::EC2::KeyPair', asked).map(({ id, attributes, tags }) => ({
        keyPairId: attributes['KeyPairId'],
        keyFingerprint: attributes['KeyFingerprint'],
        keyName: id,
        keyType: 'ed25519',
        tagSet: tagSet(tags),
        createTime: '2026-01-05T08:00:00.000Z',
      })),
    }),
    DescribeSecurityGroups: (asked) =>
      paged('securityGroupInfo', 'AWS::EC2::SecurityGroup', asked, ({ id, facts, tags }) => ({
        ownerId: asked.account,
        groupId: id,
        groupName: facts['name'],
        groupDescription: facts['name'],
        vpcId: facts['vpc'],
        ipPermissions: [],
        ipPermissionsEgress: [],
        tagSet: tagSet(tags),
      })),
    DescribeSubnets: (asked) =>
      paged('subnetSet', 'AWS::EC2::Subnet', asked, ({ id, attributes, tags }) => {
        const zone = attributes['AvailabilityZone'] ?? '';
        return {
          subnetId: id,
          subnetArn: `arn:aws:ec2:${asked.region}:${asked.account}:subnet/${id}`,
          state: 'available',
          ownerId: asked.account,
          vpcId: attributes['VpcId'],
          cidrBlock: attributes['CidrBlock'],
          ipv6CidrBlockAssociationSet: [],
          availabilityZone: zone,
          availabilityZoneId: zoneIdOf(asked.region, zonesOf(asked.region).indexOf(zone)),
          mapPublicIpOnLaunch: 'false',
          tagSet: tagSet(tags),
        };
      }),
    DescribeVpcs: (asked) =>
      paged('vpcSet', 'AWS::EC2::VPC', asked, ({ id, attributes, tags }) => ({
        vpcId: id,
        ownerId: asked.account,
        state: 'available',
        cidrBlock: attributes['CidrBlock'],
        cidrBlockAssociationSet: [
          { cidrBlock: attributes['CidrBlock'], cidrBlockState: { state: 'associated' } },
        ],
        instanceTenancy: 'default',
        isDefault: String(parts.defaultNetwork(asked.account, asked.region).vpcId === id),
        tagSet: tagSet(tags),
      })),
  };

  return {
    handle: ({ operation, input, region, principal }: AwsCall) => {
      // The protocol lets no other operation in, and makes a record of the form.
      const name = operation as Ec2Operation;
      const given = input as Readonly<Record<string, string>>;
      const unheeded = notTaken(name, Object.keys(given));
      if (unheeded !== undefined) return Promise.reject(new NotModelled(`${unheeded} of ${name}`));
      return Promise.resolve(operations[name]({ account: principal.account, region, input: given }));
    },
  };
};

const tagSet = (tags: Existing['tags'] = {}): Tree =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

/**
 * @param listing what the pages are of: a token of one listing is none of another
 * @throws AwsError `InvalidParameterValue`, `InvalidPaginationToken`
 */
const pageOf = <Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: Asked['input'],
  listing: string,
): { readonly page: readonly Item[]; readonly next: string | undefined } => {
  if (MaxResults !== undefined && !/^(?:[5-9]|[1-9]\d{1,2}|1000)$/.test(MaxResults)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
    );
  }
  const from = NextToken === undefined ? 0 : positionIn(NextToken, listing);
  const to = from + Math.min(Number(MaxResults ?? MOST_ITEMS), MOST_ITEMS);
  return {
    page: items.slice(from, to),
    next: to < items.length ? Buffer.from(`${to} ${listing}`).toString('base64') : undefined,
  };
};

const positionIn = (token: string, listing: string): number => {
  const [position = '', ...rest] = Buffer.from(token, 'base64').toString('utf8').split(' ');
  if (rest.join(' ') !== listing || !/^\d+$/.test(position)) {
    throw new AwsError(
      'InvalidPaginationToken',
      'The specified pagination token is not valid or is expired.',
    );
  }
  return Number(position);
};
