import { ApprovedOperation } from '../../../../aws-bridge/contract/messages';
import { digestOf, Order } from '../../../../aws-bridge/contract/order';
import { AwsFailure, type AwsServiceCalled } from '../../../../aws-bridge/operation/aws-failure';
import type { StackEvent } from '../../../../aws-bridge/operation/stack-failure';

export const SITE = '3f1d3c1e-6a53-4b7e-9d3a-0a9d2f6f1c55';

export const anOrder = (overrides: Partial<Order> = {}): Order =>
  Order.parse({
    productId: 'prod-bucket',
    provisioningArtifactId: 'pa-one',
    account: '100000000003',
    region: 'eu-west-1',
    pathId: null,
    parameters: { Purpose: 'invoices' },
    tags: { 'gatehouse:request': 'IT-42' },
    name: 'invoices',
    requester: '712020:0f7e0000-0000-4000-8000-000000000001',
    ...overrides,
  });

export const anOperation = (overrides: Partial<ApprovedOperation> = {}): ApprovedOperation => {
  const order = overrides.order ?? anOrder();
  return ApprovedOperation.parse({
    operationId: 'launch-10042-0123456789abcdef',
    kind: 'launch',
    site: SITE,
    requestKey: 'IT-42',
    order,
    digest: digestOf(order),
    approval: {
      approvers: ['712020:0f7e0000-0000-4000-8000-000000000002'],
      approvedAt: '2026-01-15T08:59:00Z',
    },
    ...overrides,
  });
};

export const awsRefusal = (
  code: string,
  words = 'refused',
  service: AwsServiceCalled = 'servicecatalog',
): AwsFailure => new AwsFailure({ service, code, words, transient: false });

export const throttled = (service: AwsServiceCalled = 'servicecatalog'): AwsFailure =>
  new AwsFailure({ service, code: 'ThrottlingException', words: 'Rate exceeded', transient: true });

export const STACK_ID =
  'arn:aws:cloudformation:eu-west-1:100000000003:stack/SC-100000000003-pp-one/1b2c3d4e-0000-4000-8000-000000000000';

export const aStackEvent = (overrides: Partial<StackEvent> = {}): StackEvent => ({
  stackId: STACK_ID,
  logicalId: 'Bucket',
  physicalId: 'invoices-bucket',
  type: 'AWS::S3::Bucket',
  status: 'CREATE_IN_PROGRESS',
  reason: undefined,
  ...overrides,
});

/** An event of the stack itself. */
export const ofTheStack = (status: string, reason?: string): StackEvent =>
  aStackEvent({
    logicalId: 'SC-100000000003-pp-one',
    physicalId: STACK_ID,
    type: 'AWS::CloudFormation::Stack',
    status,
    reason,
  });

/** An attempt that is one of enough in a row to believe what it finds, by its code. */
export const believing = (code: string): boolean => code !== '';

/** One that is not. */
export const doubting = (): boolean => false;
