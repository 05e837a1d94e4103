import { judge, patternOf, rendered, templateOf } from './templates';

test.each<[string, boolean]>([
  ['10.0.0.0/16', true],
  ['172.31.0.0/20', true],
  ['192.168.4.0/18', true],
  ['10.0.0.0/15', false],
  ['10.0.0.0/21', false],
  ['172.32.0.0/16', false],
  ['11.0.0.0/16', false],
  ['10.256.0.0/16', false],
])('as the range of a network %j is %j', (range, taken) => {
  expect(patternOf('network', 'VpcCidr').test(range)).toBe(taken);
});

test('isolated subnets have no route out, private ones only through a NAT gateway', () => {
  const routes = Object.values(templateOf('network').findResources('AWS::EC2::Route'));
  expect(routes).toHaveLength(2);
  expect(JSON.stringify(routes)).not.toContain('IsolatedRouteTable');
  templateOf('network').hasResource('AWS::EC2::Route', {
    Condition: 'HasNat',
    Properties: { RouteTableId: { Ref: 'PrivateRouteTable' }, NatGatewayId: { Ref: 'NatGateway' } },
  });
});

test('a third zone and a NAT gateway are there where they were chosen', () => {
  const small = Object.keys(rendered('network'));
  expect(small).not.toEqual(expect.arrayContaining(['IsolatedSubnetC']));
  expect(small).not.toEqual(expect.arrayContaining(['NatGateway']));
  expect(Object.keys(rendered('network', { ZoneCount: '3', NatGateways: 'one' }))).toEqual(
    expect.arrayContaining(['IsolatedSubnetC', 'NatGateway', 'NatAddress', 'PrivateDefaultRoute']),
  );
});

test('every subnet has the size that was chosen, and none lies over another', () => {
  const blocks = Object.values(rendered('network', { SubnetSize: '26', ZoneCount: '3' })).flatMap((one) =>
    typeof one === 'object' && one !== null && 'MapPublicIpOnLaunch' in one && 'CidrBlock' in one
      ? [one.CidrBlock]
      : [],
  );
  expect(new Set(blocks).size).toBe(9);
  for (const block of blocks) expect(block).toMatch(/^10\.0\.[0-9]+\.[0-9]+\/26$/);
});

test('this portfolio gives out no subnet above /24', () => {
  expect(() => judge('network', { SubnetSize: '22' })).toThrow(
    'Subnets of this portfolio are /24 or smaller',
  );
  expect(() => judge('network', { SubnetSize: '26' })).not.toThrow();
});
