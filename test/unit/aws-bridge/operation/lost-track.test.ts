import type { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { givenUpFollowing, lostTrack, recordLost } from '../../../../aws-bridge/operation/lost-track';
import { progressOf } from '../../../../aws-bridge/operation/progress';
import { anOperation } from './builders';

const AT = '2026-01-15T10:00:00.000Z';
const record = { id: 'rec-one', status: 'CREATED' };
const provisionedProduct = { id: 'pp-one', name: 'invoices-6789abcdef' };
const last = (known: Partial<OperationProgress> = {}): OperationProgress =>
  progressOf(anOperation(), 1, {
    state: 'provisioning',
    at: '2026-01-15T09:00:00.000Z',
    outputs: [{ key: 'A', value: 'a' }],
    errors: [],
    ...known,
  });

test('of an operation of which nothing was known it is said where to find out whether it was launched', () => {
  expect(lostTrack(anOperation(), AT, 'sts: AccessDenied', undefined)).toStrictEqual({
    state: 'lost',
    at: AT,
    outputs: [],
    errors: [
      {
        code: 'LostTrack',
        message:
          'Gatehouse could not find out how this operation ended (sts: AccessDenied). It is not known whether AWS had accepted the order.',
        remedy:
          'Look in account 100000000003, region eu-west-1, in Service Catalog for the provisioned product invoices-6789abcdef: if there is none, nothing was launched.',
      },
    ],
  });
});

test('what was known is told again, with the record and the stack to look at', () => {
  expect(recordLost(anOperation(), AT, last({ record, provisionedProduct }))).toStrictEqual({
    state: 'lost',
    at: AT,
    record,
    provisionedProduct,
    outputs: [],
    errors: [
      {
        code: 'RecordLost',
        message:
          'Service Catalog no longer knows the record of this launch in account 100000000003. The last that was known of it: provisioning, at 2026-01-15T09:00:00.000Z.',
        remedy:
          'Look in account 100000000003, region eu-west-1, in Service Catalog for the provisioned product invoices-6789abcdef (pp-one) and its record rec-one, and in CloudFormation for the stack SC-100000000003-pp-one, if it has one: they tell whether it was launched and how it is.',
      },
    ],
  });
});

test('what is still under way after many days is not called failed, and a record that is not known is not named', () => {
  expect(givenUpFollowing(anOperation(), AT, last({ provisionedProduct }))).toStrictEqual({
    state: 'lost',
    at: AT,
    provisionedProduct,
    outputs: [],
    errors: [
      {
        code: 'StillUnderWay',
        message:
          'Service Catalog still reports this launch as under way after many days; Gatehouse stops watching it. The last that was known of it: provisioning, at 2026-01-15T09:00:00.000Z.',
        remedy:
          'Look in account 100000000003, region eu-west-1, in Service Catalog for the provisioned product invoices-6789abcdef (pp-one), and in CloudFormation for the stack SC-100000000003-pp-one, if it has one: they tell whether it was launched and how it is.',
      },
    ],
  });
});

test('where only the record was told, it is told again', () => {
  expect(lostTrack(anOperation(), AT, 'x', last({ record }))).toMatchObject({ state: 'lost', record });
});
