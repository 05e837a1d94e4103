import type { CatalogAnswer, Product } from '../../../../aws-bridge/contract/catalog';
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
  expect(result).toStrictEqual({
    ...{ changed: true, complete: true, revision: 'revision-1' },
    ...{ products: 2, tooLarge: [] },
  });
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

/** A bridge that lists everything and describes so many versions an answer, the newest first. */
const describing = (perAnswer: number, products: readonly Product[], revision = 'revision-1') => {
  const asked: Parameters<CatalogSource['requestCatalog']>[0][] = [];
  const requestCatalog: CatalogSource['requestCatalog'] = (has) => {
    asked.push(has);
    if (has.revision === revision) return Promise.resolve({ changed: false, revision });
    const told = products
      .flatMap(({ versions }) => versions)
      .filter(({ id }) => !has.describedVersions.includes(id))
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      .slice(0, perAnswer)
      .map(({ id }) => id);
    return Promise.resolve(
      aChangedCatalog({
        revision,
        products: products.map((product) => ({
          ...product,
          versions: product.versions.map(({ described, ...version }) =>
            told.includes(version.id) ? { ...version, described } : version,
          ),
        })),
      }),
    );
  };
  return { asked, requestCatalog };
};

/** Products of two versions each. */
const manyProducts = (count: number): Product[] =>
  Array.from({ length: count }, (_, index) =>
    aProduct({
      id: `prod-${index}`,
      name: `Product ${index}`,
      versions: ['a', 'b'].map((letter) =>
        aVersion({
          id: `pa-${index}${letter}`,
          createdAt: new Date(Date.UTC(2026, 0, 1) + index).toISOString(),
        }),
      ),
    }),
  );

/** Synchronises until everything is kept. @returns what each run asked of the storage */
const untilComplete = async (sync: ReturnType<typeof createCatalogSync>, spent: () => number) => {
  const runs: number[] = [];
  for (;;) {
    const before = spent();
    const { complete } = await sync();
    runs.push(spent() - before);
    if (complete) return runs;
    if (runs.length > 100) throw new Error('no end');
  }
};

test('a first synchronisation that takes many answers brings something with each, and no run makes too many requests', async () => {
  const { store, counts } = aStore();
  const products = manyProducts(70);
  const bridge = describing(30, products);
  const sync = createCatalogSync({ bridge, store });
  const runs = await untilComplete(sync, () => counts.reads + counts.writes);
  const known = bridge.asked.map(({ describedVersions }) => describedVersions.length);
  expect(known).toEqual([...new Set(known)].sort((a, b) => a - b));
  expect(Math.max(...runs)).toBeLessThanOrEqual(55);
  expect(runs.length).toBeLessThanOrEqual(10);

  const reader = createCatalogReader({ store });
  for (const { id, versions } of products) {
    const kept = await reader.product(id);
    expect(kept?.versions.map(({ described }) => described)).toEqual(
      versions.map(({ described }) => described),
    );
  }
  expect(await sync()).toMatchObject({ changed: false, complete: true });
  expect(bridge.asked.at(-1)?.revision).toBe('revision-1');
});

test('a product that is listed and not yet kept has not arrived; one that is not listed is not offered', async () => {
  const { store } = aStore();
  const sync = createCatalogSync({ bridge: describing(30, manyProducts(70)), store });
  expect(await sync()).toMatchObject({ complete: false, products: 70 });
  const reader = createCatalogReader({ store });
  const forOrder = (index: number) =>
    reader.forOrder({ productId: `prod-${index}`, provisioningArtifactId: `pa-${index}a` });
  expect((await forOrder(69))?.products[0]?.versions[0]?.described).toEqual(aVersionDescription());
  expect(await forOrder(30)).toBeUndefined();
  expect((await forOrder(70))?.products).toStrictEqual([]);
});

test('what a partial answer does not describe stays known, and stays there', async () => {
  const { store, kept } = aStore();
  const products = manyProducts(12);
  await untilComplete(createCatalogSync({ bridge: describing(30, products), store }), () => 0);
  const before = [...kept.keys()].sort();

  const changed = products.map((product) => ({ ...product, owner: 'Another team' }));
  const fresh = manyProducts(50).slice(12);
  const sync = createCatalogSync({ bridge: describing(5, [...changed, ...fresh], 'revision-2'), store });
  const reader = createCatalogReader({ store });
  for (let complete = false; !complete;) {
    ({ complete } = await sync());
    expect([...kept.keys()]).toEqual(expect.arrayContaining(before));
    for (const { id } of products) {
      const versions = (await reader.product(id))?.versions ?? [];
      expect(versions.map(({ described }) => described)).toEqual([
        aVersionDescription(),
        aVersionDescription(),
      ]);
    }
  }
  expect((await reader.product('prod-3'))?.owner).toBe('Another team');
  expect(await reader.product('prod-49')).toBeDefined();
});

test('of much that has vanished, a run deletes a part, and the next ones the rest', async () => {
  const { store, kept, counts } = aStore();
  await untilComplete(createCatalogSync({ bridge: describing(40, manyProducts(70)), store }), () => 0);
  const bridge = describing(40, manyProducts(2), 'revision-2');
  const runs = await untilComplete(createCatalogSync({ bridge, store }), () => counts.reads + counts.writes);
  expect(runs).toHaveLength(4);
  expect(Math.max(...runs)).toBeLessThanOrEqual(30);
  expect([...kept.keys()].sort()).toEqual([
    'catalog:books',
    'catalog:index',
    'catalog:product:prod-0',
    'catalog:product:prod-1',
  ]);
});

test('a product that fits nowhere is not asked about again', async () => {
  const { store } = aStore();
  const constraints = [{ type: 'TEMPLATE', parameters: 'x'.repeat(250_000) }];
  const bridge = describing(1, [aProduct({ constraints }), network]);
  const sync = createCatalogSync({ bridge, store });
  await untilComplete(sync, () => 0);
  expect(await sync()).toMatchObject({ complete: true, changed: false });
  expect([...(bridge.asked.at(-1)?.describedVersions ?? [])].sort()).toEqual([
    'pa-bucketv1',
    'pa-net1',
    'pa-net2',
  ]);
});

test.each<[string, Product[], RegExp]>([
  [
    'products than one value can list',
    manyProducts(2_000).map((product) => ({ ...product, versions: [] })),
    /too large to be kept: it has 2000 products, and what is kept of them has to fit into 240 KiB/,
  ],
  [
    'versions than can be asked for',
    [
      aProduct({
        versions: Array.from({ length: 10_001 }, (_, index) => anUndescribedVersion({ id: `pa-${index}` })),
      }),
    ],
    /it has 10001 versions, and at most 10000 can be asked for\. Take products or old versions out/,
  ],
  [
    'versions than one value can list',
    Array.from({ length: 100 }, (_, product) =>
      aProduct({
        id: `prod-${product}`,
        versions: Array.from({ length: 100 }, (_, index) =>
          aVersion({ id: `pa-${'x'.repeat(30)}${product}-${index}` }),
        ),
      }),
    ),
    /it has 10000 versions, and what is kept of them has to fit into 240 KiB/,
  ],
])('more %s is said to be too much, and what was kept stays', async (_, products, reason) => {
  const { store, kept } = aStore();
  await createCatalogSync({ bridge: aBridge(aChangedCatalog()), store })();
  const index = kept.get('catalog:index');
  const sync = createCatalogSync({ bridge: describing(10_000, products, 'revision-2'), store });
  await expect(untilComplete(sync, () => 0)).rejects.toThrow(reason);
  if (products.length !== 100) expect(kept.get('catalog:index')).toBe(index);
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
