import { aManifest, aWillingApp } from './tiny-app';

const aStore = () => aWillingApp({ settings: { queryLag: 3000 } });

test('a key that is to be new is refused when it exists, with 409', async () => {
  const { perform } = await aStore();
  const refusal = perform(async ({ storage: { kvs } }) => {
    await kvs.set('replay:1', { seen: true }, { keyPolicy: 'FAIL_IF_EXISTS' });
    await kvs.set('replay:1', { seen: true }, { keyPolicy: 'FAIL_IF_EXISTS' });
  });
  await expect(refusal).rejects.toMatchObject({ code: 'KEY_CONFLICT', responseDetails: { status: 409 } });
});

test('a missing key is undefined, and deleting it is no error', async () => {
  const { perform } = await aStore();
  const found = await perform(async ({ storage: { kvs } }) => {
    await kvs.delete('nothing');
    return kvs.get('nothing');
  });
  expect(found).toBeUndefined();
});

test('a value is gone once its time to live is over', async () => {
  const { perform, clock } = await aStore();
  await perform(({ storage: { kvs } }) =>
    kvs.set('short', 'lived', { keyPolicy: 'OVERRIDE', ttl: { value: 5, unit: 'MINUTES' } }),
  );
  await clock.advance(299_000);
  expect(await perform(({ storage: { kvs } }) => kvs.get('short'))).toBe('lived');
  await clock.advance(2000);
  expect(await perform(({ storage: { kvs } }) => kvs.get('short'))).toBeUndefined();
});

test('an expired value goes on being found for as long as the platform takes to delete it', async () => {
  const { perform, clock, settings } = await aStore();
  settings.expiredLingersFor = 48 * 3_600_000;
  await perform(({ storage: { kvs } }) =>
    kvs.set('short', 'lived', { keyPolicy: 'OVERRIDE', ttl: { value: 1, unit: 'SECONDS' } }),
  );
  await clock.advance(3_600_000);
  expect(await perform(({ storage: { kvs } }) => kvs.get('short'))).toBe('lived');
});

test('a query lags behind the writes, a get does not', async () => {
  const { perform, clock } = await aStore();
  const keys = () =>
    perform(async ({ storage: { kvs, WhereConditions } }) => {
      const { results } = await kvs.query().where('key', WhereConditions.beginsWith('inflight:')).getMany();
      return results.map(({ key }) => key);
    });
  await perform(async ({ storage: { kvs } }) => {
    await kvs.set('inflight:1', 1);
    await kvs.set('other', 1);
  });
  expect(await perform(({ storage: { kvs } }) => kvs.get('inflight:1'))).toBe(1);
  expect(await keys()).toStrictEqual([]);
  await clock.advance(3000);
  expect(await keys()).toEqual(['inflight:1']);
});

test('a query goes on from its cursor', async () => {
  const { perform, clock } = await aStore();
  await perform(async ({ storage: { kvs } }) => {
    for (const n of [1, 2, 3]) await kvs.set(`n:${n}`, n);
  });
  await clock.advance(3000);
  const pages = await perform(async ({ storage: { kvs } }) => {
    const first = await kvs.query().limit(2).getMany();
    const second = await kvs
      .query()
      .limit(2)
      .cursor(first.nextCursor ?? '')
      .getMany();
    return [first, second].map(({ results, nextCursor }) => [
      results.map(({ value }) => value),
      nextCursor !== undefined,
    ]);
  });
  expect(pages).toEqual([
    [[1, 2], true],
    [[3], false],
  ]);
});

test.each([
  ['a key of 501 characters', 'k'.repeat(501), 'v', 'KEY_TOO_LONG'],
  ['a key with a slash', 'a/b', 'v', 'INVALID_KEY'],
  ['an empty key', '', 'v', 'KEY_TOO_SHORT'],
  ['a value over 240 KiB', 'big', 'x'.repeat(240 * 1024), 'MAX_SIZE'],
])('%s is refused', async (_, key, value, code) => {
  const { perform } = await aStore();
  await expect(perform(({ storage: { kvs } }) => kvs.set(key, value))).rejects.toMatchObject({ code });
});

test('a transaction on an entity changes everything or, where its condition does not hold, nothing', async () => {
  const { perform, storage } = await aStore();
  const compareAndSet = (expected: string, revision: string) =>
    perform(({ storage: { kvs, Filter, FilterConditions } }) =>
      kvs
        .transact()
        .set(
          '10001',
          { revision, record: {} },
          {
            entityName: 'request',
            conditions: new Filter<{ revision: string }>().and(
              'revision',
              FilterConditions.equalTo(expected),
            ),
          },
        )
        .set('inflight:10001', revision)
        .execute(),
    );
  await perform(({ storage: { kvs } }) =>
    kvs.entity('request').set('10001', { revision: 'a', record: {} }, { keyPolicy: 'FAIL_IF_EXISTS' }),
  );
  await compareAndSet('a', 'b');
  await expect(compareAndSet('a', 'c')).rejects.toMatchObject({ name: 'ForgeKvsError' });
  expect(storage.get('plain', 'inflight:10001')?.value).toBe('b');
  expect(storage.get('entity:request', '10001')?.value).toEqual({ revision: 'b', record: {} });
});

test('a transaction has at most 25 operations, and names each key once', async () => {
  const { perform } = await aStore();
  const all = (keys: string[]) =>
    perform(({ storage: { kvs } }) =>
      keys.reduce((transaction, key) => transaction.set(key, 1), kvs.transact()).execute(),
    );
  await expect(all(Array.from({ length: 26 }, (_, n) => `k${n}`))).rejects.toThrow('26');
  await expect(all(['twice', 'twice'])).rejects.toThrow('once');
  await all(Array.from({ length: 25 }, (_, n) => `k${n}`));
});

test('an entity that the manifest does not declare, or an attribute of another type, is refused', async () => {
  const { perform } = await aStore();
  const put = (entity: string, value: object) =>
    perform(({ storage: { kvs } }) => kvs.entity(entity).set('1', value));
  await expect(put('other', { revision: 'a' })).rejects.toMatchObject({ code: 'INVALID_ENTITY_TYPE' });
  await expect(put('request', { revision: 1 })).rejects.toMatchObject({ code: 'INVALID_ENTITY_VALUE' });
});

test('a secret is kept apart from the plain values', async () => {
  const { perform } = await aStore();
  const values = await perform(async ({ storage: { kvs } }) => {
    await kvs.setSecret('token', 'hush');
    return [await kvs.getSecret('token'), await kvs.get('token')];
  });
  expect(values).toEqual(['hush', undefined]);
});

test('throttling, a failure, a broken connection and a lost answer reach the app as such', async () => {
  const { perform, faults, storage } = await aStore();
  const set = () => perform(({ storage: { kvs } }) => kvs.set('key', 'value'));
  faults.plan('forge kvs', 'set', 'throttled');
  await expect(set()).rejects.toMatchObject({
    responseDetails: { status: 429 },
    code: 'RATE_LIMIT_EXCEEDED',
  });
  faults.plan('forge kvs', 'set', 'failed');
  await expect(set()).rejects.toMatchObject({ responseDetails: { status: 500 } });
  faults.plan('forge kvs', 'set', 'unreachable');
  await expect(set()).rejects.toThrow('fetch failed');
  expect(storage.get('plain', 'key')).toBeUndefined();
  faults.plan('forge kvs', 'set', 'answer lost');
  await expect(set()).rejects.toThrow('fetch failed');
  expect(storage.get('plain', 'key')?.value).toBe('value');
});

test('what is not modelled says so, and closing the sandbox fails for it', async () => {
  const { perform, close } = await aStore();
  const batch = perform(({ storage: { kvs } }) => kvs.batchGet([{ key: 'a' }]));
  await expect(batch).rejects.toMatchObject({ responseDetails: { status: 501 } });
  await expect(close()).rejects.toThrow('batch/get');
});

test('an app without the scope for storage is refused', async () => {
  const permissions = { scopes: ['read:jira-work'], external: { fetch: { backend: [] } } };
  const { perform } = await aWillingApp({ manifest: aManifest({ permissions }) });
  const get = perform(({ storage: { kvs } }) => kvs.get('key'));
  await expect(get).rejects.toMatchObject({ responseDetails: { status: 403 } });
});
