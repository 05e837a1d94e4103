import { z } from 'zod';
import { type Fixed, kindOf, RequestState, type RequestRecord } from './record';

/** The issue property that JQL searches; `manifest.yml` declares its aliases. */
export const ENTITY_PROPERTY = 'gatehouse';

/** What the property holds. `product` and `account` are absent where the order could not be read. */
export const EntityProperty = z.strictObject({
  /** What the request is about. */
  kind: z.enum(['launch', 'gate']),
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
  kind: kindOf(record),
  state: record.state,
  operation: record.operationId,
  sequence: record.sequence,
  since: record.since,
  ...(record.recordId !== null && { record: record.recordId }),
  ...(record.fixed && { ...aboutOf(record.fixed), digest: record.fixed.digest }),
});

const aboutOf = (fixed: Fixed): { product: string; account: string; region: string } => {
  if (fixed.kind === 'launch') {
    const { account, region } = fixed.order;
    return { product: fixed.productName, account, region };
  }
  const { product, account, region } = fixed.gate;
  return { product, account, region };
};
