import * as z from 'zod/mini';
import type { Choice, ChoosableType } from '../../contract/choices';

/** How the values of one type are asked of EC2, and read out of its answers. */
export interface Listing {
  readonly ask: { readonly Action: string } & Readonly<Record<string, string>>;
  /**
   * @param answer what stands within the answer's outermost element
   * @throws ZodError where it is none to this question
   */
  readonly read: (answer: unknown) => {
    readonly items: readonly Choice[];
    readonly next: string | undefined;
  };
}

/** Items of one page. EC2 takes 5 to 1,000, and may answer with fewer although there are more. */
const PAGE = { MaxResults: '200' };
/** Characters of a name; a tag may have many more bytes, and two hundred of them have to fit into one value of storage. */
const LONGEST_NAME = 200;

/** What XML holds once is no list, and what it holds not at all is text. */
const itemsOf = (set: unknown): unknown => {
  const item = typeof set === 'object' && set !== null && 'item' in set ? set.item : [];
  return Array.isArray(item) ? item : [item];
};
const listOf = <Item extends z.ZodMiniType>(item: Item) => z.pipe(z.transform(itemsOf), z.array(item));

const Tags = listOf(z.object({ key: z.string(), value: z.optional(z.string()) }));
const next = z.optional(z.string());

const Zones = z.object({
  availabilityZoneInfo: listOf(z.object({ zoneName: z.string(), zoneState: z.string(), zoneId: next })),
});
const KeyPairs = z.object({ keySet: listOf(z.object({ keyName: z.string() })) });
const SecurityGroups = z.object({
  securityGroupInfo: listOf(
    z.object({ groupId: z.string(), groupName: z.string(), vpcId: z.optional(z.string()) }),
  ),
  nextToken: next,
});
const Subnets = z.object({
  subnetSet: listOf(
    z.object({
      subnetId: z.string(),
      vpcId: z.string(),
      cidrBlock: z.optional(z.string()),
      availabilityZone: z.string(),
      tagSet: Tags,
    }),
  ),
  nextToken: next,
});
const Vpcs = z.object({
  vpcSet: listOf(z.object({ vpcId: z.string(), cidrBlock: z.string(), tagSet: Tags })),
  nextToken: next,
});

const nameTag = (tags: z.infer<typeof Tags>): string | undefined =>
  tags.find(({ key }) => key === 'Name')?.value;

/** A value with what tells people which one it is, so far as it is there. */
const choice = (value: string, ...parts: readonly (string | undefined)[]): Choice => {
  const name = parts.filter((part) => part !== undefined && part !== '').join(' · ');
  return name === '' ? { value } : { value, name: name.slice(0, LONGEST_NAME).toWellFormed() };
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
export const LISTINGS: Readonly<Record<ChoosableType, Listing>> = {
  'AWS::EC2::AvailabilityZone::Name': {
    ask: { Action: 'DescribeAvailabilityZones' },
    read: (answer) => ({
      items: Zones.parse(answer)
        .availabilityZoneInfo.filter(({ zoneState }) => zoneState === 'available')
        .map(({ zoneName, zoneId }) => choice(zoneName, zoneId)),
      next: undefined,
    }),
  },
  'AWS::EC2::KeyPair::KeyName': {
    ask: { Action: 'DescribeKeyPairs' },
    read: (answer) => ({
      items: KeyPairs.parse(answer).keySet.map(({ keyName }) => choice(keyName)),
      next: undefined,
    }),
  },
  'AWS::EC2::SecurityGroup::Id': {
    ask: { Action: 'DescribeSecurityGroups', ...PAGE },
    read: (answer) => {
      const { securityGroupInfo, nextToken } = SecurityGroups.parse(answer);
      return {
        items: securityGroupInfo.map(({ groupId, groupName, vpcId }) => choice(groupId, groupName, vpcId)),
        next: nextToken,
      };
    },
  },
  'AWS::EC2::Subnet::Id': {
    ask: { Action: 'DescribeSubnets', ...PAGE },
    read: (answer) => {
      const { subnetSet, nextToken } = Subnets.parse(answer);
      return {
        items: subnetSet.map(({ subnetId, vpcId, cidrBlock, availabilityZone, tagSet }) =>
          choice(subnetId, nameTag(tagSet), availabilityZone, cidrBlock, vpcId),
        ),
        next: nextToken,
      };
    },
  },
  'AWS::EC2::VPC::Id': {
    ask: { Action: 'DescribeVpcs', ...PAGE },
    read: (answer) => {
      const { vpcSet, nextToken } = Vpcs.parse(answer);
      return {
        items: vpcSet.map(({ vpcId, cidrBlock, tagSet }) => choice(vpcId, nameTag(tagSet), cidrBlock)),
        next: nextToken,
      };
    },
  },
};
