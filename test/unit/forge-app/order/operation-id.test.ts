import fc from 'fast-check';
import { OperationId } from '../../../../aws-bridge/contract/identifiers';
import { earlierOperationIds, launchOperationId } from '../../../../forge-app/order/operation-id';
import { SITE } from '../../../builders/orders';

const issueId = fc.bigInt({ min: 1n, max: 10n ** 19n }).map(String);

test('a request’s launch has one identity, which starts with what people can look for', () => {
  const id = launchOperationId({ siteId: SITE, issueId: '10042' });
  expect(id).toMatch(/^launch-10042-[0-9a-f]{16}$/);
  expect(launchOperationId({ siteId: SITE, issueId: '10042', attempt: 1 })).toBe(id);
});

test('another site, request or attempt is another operation', () => {
  fc.assert(
    fc.property(issueId, issueId, fc.uuid(), fc.integer({ min: 2, max: 99 }), (one, other, site, attempt) => {
      fc.pre(one !== other && site !== SITE);
      const id = launchOperationId({ siteId: SITE, issueId: one });
      expect(OperationId.safeParse(id).success).toBe(true);
      expect(launchOperationId({ siteId: SITE, issueId: other })).not.toBe(id);
      expect(launchOperationId({ siteId: site, issueId: one })).not.toBe(id);
      expect(launchOperationId({ siteId: SITE, issueId: one, attempt })).not.toBe(id);
    }),
  );
});

test('the attempts before one are named, the first of them first', () => {
  const launch = { siteId: SITE, issueId: '10042' };
  const first = launchOperationId(launch);
  expect(earlierOperationIds({ ...launch, attempt: 1 })).toStrictEqual([]);
  expect(earlierOperationIds({ ...launch, attempt: 3 })).toEqual([
    first,
    launchOperationId({ ...launch, attempt: 2 }),
  ]);
});

test('the identity of a launch stays what it is from one version of the app to the next', () => {
  // Another one would have what is on its way launched once more.
  expect(launchOperationId({ siteId: SITE, issueId: '10042' })).toBe('launch-10042-593f4f061583f036');
});
