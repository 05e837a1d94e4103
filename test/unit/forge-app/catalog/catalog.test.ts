import type { CatalogAnswer } from '../../../../aws-bridge/contract/catalog';
import { createCatalogReader } from '../../../../forge-app/catalog/catalog-reader';
import type { CatalogStore } from '../../../../forge-app/catalog/catalog-store';
import { type CatalogSource, createCatalogSync } from '../../../../forge-app/catalog/catalog-sync';
import {
  aCatalog,
  aChangedCatalog,
  anUndescribedVersion,
  aParameter,
  aProduct,
  aVersion,
  aVersionDescription,
} from '../../../builders/catalog';

/** Storage that keeps JSON, refuses what the platform would refuse, and counts. */
const aStore = () => {
  const kept = new Map<string, string>();
  const counts = { reads: 0, writes: 0 };
  /** Writes that still succeed. */
  let remaining = Number.POSITIVE_INFINITY;
  const write = (act: () => void): Promise<void> => {
    if (remaining-- <= 0) return Promise.reject(new Error('cut off'));
    counts.writes += 1;
    act();
    return Promise.resolve();
  };
  const store: CatalogStore = {
    get: (key) => {
      counts.reads += 1;
      const json = kept.get(key);
      return Promise.resolve(json === undefined ? undefined : (JSON.parse(json) as unknown));
    },
    set: (key, value) => {
      const json = JSON.stringify(value);
      if (!/^[A-Za-z0-9:._\s#-]{1,500}$/.test(key)) throw new Error(`not a key: ${key}`);
      if (Buffer.byteLength(json) > 240 * 1024) throw new Error(`too large: ${key}`);
      return write(() => kept.set(key, json));
    },
    delete: (key) => write(() => kept.delete(key)),
  };
  const reset = (writes = Number.POSITIVE_INFINITY) => {
    counts.reads = counts.writes = 0;
    remaining = writes;
  };
  return { store, kept, counts, reset };
};

const aBridge = (...answers: CatalogAnswer[]) => {
  const asked: Parameters<CatalogSource['requestCatalog']>[0][] = [];
  const requestCatalog: CatalogSource['requestCatalog'] = (has) => {
    asked.push(has);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new Error('unreachable'));
  };
  return { asked, requestCatalog };
};

const bucket = aProduct();
const network = aProduct({
  id: 'prod-network',
  name: 'Network',
  versions: [aVersion({ id: 'pa-net1', name: 'v1' }), aVersion({ id: 'pa-net2', name: 'v2' })],
});
const ordered = { productId: 'prod-bucket', provisioningArtifactId: 'pa-bucketv1' };

test('the first synchronisation asks for everything and keeps it in pieces', async () => {
  const { store, kept } = aStore();
  const bridge = aBridge(aChangedCatalog({ products: [bucket, network] }));
  const result = await createCatalogSync({ bridge, store })();
  expect(bridge.asked).toStrictEqual([{ revision: null, describedVersions: [] }]);
  expect(result).toStrictEqual({ changed: true, revision: 'revision-1', products: 2, tooLarge: [] });
  expect([...kept.keys()].sort()).toEqual([
    'catalog:books',
    'catalog:index',
    'catalog:product:prod-bucket',
    'catalog:product:prod-network',
  ]);
});

test('an order is opened with one read and finds its version described', async () => {
  const { store, counts, reset } = aStore();
  await createCatalogSync({ bridge: aBridge(aChangedCatalog({ products: [bucket, network] })), store })();
  reset();
  expect(await createCatalogReader({ store }).forOrder(ordered)).toEqual({ products: aCatalog().products });
  expect(counts).toEqual({ reads: 1, writes: 0 });
});

test('before anything has arrived there is no catalogue; a product that it lacks is just not in it', async () => {
  const { store } = aStore();
  const reader = createCatalogReader({ store });
  expect(await reader.forOrder(ordered)).toBeUndefined();
  await createCatalogSync({ bridge: aBridge(aChangedCatalog()), store })();
  expect((await reader.forOrder({ ...ordered, productId: 'prod-gone' }))?.products).toStrictEqual([]);
  expect((await reader.forOrder({ ...ordered, productId: 'x: y/../z' }))?.products).toStrictEqual([]);
});

test('the second synchronisation says what is there, and writes nothing when nothing has changed', async () => {
  const { store, counts, reset } = aStore();
  const bridge = aBridge(
    aChangedCatalog({ products: [bucket, network] }),
    { changed: false, revision: 'revision-1' },
    aChangedCatalog({
      products: [bucket, network].map((product) => ({
        ...product,
        versions: product.versions.map(({ id, name }) => anUndescribedVersion({ id, name })),
      })),
    }),
  );
  const sync = createCatalogSync({ bridge, store });
  await sync();
  reset();
  expect(await sync()).toMatchObject({ changed: false, revision: 'revision-1', products: 2 });
  expect(bridge.asked[1]).toEqual({
    revision: 'revision-1',
    describedVersions: ['pa-bucketv1', 'pa-net1', 'pa-net2'],
  });
  expect(await sync()).toMatchObject({ changed: false });
  expect(counts.writes).toBe(0);
});

test('only what is new is written, and what has vanished is forgotten', async () => {
  const { store, kept, counts, reset } = aStore();
  const bridge = aBridge(
    aChangedCatalog({ products: [bucket, network] }),
    aChangedCatalog({
      revision: 'revision-2',
      products: [
        { ...bucket, versions: [anUndescribedVersion(), aVersion({ id: 'pa-bucketv2', name: 'v2' })] },
      ],
    }),
  );
  const sync = createCatalogSync({ bridge, store });
  await sync();
  reset();
  await sync();
  expect([...kept.keys()].sort()).toEqual(['catalog:books', 'catalog:index', 'catalog:product:prod-bucket']);
  // One product, index, the books before and after one deletion.
  expect(counts.writes).toBe(5);
  const reader = createCatalogReader({ store });
  expect((await reader.forOrder({ ...ordered, productId: 'prod-network' }))?.products).toStrictEqual([]);
  const versions = (await reader.product('prod-bucket'))?.versions ?? [];
  expect(versions.map(({ described }) => described)).toEqual([aVersionDescription(), aVersionDescription()]);
});

test('while an offered version is not described, everything is asked for again', async () => {
  const { store } = aStore();
  const bridge = aBridge(
    aChangedCatalog({ products: [aProduct({ versions: [anUndescribedVersion()] })] }),
    aChangedCatalog(),
    { changed: false, revision: 'revision-1' },
  );
  const sync = createCatalogSync({ bridge, store });
  await sync();
  await sync();
  await sync();
  expect(bridge.asked.map(({ revision }) => revision)).toEqual([null, null, 'revision-1']);
  expect(await createCatalogReader({ store }).forOrder(ordered)).toEqual({ products: aCatalog().products });
});

test('wherever a synchronisation is cut off, orders find what is whole, and the next one puts everything right', async () => {
  const second = aChangedCatalog({
    revision: 'revision-2',
    products: [
      { ...network, versions: [anUndescribedVersion({ id: 'pa-net2', name: 'v2' })] },
      aProduct({ id: 'prod-instance', name: 'Instance', versions: [aVersion({ id: 'pa-ec2', name: 'v1' })] }),
    ],
  });
  for (let writes = 0; writes <= 12; writes += 1) {
    const { store, kept, reset } = aStore();
    await createCatalogSync({ bridge: aBridge(aChangedCatalog({ products: [bucket, network] })), store })();
    reset(writes);
    await createCatalogSync({ bridge: aBridge(second), store })().catch((error: unknown) => {
      expect(error).toEqual(new Error('cut off'));
    });

    reset();
    const reader = createCatalogReader({ store });
    const found = await reader.forOrder(ordered);
    if (kept.has('catalog:product:prod-bucket'))
      expect(found?.products[0]?.versions[0]?.described).toEqual(aVersionDescription());
    else expect(found?.products).toStrictEqual([]);

    // The bridge describes whatever the app does not claim to have.
    const answering: CatalogSource = {
      requestCatalog: ({ revision, describedVersions }) =>
        Promise.resolve(
          revision === 'revision-2'
            ? { changed: false, revision }
            : aChangedCatalog({
                revision: 'revision-2',
                products: [
                  {
                    ...network,
                    versions: [
                      describedVersions.includes('pa-net2')
                        ? anUndescribedVersion({ id: 'pa-net2', name: 'v2' })
                        : aVersion({ id: 'pa-net2', name: 'v2' }),
                    ],
                  },
                  aProduct({
                    id: 'prod-instance',
                    name: 'Instance',
                    versions: [
                      describedVersions.includes('pa-ec2')
                        ? anUndescribedVersion({ id: 'pa-ec2', name: 'v1' })
                        : aVersion({ id: 'pa-ec2', name: 'v1' }),
                    ],
                  }),
                ],
              }),
        ),
    };
    await createCatalogSync({ bridge: answering, store })();
    expect([...kept.keys()].sort()).toEqual([
      'catalog:books',
      'catalog:index',
      'catalog:product:prod-instance',
      'catalog:product:prod-network',
    ]);
    for (const [productId, provisioningArtifactId] of [
      ['prod-network', 'pa-net2'],
      ['prod-instance', 'pa-ec2'],
    ] as const) {
      const catalog = await reader.forOrder({ productId, provisioningArtifactId });
      expect(catalog?.products[0]?.versions[0]?.described).toEqual(aVersionDescription());
    }
  }
});

test('what was kept in another form counts as never kept', async () => {
  const { store, kept } = aStore();
  kept.set('catalog:index', '{"form":0}');
  kept.set('catalog:books', '[]');
  const bridge = aBridge(aChangedCatalog());
  await createCatalogSync({ bridge, store })();
  expect(bridge.asked).toStrictEqual([{ revision: null, describedVersions: [] }]);
});

test('a bridge that calls unchanged what the app does not have is an error', async () => {
  const { store } = aStore();
  const bridge = aBridge({ changed: false, revision: 'revision-1' });
  await expect(createCatalogSync({ bridge, store })()).rejects.toThrow(/does not have/);
});

const parameters = (count: number, more: object) =>
  Array.from({ length: count }, (_, index) =>
    aParameter({ key: `P${index}`, description: 'ä'.repeat(4000), ...more }),
  );

test('long descriptions are cut, and a version that still does not fit is known as too large and cannot be ordered', async () => {
  const { store } = aStore();
  const bridge = aBridge(
    aChangedCatalog({
      products: [
        aProduct({
          description: 'long '.repeat(1000),
          versions: [
            aVersion({ id: 'pa-fits', described: aVersionDescription({ parameters: parameters(200, {}) }) }),
            aVersion({
              id: 'pa-huge',
              described: aVersionDescription({
                parameters: parameters(200, { allowedPattern: 'x'.repeat(4000) }),
              }),
            }),
          ],
        }),
      ],
    }),
    { changed: false, revision: 'revision-1' },
  );
  const sync = createCatalogSync({ bridge, store });
  expect(await sync()).toMatchObject({ tooLarge: ['pa-huge'] });
  const reader = createCatalogReader({ store });
  const catalog = await reader.forOrder({ productId: 'prod-bucket', provisioningArtifactId: 'pa-fits' });
  expect(catalog?.products[0]?.versions.map(({ id }) => id)).toEqual(['pa-fits']);
  expect(catalog?.products[0]?.versions[0]?.described?.parameters).toHaveLength(200);
  expect(catalog?.products[0]?.description).toHaveLength(300);
  expect((await reader.product('prod-bucket'))?.versions[1]).toMatchObject({ described: 'too-large' });
  await sync();
  expect(bridge.asked[1]).toEqual({ revision: 'revision-1', describedVersions: ['pa-fits', 'pa-huge'] });
});

test('descriptions that a product has no room for lie apart: the newest that can be chosen come first', async () => {
  const { store, kept, counts, reset } = aStore();
  const large = aVersionDescription({
    parameters: parameters(150, { description: 'short', allowedPattern: 'x'.repeat(1000) }),
  });
  const versions = [
    aVersion({ id: 'pa-1', createdAt: '2026-01-01T00:00:00.000Z', described: large }),
    aVersion({ id: 'pa-2', createdAt: '2026-01-02T00:00:00.000Z', described: large }),
    aVersion({ id: 'pa-3', createdAt: '2026-01-03T00:00:00.000Z', described: large, guidance: 'DEPRECATED' }),
  ];
  const bridge = aBridge(
    aChangedCatalog({ products: [aProduct({ versions })] }),
    // Its newest is withdrawn; what is known of the others stays known.
    aChangedCatalog({
      revision: 'revision-2',
      products: [
        aProduct({
          versions: [
            anUndescribedVersion({ id: 'pa-1', createdAt: '2026-01-01T00:00:00.000Z' }),
            anUndescribedVersion({ id: 'pa-3', createdAt: '2026-01-03T00:00:00.000Z' }),
            aVersion({ id: 'pa-4', createdAt: '2026-01-04T00:00:00.000Z', described: large }),
          ],
        }),
      ],
    }),
  );
  const sync = createCatalogSync({ bridge, store });
  await sync();
  expect([...kept.keys()].filter((key) => key.startsWith('catalog:version:')).sort()).toEqual([
    'catalog:version:pa-1',
    'catalog:version:pa-3',
  ]);
  const reader = createCatalogReader({ store });
  reset();
  const order = (provisioningArtifactId: string) =>
    reader.forOrder({ productId: 'prod-bucket', provisioningArtifactId });
  const found = await order('pa-1');
  expect(found?.products[0]?.versions[0]?.described).toEqual(large);
  expect(counts.reads).toBe(2);

  await sync();
  expect([...kept.keys()].filter((key) => key.startsWith('catalog:version:')).sort()).toEqual([
    'catalog:version:pa-1',
    'catalog:version:pa-3',
  ]);
  for (const id of ['pa-1', 'pa-3', 'pa-4']) {
    const versionsNow = (await order(id))?.products[0]?.versions ?? [];
    expect(versionsNow.find((version) => version.id === id)?.described).toEqual(large);
  }
});

test('a product whose entry is lost is described anew', async () => {
  const { store, kept } = aStore();
  const undescribed = aProduct({ name: 'Bucket', versions: [anUndescribedVersion()] });
  const bridge = aBridge(
    aChangedCatalog(),
    aChangedCatalog({ revision: 'revision-2', products: [undescribed] }),
    aChangedCatalog({ revision: 'revision-2', products: [{ ...undescribed, versions: [aVersion()] }] }),
  );
  const sync = createCatalogSync({ bridge, store });
  await sync();
  kept.delete('catalog:product:prod-bucket');
  await sync();
  await sync();
  expect(bridge.asked[2]).toStrictEqual({ revision: null, describedVersions: [] });
  const catalog = await createCatalogReader({ store }).forOrder(ordered);
  expect(catalog?.products[0]?.versions[0]?.described).toEqual(aVersionDescription());
});

test('the key that values are sealed to is kept with the catalogue, and another one takes its place', async () => {
  const { store } = aStore();
  const sealingKey = (id: string) => ({ id, publicKey: 'AAAA' });
  const first = aChangedCatalog({ revision: 'r1', sealingKey: sealingKey('key-1') });
  const second = aChangedCatalog({ revision: 'r2', sealingKey: sealingKey('key-2') });
  const bridge = aBridge(first, second, aChangedCatalog({ revision: 'r3' }));
  const sync = createCatalogSync({ bridge, store });
  const reader = createCatalogReader({ store });
  await sync();
  expect(await reader.sealingKey()).toEqual(sealingKey('key-1'));
  await sync();
  expect(await reader.sealingKey()).toEqual(sealingKey('key-2'));
  await sync();
  expect(await reader.sealingKey()).toBeUndefined();
});
