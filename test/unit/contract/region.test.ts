import { AwsRegion } from '../../../aws-bridge/contract/identifiers';

test.each(['eu-west-1', 'us-east-1', 'ap-southeast-7', 'il-central-1', 'mx-central-1'])(
  '%s is a region that Gatehouse can launch in',
  (region) => {
    expect(AwsRegion.safeParse(region).success).toBe(true);
  },
);

test.each([
  ['cn-north-1', 'China'],
  ['us-gov-west-1', 'GovCloud'],
  ['us-iso-east-1', 'isolated'],
  ['us-isob-east-1', 'isolated'],
  ['eu-isoe-west-1', 'isolated'],
])('%s, of another partition, is refused in words', (region, word) => {
  const { error } = AwsRegion.safeParse(region);
  expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(word)]);
});
