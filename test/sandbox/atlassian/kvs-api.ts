import { z } from 'zod';
import { NotModelled } from '../aws/service';
import { empty, type HttpAnswer, json } from './loopback';
import { type Found, type KvsStore, refuse, type Space } from './kvs-store';

const Ttl = z.strictObject({
  value: z.number().positive(),
  unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']),
});
const MetadataFields = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME'])).optional();
const SetOptions = z.strictObject({
  ttl: Ttl.optional(),
  keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
  returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
  returnMetadataFields: MetadataFields,
});
const ReadOptions = z.strictObject({ metadataFields: MetadataFields }).optional();
const EntityName = z.string().optional();

const GetBody = z.strictObject({ key: z.string(), entityName: EntityName, options: ReadOptions });
const DeleteBody = z.strictObject({ key: z.string(), entityName: EntityName });
const SetBody = z.strictObject({
  key: z.string(),
  value: z.unknown(),
  entityName: EntityName,
  options: SetOptions.optional(),
});
const QueryBody = z.strictObject({
  limit: z.number().int().optional(),
  after: z.string().optional(),
  where: z
    .array(
      z.strictObject({
        property: z.literal('key'),
        condition: z.literal('BEGINS_WITH'),
        values: z.tuple([z.string()]),
      }),
    )
    .optional(),
  options: ReadOptions,
});

const Condition = z.strictObject({
  property: z.string(),
  condition: z.enum(['EQUAL_TO', 'NOT_EQUAL_TO', 'EXISTS', 'NOT_EXISTS']),
  values: z.array(z.unknown()),
});
const Conditions = z.strictObject({
  and: z.array(Condition).optional(),
  or: z.array(Condition).optional(),
});
const Conditional = { key: z.string(), entityName: EntityName, conditions: Conditions.optional() };
const TransactionBody = z.strictObject({
  set: z
    .array(
      z.strictObject({
        ...Conditional,
        value: z.unknown(),
        options: z.strictObject({ ttl: Ttl.optional() }).optional(),
      }),
    )
    .default([]),
  delete: z.array(z.strictObject(Conditional)).default([]),
  check: z.array(z.strictObject(Conditional)).default([]),
});

const UNIT = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 };
const MAX_OPERATIONS = 25;
const MAX_PAYLOAD_BYTES = 4 * 1024 * 1024;

const lifetimeOf = (ttl: z.infer<typeof Ttl> | undefined): number | undefined => {
  if (!ttl) return undefined;
  const lifetime = ttl.value * UNIT[ttl.unit];
  if (lifetime > 366 * UNIT.DAYS) throw refuse(400, 'BAD_REQUEST', 'A time to live is at most one year');
  return lifetime;
};

const spaceOf = (entityName: string | undefined): Space => (entityName ? `entity:${entityName}` : 'plain');

const shown = (found: Found, fields: z.infer<typeof MetadataFields> = []): object => ({
  key: found.key,
  value: found.value,
  ...(fields.includes('CREATED_AT') ? { createdAt: found.createdAt } : {}),
  ...(fields.includes('UPDATED_AT') ? { updatedAt: found.updatedAt } : {}),
  ...(fields.includes('EXPIRE_TIME') ? { expireTime: found.expireTime } : {}),
});

const parsed = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => {
  const result = schema.safeParse(body);
  if (!result.success) throw refuse(400, 'BAD_REQUEST', z.prettifyError(result.error));
  return result.data;
};

const meets = (
  found: Found | undefined,
  { property, condition, values }: z.infer<typeof Condition>,
): boolean => {
  const actual: unknown = new Map(Object.entries(found?.value ?? {})).get(property);
  if (condition === 'EXISTS') return actual !== undefined;
  if (condition === 'NOT_EXISTS') return actual === undefined;
  return (actual === values[0]) === (condition === 'EQUAL_TO');
};

const holds = (found: Found | undefined, conditions: z.infer<typeof Conditions> | undefined): boolean => {
  const { and = [], or = [] } = conditions ?? {};
  return (
    and.every((condition) => meets(found, condition)) &&
    (or.length === 0 || or.some((one) => meets(found, one)))
  );
};

const get = (store: KvsStore, body: unknown, space?: Space): HttpAnswer => {
  const { key, entityName, options } = parsed(GetBody, body);
  const found = store.get(space ?? spaceOf(entityName), key);
  if (!found) throw refuse(404, 'KEY_NOT_FOUND', 'The key does not exist');
  return json(200, shown(found, options?.metadataFields));
};

const set = (store: KvsStore, body: unknown, secret = false): HttpAnswer => {
  const { key, value, entityName, options = {} } = parsed(SetBody, body);
  const space = secret ? 'secret' : spaceOf(entityName);
  const lifetime = lifetimeOf(options.ttl);
  store.check(space, key, value);
  const previous = store.get(space, key);
  if (options.keyPolicy === 'FAIL_IF_EXISTS') {
    if (options.returnValue)
      throw refuse(400, 'BAD_REQUEST', 'returnValue goes with the policy OVERRIDE only');
    if (previous) throw refuse(409, 'KEY_CONFLICT', 'The key exists already');
  }
  store.set(space, key, value, lifetime);
  const answer = options.returnValue === 'PREVIOUS' ? previous : store.get(space, key);
  if (!options.returnValue || !answer) return empty(204);
  return json(200, shown(answer, options.returnMetadataFields));
};

const remove = (store: KvsStore, body: unknown, space?: Space): HttpAnswer => {
  const { key, entityName } = parsed(DeleteBody, body);
  store.checkKey(key);
  store.delete(space ?? spaceOf(entityName), key);
  return empty(204);
};

const query = (store: KvsStore, body: unknown): HttpAnswer => {
  const { limit = 10, after, where = [], options } = parsed(QueryBody, body);
  if (limit < 1 || limit > 100)
    throw refuse(400, 'LIST_QUERY_LIMIT_EXCEEDED', 'A query returns 1 to 100 values');
  if (where.length > 1) throw refuse(400, 'QUERY_WHERE_INVALID', 'A query has a single where clause');
  const cursor = after === undefined ? undefined : Buffer.from(after, 'base64url').toString();
  const found = store.query(where[0]?.values[0] ?? '', cursor);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return json(200, {
    data: page.map((one) => shown(one, options?.metadataFields)),
    ...(found.length > limit && last ? { cursor: Buffer.from(last.key).toString('base64url') } : {}),
  });
};

const transaction = (store: KvsStore, body: unknown): HttpAnswer => {
  const work = parsed(TransactionBody, body);
  const all = [...work.set, ...work.delete, ...work.check];
  if (all.length === 0 || all.length > MAX_OPERATIONS) {
    throw refuse(
      400,
      'BAD_REQUEST',
      `A transaction has 1 to ${MAX_OPERATIONS} operations; this one has ${all.length}`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(body)) > MAX_PAYLOAD_BYTES) {
    throw refuse(400, 'MAX_SIZE', 'A transaction has at most 4 MB');
  }
  const names = all.map(({ key, entityName }) => `${spaceOf(entityName)}/${key}`);
  if (new Set(names).size < names.length)
    throw refuse(400, 'BAD_REQUEST', 'A transaction names each key once');
  for (const { key, value, entityName } of work.set) store.check(spaceOf(entityName), key, value);
  for (const { key, entityName, conditions } of all) {
    if (conditions && !entityName) throw refuse(400, 'BAD_REQUEST', 'Conditions are for entities only');
    if (!holds(store.get(spaceOf(entityName), key), conditions)) {
      throw refuse(409, 'CONDITIONAL_CHECK_FAILED', 'A condition of the transaction does not hold');
    }
  }
  for (const { key, value, entityName, options } of work.set) {
    store.set(spaceOf(entityName), key, value, lifetimeOf(options?.ttl));
  }
  for (const { key, entityName } of work.delete) store.delete(spaceOf(entityName), key);
  return empty(204);
};

const OPERATIONS: Readonly<Record<string, (store: KvsStore, body: unknown) => HttpAnswer>> = {
  get: (store, body) => get(store, body),
  set: (store, body) => set(store, body),
  delete: (store, body) => remove(store, body),
  query,
  transaction,
  'secret/get': (store, body) => get(store, body, 'secret'),
  'secret/set': (store, body) => set(store, body, true),
  'secret/delete': (store, body) => remove(store, body, 'secret'),
  'entity/get': (store, body) => get(store, body),
  'entity/set': (store, body) => set(store, body),
  'entity/delete': (store, body) => remove(store, body),
};

export const KVS_THROTTLED = json(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests' });
export const KVS_FAILED = json(500, { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong' });

/**
 * Answers one request of @forge/kvs.
 * @param operation the path after `/api/v1/`
 * @throws NotModelled for batches and for queries of entities
 */
export const answerKvs = (store: KvsStore, operation: string, body: Buffer): HttpAnswer => {
  const run = OPERATIONS[operation];
  if (!run) throw new NotModelled(`the Forge storage operation ${operation}`);
  return run(store, JSON.parse(body.toString()) as unknown);
};
