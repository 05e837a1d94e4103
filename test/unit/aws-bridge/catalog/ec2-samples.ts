/**
 * Answers of EC2 and STS as AWS documents their shape: sets with `item`, empty sets as empty elements, one set where a list
 * has one item, members that this project does not look at.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
 */
const response = (operation: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <requestId>5f2c8f1a-6a0b-4f43-9d0e-2f7a51c7e1b0</requestId>
    ${content}
</${operation}Response>`;

const nextToken = (token: string | undefined): string =>
  token === undefined ? '' : `<nextToken>${token}</nextToken>`;

export const ZONES = response(
  'DescribeAvailabilityZones',
  `<availabilityZoneInfo>
        <item>
            <optInStatus>opt-in-not-required</optInStatus>
            <messageSet/>
            <regionName>eu-west-1</regionName>
            <zoneName>eu-west-1b</zoneName>
            <zoneId>euw1-az2</zoneId>
            <groupName>eu-west-1-zg-1</groupName>
            <networkBorderGroup>eu-west-1</networkBorderGroup>
            <zoneType>availability-zone</zoneType>
            <zoneState>available</zoneState>
        </item>
        <item>
            <messageSet><item><message>The zone is out of service</message></item></messageSet>
            <regionName>eu-west-1</regionName>
            <zoneName>eu-west-1c</zoneName>
            <zoneId>euw1-az3</zoneId>
            <zoneState>impaired</zoneState>
        </item>
        <item>
            <messageSet/>
            <regionName>eu-west-1</regionName>
            <zoneName>eu-west-1a</zoneName>
            <zoneId>euw1-az1</zoneId>
            <zoneState>available</zoneState>
        </item>
    </availabilityZoneInfo>`,
);

export const KEY_PAIRS = response(
  'DescribeKeyPairs',
  `<keySet>
        <item>
            <keyPairId>key-0a1b2c3d4e5f60718</keyPairId>
            <keyFingerprint>1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f</keyFingerprint>
            <keyName>Ops &amp; on-call &lt;2026&gt;</keyName>
            <keyType>rsa</keyType>
            <tagSet/>
            <createTime>2026-01-05T08:00:00.000Z</createTime>
        </item>
    </keySet>`,
);

export const NO_KEY_PAIRS = response('DescribeKeyPairs', '<keySet/>');

export const SECURITY_GROUPS = response(
  'DescribeSecurityGroups',
  `<securityGroupInfo>
        <item>
            <ownerId>100000000003</ownerId>
            <groupId>sg-0c1d2e3f405162738</groupId>
            <groupName>web</groupName>
            <groupDescription>From anywhere to port 443</groupDescription>
            <vpcId>vpc-0a1b2c3d4e5f60718</vpcId>
            <ipPermissions>
                <item>
                    <ipProtocol>tcp</ipProtocol>
                    <fromPort>443</fromPort>
                    <toPort>443</toPort>
                    <groups/>
                    <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>
                    <prefixListIds/>
                </item>
            </ipPermissions>
            <ipPermissionsEgress/>
            <tagSet><item><key>Name</key><value>not what CloudFormation calls it</value></item></tagSet>
        </item>
    </securityGroupInfo>`,
);

export const subnets = (
  items: readonly { readonly id: string; readonly name?: string; readonly zone?: string }[],
  next?: string,
): string =>
  response(
    'DescribeSubnets',
    `${nextToken(next)}<subnetSet>${items
      .map(
        ({ id, name, zone = 'eu-west-1a' }) => `<item>
            <subnetId>${id}</subnetId>
            <subnetArn>arn:aws:ec2:eu-west-1:100000000003:subnet/${id}</subnetArn>
            <state>available</state>
            <vpcId>vpc-0a1b2c3d4e5f60718</vpcId>
            <cidrBlock>10.0.1.0/24</cidrBlock>
            <ipv6CidrBlockAssociationSet/>
            <availableIpAddressCount>251</availableIpAddressCount>
            <availabilityZone>${zone}</availabilityZone>
            <defaultForAz>false</defaultForAz>
            <tagSet>${
              name === undefined
                ? ''
                : `<item><key>Cost</key><value/></item><item><key>Name</key><value>${name}</value></item>`
            }</tagSet>
        </item>`,
      )
      .join('')}</subnetSet>`,
  );

export const VPCS = response(
  'DescribeVpcs',
  `<vpcSet>
        <item>
            <vpcId>vpc-0a1b2c3d4e5f60718</vpcId>
            <ownerId>100000000003</ownerId>
            <state>available</state>
            <cidrBlock>10.0.0.0/16</cidrBlock>
            <cidrBlockAssociationSet>
                <item>
                    <associationId>vpc-cidr-assoc-0a1b2c3d</associationId>
                    <cidrBlock>10.0.0.0/16</cidrBlock>
                    <cidrBlockState><state>associated</state></cidrBlockState>
                </item>
            </cidrBlockAssociationSet>
            <dhcpOptionsId>dopt-0a1b2c3d</dhcpOptionsId>
            <instanceTenancy>default</instanceTenancy>
            <isDefault>false</isDefault>
            <tagSet><item><key>Name</key><value>payments</value></item></tagSet>
        </item>
        <item>
            <vpcId>vpc-0f1e2d3c4b5a69788</vpcId>
            <ownerId>100000000003</ownerId>
            <state>available</state>
            <cidrBlock>172.31.0.0/16</cidrBlock>
            <isDefault>true</isDefault>
        </item>
    </vpcSet>`,
);

export const refusedByEc2 = (code: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Response><Errors><Error><Code>${code}</Code><Message>You are not authorized: User: arn:aws:sts::100000000003:assumed-role/GatehouseChoices</Message></Error></Errors><RequestID>5f2c8f1a-6a0b-4f43-9d0e-2f7a51c7e1b0</RequestID></Response>`;

export const refusedBySts = (code: string): string =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>Sender</Type><Code>${code}</Code><Message>User: arn:aws:sts::100000000002:assumed-role/gatehouse-catalog</Message></Error>
  <RequestId>5f2c8f1a-6a0b-4f43-9d0e-2f7a51c7e1b0</RequestId>
</ErrorResponse>`;

export const assumed = (accessKeyId: string, expiration: string): string =>
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::100000000003:assumed-role/GatehouseChoices/gatehouse-choices</Arn>
      <AssumedRoleId>AROAEXAMPLE:gatehouse-choices</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId>
      <SecretAccessKey>wJalrXUtnFEMI</SecretAccessKey>
      <SessionToken>token-of-${accessKeyId}</SessionToken>
      <Expiration>${expiration}</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>5f2c8f1a-6a0b-4f43-9d0e-2f7a51c7e1b0</RequestId></ResponseMetadata>
</AssumeRoleResponse>`;
