import { seal } from '../../../../aws-bridge/contract/codec';
import type { ApprovedOperation } from '../../../../aws-bridge/contract/messages';
import { digestOf, type Order } from '../../../../aws-bridge/contract/order';
import { signingKey } from '../../../../aws-bridge/contract/signature';

export const NOW = new Date('2026-03-02T10:00:00Z');
export const SITE = '11111111-2222-4333-8444-555555555555';
export const OPERATION_ID = 'launch-10042-0123456789abcdef';
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

export const anOrder = (overrides: Partial<Order> = {}): Order => ({
  productId: 'prod-bucket',
  provisioningArtifactId: 'pa-bucket1',
  account: '100000000003',
  region: 'eu-west-1',
  pathId: null,
  parameters: { BucketPurpose: 'invoices' },
  tags: { 'gatehouse:request': 'IT-42' },
  name: 'invoices',
  requester: '712020:employee',
  ...overrides,
});

export const anApprovedOperation = (overrides: Partial<ApprovedOperation> = {}): ApprovedOperation => {
  const order = overrides.order ?? anOrder();
  return {
    operationId: OPERATION_ID,
    kind: 'launch',
    site: SITE,
    requestKey: 'IT-42',
    order,
    digest: digestOf(order),
    approval: { approvers: ['712020:approver'], approvedAt: '2026-03-02T09:59:00Z' },
    ...overrides,
  };
};

export const aMessage = (type: string, data: unknown) => ({ type, timestamp: NOW.toISOString(), data });

/** A signed request as an HTTP API hands it to a function. */
export const aRequest = (
  content: unknown,
  {
    path = '/webhook',
    method = 'POST',
    secret = SECRET,
    id = OPERATION_ID,
    at = NOW,
    headers = {},
  }: {
    readonly path?: string;
    readonly method?: string;
    readonly secret?: string;
    readonly id?: string;
    readonly at?: Date;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
) => {
  const sealed = seal({ id, at, content, key: signingKey(secret) });
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { ...sealed.headers, ...headers },
    requestContext: { http: { method, path, sourceIp: '192.0.2.1' }, stage: '$default' },
    body: sealed.body,
    isBase64Encoded: false,
  };
};

export const inBase64 = <Request extends { readonly body: string }>(request: Request) => ({
  ...request,
  body: Buffer.from(request.body, 'utf8').toString('base64'),
  isBase64Encoded: true,
});
