import fc from 'fast-check';
import { isFinal, OperationState } from '../../../../aws-bridge/contract/progress';
import {
  isLaunchedByOperation,
  launchRequest,
  provisionedProductName,
} from '../../../../aws-bridge/operation/launch-request';
import { isNews, stateOfFailure, stateOfRecord } from '../../../../aws-bridge/operation/record-meaning';
import {
  firstFailure,
  reachAttemptsStart,
  stackNameOf,
} from '../../../../aws-bridge/operation/stack-failure';
import { MOST_LOOKS, quietAfter, quietAtFirst, timeLimit } from '../../../../aws-bridge/operation/time-limit';
import { anOperation, anOrder, aStackEvent, ofTheStack, STACK_ID } from './builders';

const DAY = 86_400;

test.each([
  ['CREATED', 'provisioning'],
  ['IN_PROGRESS', 'provisioning'],
  ['IN_PROGRESS_IN_ERROR', 'rolling-back'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
])('a record that is %s means %s', (status, state) => {
  expect(stateOfRecord(status)).toBe(state);
});

test('every status means one state, and only SUCCEEDED and FAILED are ends', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom('SUCCEEDED', 'FAILED', 'IN_PROGRESS'), fc.string()), (status) => {
      const state = OperationState.parse(stateOfRecord(status));
      expect(isFinal(state)).toBe(status === 'SUCCEEDED' || status === 'FAILED');
    }),
  );
});

test.each(['AVAILABLE', 'UNDER_CHANGE', 'ERROR', 'PLAN_IN_PROGRESS', undefined])(
  'a failed record with a provisioned product that is %s is a failure',
  (status) => {
    expect(stateOfFailure(status)).toBe('failed');
  },
);

test('a failed record with a tainted provisioned product is told apart', () => {
  expect(stateOfFailure('TAINTED')).toBe('tainted');
});

test('a change is told once, and a roll-back never turns back into provisioning', () => {
  expect(isNews('provisioning', 'provisioning')).toBe(false);
  expect(isNews('provisioning', 'rolling-back')).toBe(true);
  expect(isNews('rolling-back', 'provisioning')).toBe(false);
  expect(isNews('rolling-back', 'failed')).toBe(true);
  expect(isNews('rolling-back', 'rolling-back')).toBe(false);
  expect(isNews(undefined, 'provisioning')).toBe(false);
});

test('values that were sealed are launched beside those that were not, and each token, name and path is as given', () => {
  const operation = anOperation({ order: anOrder({ parameters: { Purpose: 'invoices' } }) });
  expect(launchRequest(operation, 'lpv2-one', { Password: 'hush' })).toEqual({
    productId: 'prod-bucket',
    provisioningArtifactId: 'pa-one',
    pathId: 'lpv2-one',
    provisionedProductName: 'invoices-6789abcdef',
    provisionToken: 'launch-10042-0123456789abcdef',
    parameters: { Purpose: 'invoices', Password: 'hush' },
    tags: { 'gatehouse:request': 'IT-42' },
  });
});

test('what is launched is the order to the letter, under a token and a name of the operation', () => {
  const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{7,63}$/);
  const parameters = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,20}$/), fc.string());
  const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/);
  fc.assert(
    fc.property(id, parameters, name, (operationId, parameters, name) => {
      const order = anOrder({ parameters, name });
      const operation = anOperation({ operationId, order });
      const request = launchRequest(operation, 'lpv2-one', {});
      expect(request).toEqual(launchRequest(anOperation({ operationId, order }), 'lpv2-one', {}));
      expect(request).toMatchObject({
        productId: order.productId,
        provisioningArtifactId: order.provisioningArtifactId,
        parameters: order.parameters,
        tags: order.tags,
        provisionToken: operationId,
      });
      expect(request.provisionedProductName).toBe(`${name}-${operationId.slice(-10)}`);
      expect(provisionedProductName(operation)).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}$/);
    }),
  );
});

test('a provisioned product whose name ends with its token as an operation would write it was launched by one', () => {
  const operation = anOperation();
  const product = {
    id: 'pp-one',
    type: 'CFN_STACK',
    status: 'AVAILABLE',
    provisionToken: operation.operationId,
  };
  const name = provisionedProductName(operation);
  expect(isLaunchedByOperation({ ...product, name })).toBe(true);
  expect(isLaunchedByOperation({ ...product, name: `${name}-2` })).toBe(false);
  expect(isLaunchedByOperation({ ...product, name: 'invoices6789abcdef' })).toBe(false);
  expect(isLaunchedByOperation({ ...product, name, provisionToken: undefined })).toBe(false);
});

test('the first failure is the oldest of the latest attempt, not what was cancelled or undone because of it', () => {
  const events = [
    ofTheStack('ROLLBACK_FAILED'),
    aStackEvent({ logicalId: 'Late', status: 'DELETE_FAILED', reason: 'in use' }),
    ofTheStack('ROLLBACK_IN_PROGRESS'),
    aStackEvent({ logicalId: 'Other', status: 'CREATE_FAILED', reason: 'Resource creation cancelled' }),
    aStackEvent({
      logicalId: 'Vpc',
      type: 'AWS::EC2::VPC',
      status: 'CREATE_FAILED',
      reason: 'limit exceeded',
    }),
    aStackEvent({ logicalId: 'First', status: 'CREATE_FAILED', reason: 'Resource creation Cancelled' }),
    ofTheStack('UPDATE_IN_PROGRESS', 'User Initiated'),
    aStackEvent({ logicalId: 'Old', status: 'CREATE_FAILED', reason: 'of an earlier attempt' }),
    ofTheStack('CREATE_IN_PROGRESS', 'User Initiated'),
  ];
  expect(firstFailure(events)).toEqual({
    logicalId: 'Vpc',
    type: 'AWS::EC2::VPC',
    reason: 'limit exceeded',
  });
  expect(reachAttemptsStart(events.slice(0, 6))).toBe(false);
  expect(reachAttemptsStart(events.slice(0, 7))).toBe(true);
});

test('where an attempt has just begun, what failed before it says nothing', () => {
  const old = aStackEvent({ status: 'CREATE_FAILED', reason: 'of an earlier attempt' });
  expect(firstFailure([ofTheStack('UPDATE_IN_PROGRESS'), old])).toBeUndefined();
});

test('only events of the stack itself begin an attempt: neither a nested stack nor a resource with its id does', () => {
  const failed = aStackEvent({ status: 'CREATE_FAILED', reason: 'limit exceeded' });
  const nested = aStackEvent({ type: 'AWS::CloudFormation::Stack', physicalId: 'arn:of-another' });
  const namesake = aStackEvent({ type: 'Custom::Thing', physicalId: STACK_ID });
  expect(
    [nested, namesake, ofTheStack('ROLLBACK_IN_PROGRESS')].map((event) => reachAttemptsStart([event])),
  ).toEqual([false, false, false]);
  expect(reachAttemptsStart([failed, ofTheStack('CREATE_IN_PROGRESS')])).toBe(true);
  expect(firstFailure([nested, namesake, failed])?.reason).toBe('limit exceeded');
});

test('what was cancelled is known by how its reason begins, in CloudFormation’s words', () => {
  const reasons = [
    'Resource update cancelled',
    'Resource creation cancelled by the user',
    'RESOURCE CREATION CANCELLED',
  ];
  for (const reason of reasons)
    expect(firstFailure([aStackEvent({ status: 'UPDATE_FAILED', reason })])).toBeUndefined();
  const reason = 'It said: Resource creation cancelled';
  expect(firstFailure([aStackEvent({ status: 'UPDATE_FAILED', reason })])?.reason).toBe(reason);
});

test('what is under way, or has begun, has not failed', () => {
  const events = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 'CREATE_FAILED_NOT'].map((status) =>
    aStackEvent({ status }),
  );
  expect(firstFailure(events)).toBeUndefined();
});

test('a stack that failed by itself has no failed resource', () => {
  expect(firstFailure([ofTheStack('CREATE_FAILED', 'role missing')])).toBeUndefined();
});

test('a resource that failed without a reason is told with its status', () => {
  expect(firstFailure([aStackEvent({ status: 'CREATE_FAILED' })])?.reason).toBe(
    'CloudFormation gave no reason (CREATE_FAILED)',
  );
});

test("a stack's name is the one that Service Catalog gives it", () => {
  expect(stackNameOf('100000000003', 'pp-abc')).toBe('SC-100000000003-pp-abc');
});

test('without stack events looks are 15 seconds apart at first and four minutes later', () => {
  expect([0, 1, 2, 3, 4, 5, 180].map(timeLimit)).toEqual([15, 30, 60, 120, 240, 240, 240]);
  expect([181, 420].map(timeLimit)).toEqual([3600, 3600]);
  expect([quietAfter(3, false), quietAfter(3, true)]).toEqual([4, 0]);
  expect(quietAtFirst('TERRAFORM_OPEN_SOURCE')).toBe(0);
  expect(quietAtFirst(undefined)).toBe(0);
});

test('where stack events come, the time limit is only for a lost one; after an event looks are close together', () => {
  expect(quietAtFirst('CFN_STACK')).toBe(4);
  expect(timeLimit(quietAtFirst('CFN_STACK'))).toBe(240);
  expect(timeLimit(quietAfter(80, true))).toBe(15);
});

test('a time limit never shrinks while nothing is heard, and is never beyond an hour', () => {
  fc.assert(
    fc.property(fc.nat(1000), (quiet) => {
      expect(timeLimit(quietAfter(quiet, false))).toBeGreaterThanOrEqual(timeLimit(quiet));
      expect(timeLimit(quiet)).toBeLessThanOrEqual(3600);
    }),
  );
});

test('a launch is followed for ten days with less than half of the durable operations that there are', () => {
  const silent = Array.from({ length: MOST_LOOKS }, (_, quiet) => timeLimit(quiet));
  expect(silent.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(10 * DAY);
  expect(3 * MOST_LOOKS).toBeLessThan(3000 / 2);
});
