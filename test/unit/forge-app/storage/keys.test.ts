import { launchOperationId } from '../../../../forge-app/order/operation-id';
import { inFlightKey, issueOfLaunch, PROJECTS_KEY, REQUEST_ENTITY } from '../../../../forge-app/storage/keys';

test('a launch tells which issue it belongs to', () => {
  const operationId = launchOperationId({ siteId: '6f1c9f5e-3a54-4c1e-9d0a-0d1a5c3b7e21', issueId: '10042' });
  expect(issueOfLaunch(operationId)).toBe('10042');
});

test.each([
  'launch--0123456789abcdef',
  'launch-1-0123',
  'gate-1-0123456789abcdef',
  'launch-1-0123456789abcdef-x',
])('%s is no launch of ours', (operationId) => {
  expect(issueOfLaunch(operationId)).toBeUndefined();
});

test('keys hold only what Forge allows in one', () => {
  for (const key of [inFlightKey('10042'), PROJECTS_KEY]) expect(key).toMatch(/^[a-zA-Z0-9:._\s\-#]{1,500}$/);
  expect(REQUEST_ENTITY).toMatch(/^[a-z0-9:\-_.]{3,60}$/);
});
