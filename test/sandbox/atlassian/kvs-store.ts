import { Buffer } from 'node:buffer';
import { json, Refused } from './loopback';
import type { StorageEntity } from './manifest';

/** One write to a key. */
interface Version {
  readonly at: number;
  readonly createdAt: number;
  /** As JSON; undefined: a deletion. */
  readonly value: string | undefined;
  readonly expiresAt: number | undefined;
}

export interface Found {
  readonly key: string;
  readonly value: unknown;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expireTime: string | undefined;
}

export interface KvsSettings {
  /** Milliseconds that a query's results lag behind the writes. `get` never lags. */
  queryLag: number;
  /** Milliseconds that an expired value goes on being found; up to 48 hours on the real platform. */
  expiredLingersFor: number;
}

/** Where a value lies: among the plain keys, the secrets, or those of one entity. */
export type Space = 'plain' | 'secret' | `entity:${string}`;

export const refuse = (status: number, code: string, message: string): Refused =>
  new Refused(json(status, { code, message }));

const KEY = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
const MAX_KEY = 500;
const MAX_VALUE_BYTES = 240 * 1024;
const MAX_DEPTH = 31;

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

const checkKey = (key: string): void => {
  if (key.length === 0) throw refuse(400, 'KEY_TOO_SHORT', 'The key has to have at least one character');
  if (key.length > MAX_KEY) throw refuse(400, 'KEY_TOO_LONG', `The key has more than ${MAX_KEY} characters`);
  if (!KEY.test(key)) throw refuse(400, 'INVALID_KEY', 'The key has characters that are not allowed');
};

const checkValue = (value: unknown): void => {
  if (value === undefined || value === null) throw refuse(400, 'BAD_REQUEST', 'A value is required');
  const size = Buffer.byteLength(JSON.stringify(value));
  if (size > MAX_VALUE_BYTES)
    throw refuse(400, 'MAX_SIZE', `The value has ${size} bytes; 240 KiB are allowed`);
  if (depthOf(value) > MAX_DEPTH)
    throw refuse(400, 'MAX_DEPTH', `The value is nested more than ${MAX_DEPTH} deep`);
};

const ATTRIBUTE: Record<StorageEntity['attributes'][string]['type'], (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string' && value.trim() !== '',
  integer: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31 - 1,
  float: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  any: () => true,
};

const checkEntity = (entity: StorageEntity | undefined, name: string, value: unknown): void => {
  if (!entity) throw refuse(400, 'INVALID_ENTITY_TYPE', `The manifest declares no entity ${name}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(400, 'INVALID_ENTITY_VALUE', `A value of entity ${name} is an object`);
  }
  for (const [attribute, member] of Object.entries(value)) {
    const declared = entity.attributes[attribute];
    if (!declared || !ATTRIBUTE[declared.type](member)) {
      throw refuse(400, 'INVALID_ENTITY_VALUE', `${name}.${attribute} is not as the manifest declares it`);
    }
  }
};

/** Forge's hosted storage of one installation: key-value store, secrets and custom entities. */
export const createKvsStore = (
  now: () => Date,
  entities: readonly StorageEntity[],
  settings: KvsSettings,
) => {
  const spaces = new Map<Space, Map<string, Version[]>>();

  const keysOf = (space: Space): Map<string, Version[]> => {
    const known = spaces.get(space) ?? new Map<string, Version[]>();
    spaces.set(space, known);
    return known;
  };

  const asOf = (key: string, versions: readonly Version[], moment: number): Found | undefined => {
    const version = versions.findLast((candidate) => candidate.at <= moment);
    if (version?.value === undefined) return undefined;
    const { expiresAt } = version;
    if (expiresAt !== undefined && now().getTime() >= expiresAt + settings.expiredLingersFor)
      return undefined;
    return {
      key,
      value: JSON.parse(version.value) as unknown,
      createdAt: version.createdAt,
      updatedAt: version.at,
      expireTime: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
    };
  };

  const get = (space: Space, key: string): Found | undefined => {
    checkKey(key);
    return asOf(key, keysOf(space).get(key) ?? [], Infinity);
  };

  const write = (space: Space, key: string, version: Omit<Version, 'at' | 'createdAt'>): void => {
    const at = now().getTime();
    const createdAt = get(space, key)?.createdAt ?? at;
    keysOf(space).set(key, [...(keysOf(space).get(key) ?? []), { ...version, at, createdAt }]);
  };

  return {
    get,

    /** Refuses what the platform would not store; has no effect otherwise. */
    check: (space: Space, key: string, value: unknown): void => {
      checkKey(key);
      checkValue(value);
      if (!space.startsWith('entity:')) return;
      const name = space.slice('entity:'.length);
      checkEntity(
        entities.find((entity) => entity.name === name),
        name,
        value,
      );
    },

    checkKey,

    /** @param lifetime milliseconds; undefined: for ever */
    set: (space: Space, key: string, value: unknown, lifetime: number | undefined): void =>
      write(space, key, {
        value: JSON.stringify(value),
        expiresAt: lifetime === undefined ? undefined : now().getTime() + lifetime,
      }),

    delete: (space: Space, key: string): void =>
      write(space, key, { value: undefined, expiresAt: undefined }),

    /** Plain keys in order, as they were when the index last caught up. */
    query: (prefix: string, after: string | undefined): Found[] => {
      const moment = now().getTime() - settings.queryLag;
      return [...keysOf('plain')]
        .filter(([key]) => key.startsWith(prefix) && (after === undefined || key > after))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, versions]) => asOf(key, versions, moment) ?? []);
    },
  };
};
export type KvsStore = ReturnType<typeof createKvsStore>;
