import { stackIn } from '../../../../aws-bridge/runtime/stack-arn';
import { aStackId } from '../../../builders/gate';

test("a stack's ARN says account, region and name", () => {
  expect(stackIn(aStackId({ account: '100000000003', region: 'ap-southeast-7', product: 'pp-a2' }))).toEqual({
    account: '100000000003',
    region: 'ap-southeast-7',
    stackName: 'SC-100000000003-pp-a2',
  });
});

test.each([
  '',
  'SC-100000000003-pp-a2',
  aStackId().replace('arn:aws:', 'arn:aws-us-gov:'),
  aStackId().replace(':stack/', ':stackset/'),
  aStackId().replace(':stack/', ':changeSet/'),
  aStackId({ account: '10000000000' }),
  aStackId({ region: 'EU-WEST-1' }),
  aStackId().replace(/\/[^/]*$/, ''),
  `${aStackId()}/`,
  `${aStackId()}\n`,
  ` ${aStackId()}`,
])('%j is none', (text) => {
  expect(stackIn(text)).toBeUndefined();
});
