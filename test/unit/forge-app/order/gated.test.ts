import { isGated } from '../../../../forge-app/order/gated';

test('a product asks for an approval itself where one of its resources does', () => {
  expect(isGated({ resourceTypes: ['AWS::S3::Bucket', 'Custom::ApprovalGate'] })).toBe(true);
  expect(isGated({ resourceTypes: ['AWS::S3::Bucket', 'Custom::Other'] })).toBe(false);
  expect(isGated({ resourceTypes: [] })).toBe(false);
});
