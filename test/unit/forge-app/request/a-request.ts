import type { ApprovedOperation } from '../../../../aws-bridge/contract/messages';
import { digestOf, Order } from '../../../../aws-bridge/contract/order';
import { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { formDigest } from '../../../../forge-app/request/form-digest';
import { type FixedOrder, newRecord, RequestRecord } from '../../../../forge-app/request/record';

export const SITE = '6f1c9f5e-3a54-4c1e-9d0a-0d1a5c3b7e21';
export const NOW = new Date('2026-01-15T09:00:00.000Z');
export const OPERATION = 'launch-10042-0123456789abcdef';

export const FORM = {
  productId: 'prod-bucket',
  provisioningArtifactId: 'pa-1',
  account: '100000000003',
  region: 'eu-west-1',
  name: 'reports',
  parameters: { Versioning: 'yes' },
};

export const anOrder = (overrides: Partial<Order> = {}): Order =>
  Order.parse({
    ...FORM,
    pathId: null,
    tags: { 'gatehouse:request': 'IT-42' },
    requester: 'ann',
    ...overrides,
  });

export const aFixedOrder = (): FixedOrder => ({
  kind: 'launch',
  order: anOrder(),
  digest: digestOf(anOrder()),
  at: NOW.toISOString(),
  formDigest: formDigest(FORM),
  productName: 'Private bucket',
  versionName: 'v1',
  approvalRequired: true,
  requestTypeId: '1',
  approvedBlind: [],
  shown: {
    accountName: 'payments-dev',
    parameters: [
      { key: 'Versioning', label: 'Keep old versions', hidden: false, default: 'no' },
      { key: 'Password', label: 'Master password', hidden: true, default: null },
    ],
    resources: { 'AWS::S3::Bucket': 1, 'AWS::IAM::Role': 2 },
    capabilities: ['CAPABILITY_IAM'],
  },
});

/** A request whose order was fixed and that waits for its approval. */
export const aRequest = (overrides: Partial<RequestRecord> = {}): RequestRecord =>
  RequestRecord.parse({
    ...newRecord({
      issueId: '10042',
      requestKey: 'IT-42',
      projectId: '10000',
      operationId: OPERATION,
      now: NOW,
    }),
    fixed: aFixedOrder(),
    ...overrides,
  });

export const anOperation = (overrides: Partial<ApprovedOperation> = {}): ApprovedOperation => ({
  operationId: OPERATION,
  kind: 'launch',
  site: SITE,
  requestKey: 'IT-42',
  order: anOrder(),
  digest: digestOf(anOrder()),
  approval: { approvers: ['bob'], approvedAt: NOW.toISOString() },
  ...overrides,
});

export const aProgress = (overrides: Partial<OperationProgress> = {}): OperationProgress =>
  OperationProgress.parse({
    operationId: OPERATION,
    site: SITE,
    sequence: 1,
    state: 'provisioning',
    at: NOW.toISOString(),
    outputs: [],
    errors: [],
    ...overrides,
  });
