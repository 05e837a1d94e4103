import { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { digestOf, Order } from '../../aws-bridge/contract/order';
import { OrderForm } from '../../forge-app/order/order-form';
import { TENANT } from './settings';

export const SITE = '11111111-2222-4333-8444-555555555555';
export const REPORTER = '712020:aaaaaaaa-0000-4000-8000-000000000001';
export const APPROVER = '712020:bbbbbbbb-0000-4000-8000-000000000002';
export const REQUEST_KEY = 'IT-42';

/** An order as the portal's form sends it; it goes with `aCatalog()` and `projectSettings()`. */
export const anOrderForm = (overrides: Partial<OrderForm> = {}): OrderForm =>
  OrderForm.parse({
    productId: 'prod-bucket',
    provisioningArtifactId: 'pa-bucketv1',
    account: TENANT,
    region: 'eu-west-1',
    name: 'invoices',
    parameters: { BucketPurpose: 'Invoices of the year' },
    ...overrides,
  });

export const anOrder = (overrides: Partial<Order> = {}): Order =>
  Order.parse({
    productId: 'prod-bucket',
    provisioningArtifactId: 'pa-bucketv1',
    account: TENANT,
    region: 'eu-west-1',
    pathId: null,
    parameters: { BucketPurpose: 'Invoices of the year' },
    tags: { 'gatehouse:request': REQUEST_KEY },
    name: 'invoices',
    requester: REPORTER,
    ...overrides,
  });

/** Its digest is that of its order, unless one is given. */
export const anApprovedOperation = (overrides: Partial<ApprovedOperation> = {}): ApprovedOperation => {
  const order = overrides.order ?? anOrder();
  return ApprovedOperation.parse({
    operationId: 'launch-10042-0123456789abcdef',
    kind: 'launch',
    site: SITE,
    requestKey: REQUEST_KEY,
    order,
    digest: digestOf(order),
    approval: { approvers: [APPROVER], approvedAt: '2026-01-15T09:30:00.000Z' },
    ...overrides,
  });
};

/** Of the form of a sealed value; nobody can open it. */
export const aSealedValue = (ending = 'A'): string =>
  `sealed.1.${'A'.repeat(683)}.${'A'.repeat(16)}.${'A'.repeat(22)}${ending}`;
