import { parse } from 'yaml';
import { z } from 'zod';

const Key = z.string().regex(/^[a-zA-Z0-9_-]+$/);

export const FunctionModule = z.looseObject({
  key: Key.max(23),
  handler: z.string().regex(/^[\w/-]+\.\w+$/),
});

export const TriggerModule = z.strictObject({
  key: Key,
  function: Key,
  events: z.array(z.string()).min(1),
  filter: z.strictObject({ ignoreSelf: z.boolean() }).optional(),
});

export const ConsumerModule = z.strictObject({ key: Key, queue: Key, function: Key });

export const WebTriggerModule = z.strictObject({ key: Key, function: Key });

export const ScheduledTriggerModule = z.strictObject({
  key: Key,
  function: Key,
  interval: z.enum(['fiveMinute', 'hour', 'day', 'week']),
});

export const EntityPropertyModule = z.strictObject({
  key: Key,
  entityType: z.literal('issue').default('issue'),
  propertyKey: z.string(),
  values: z.array(
    z.strictObject({
      path: z.string(),
      type: z.enum(['number', 'string', 'text', 'user', 'date']),
      searchAlias: z.string().optional(),
    }),
  ),
});

/** A module that shows a page in UI Kit. */
export const PageModule = z.strictObject({
  key: Key,
  title: z.string().min(1),
  /** What `jira:issueContext` shows beside its title. */
  label: z.string().min(1).optional(),
  resource: Key,
  render: z.literal('native'),
  resolver: z.strictObject({ function: Key }),
  /** Who sees it without a licence. */
  unlicensedAccess: z.array(z.enum(['customer', 'unlicensed', 'anonymous'])).default([]),
});

/** An entity of the custom entity store, as `app.storage.entities` declares it. */
export const StorageEntity = z.object({
  name: z.string().regex(/^[_a-z0-9:.-]{3,60}$/),
  attributes: z.record(
    z.string(),
    z.strictObject({ type: z.enum(['string', 'integer', 'float', 'boolean', 'any']) }),
  ),
});
export type StorageEntity = z.infer<typeof StorageEntity>;

const Address = z.union([
  z.string(),
  z.looseObject({ address: z.string() }),
  z.looseObject({ remote: z.string() }),
]);

/** What the platform reads of an app's manifest. */
export const Manifest = z.object({
  app: z.object({
    id: z.string().regex(/^ari:cloud:ecosystem::app\/[0-9a-f-]{36}$/),
    storage: z.object({ entities: z.array(StorageEntity).default([]) }).optional(),
  }),
  modules: z.record(z.string(), z.array(z.unknown())),
  permissions: z
    .object({
      scopes: z
        .union([z.array(z.string()), z.record(z.string(), z.unknown())])
        .transform((scopes) => (Array.isArray(scopes) ? scopes : Object.keys(scopes)))
        .default([]),
      external: z
        .object({ fetch: z.object({ backend: z.array(Address).default([]) }).optional() })
        .optional(),
    })
    .default({ scopes: [] }),
  resources: z.array(z.strictObject({ key: Key, path: z.string() })).default([]),
  remotes: z.array(z.looseObject({ key: Key, baseUrl: z.string() })).default([]),
});
export type Manifest = z.infer<typeof Manifest>;

/** @throws ZodError naming what the stand-in cannot read */
export const parseManifest = (yaml: string): Manifest => Manifest.parse(parse(yaml));
