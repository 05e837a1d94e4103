import { z } from 'zod';
import { RequestState, type RequestRecord } from './record';

/** The issue property that JQL searches; `manifest.yml` declares its aliases. */
export const ENTITY_PROPERTY = 'gatehouse';

/** What the property holds. `product` and `account` are absent where the order could not be read. */
export const EntityProperty = z.strictObject({
  state: RequestState,
  operation: z.string(),
  product: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  digest: z.string().optional(),
  record: z.string().optional(),
  sequence: z.int().nonnegative(),
  since: z.string(),
});
export type EntityProperty = z.infer<typeof EntityProperty>;

export const entityProperty = (record: RequestRecord): EntityProperty => ({
  state: record.state,
  operation: record.operationId,
  sequence: record.sequence,
  since: record.since,
  ...(record.recordId !== null && { record: record.recordId }),
  ...(record.fixed && {
    product: record.fixed.productName,
    account: record.fixed.order.account,
    region: record.fixed.order.region,
    digest: record.fixed.digest,
  }),
});
