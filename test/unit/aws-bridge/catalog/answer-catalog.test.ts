import { Catalog, type Constraint } from '../../../../aws-bridge/contract/catalog';
import {
  createAnswerCatalog,
  type ListedVersion,
  type Portfolio,
} from '../../../../aws-bridge/catalog/answer-catalog';

const aVersion = (id: string, overrides: Partial<ListedVersion['version']> = {}): ListedVersion => ({
  type: 'CLOUD_FORMATION_TEMPLATE',
  version: {
    id,
    name: 'v1',
    createdAt: '2026-01-01T00:00:00.000Z',
    guidance: 'DEFAULT',
    active: true,
    ...overrides,
  },
});
const aProduct = (id: string) => ({ id, name: id, owner: 'Platform', type: 'CLOUD_FORMATION_TEMPLATE' });
const rules: Constraint = { type: 'TEMPLATE', parameters: '{"Rules":{}}' };

const setUp = () => {
  const state = {
    products: [aProduct('prod-a'), aProduct('prod-b')],
    versions: new Map([
      ['prod-a', [aVersion('pa-1'), aVersion('pa-2', { guidance: 'DEPRECATED' })]],
      ['prod-b', [aVersion('pa-3', { active: false })]],
    ]),
    constraints: [{ id: 'cons-1', productId: 'prod-a' }],
    described: [] as string[],
    key: { id: 'key-1', publicKey: 'AAAA' },
    at: Date.parse('2026-03-02T10:00:00.000Z'),
    /** Milliseconds that describing a version takes. */
    takes: 0,
    /** What a version's parameters have to say, to make it large. */
    said: '',
  };
  const portfolio: Portfolio = {
    products: () => Promise.resolve(state.products),
    versions: (productId) => Promise.resolve(state.versions.get(productId) ?? []),
    constraints: () => Promise.resolve(state.constraints),
    constraint: (id) => Promise.resolve(id === 'cons-failed' ? undefined : rules),
    describeVersion: (_, { version }) => {
      state.described.push(version.id);
      state.at += state.takes;
      const parameters = state.said
        ? [{ key: 'P', type: 'String', noEcho: false, description: state.said }]
        : [];
      return Promise.resolve({ parameters, resourceTypes: ['AWS::S3::Bucket'], capabilities: [] });
    },
  };
  const answer = createAnswerCatalog(
    { 'eu-west-1': portfolio },
    () => Promise.resolve(state.key),
    () => new Date(state.at),
  );
  return { state, answer };
};

const told = async (answering: ReturnType<ReturnType<typeof setUp>['answer']>): Promise<Catalog> => {
  const answered = await answering;
  if (!answered.changed) throw new Error('unchanged');
  return answered.catalog;
};
const nothing = { revision: null, describedVersions: [] };

test('who has nothing is told everything, each version described', async () => {
  const { state, answer } = setUp();
  const catalog = await told(answer(nothing));
  expect(Catalog.parse(catalog)).toEqual(catalog);
  expect(catalog.products.map(({ id, constraints }) => [id, constraints])).toStrictEqual([
    ['prod-a', [rules]],
    ['prod-b', []],
  ]);
  expect(catalog.products.flatMap(({ versions }) => versions).every(({ described }) => described)).toBe(true);
  expect(state.described.sort()).toEqual(['pa-1', 'pa-2', 'pa-3']);
});

test('who has the revision is told that nothing changed, and nothing is described', async () => {
  const { revision } = await told(setUp().answer(nothing));
  const { state, answer } = setUp();
  expect(await answer({ revision, describedVersions: [] })).toEqual({ changed: false, revision });
  expect(state.described).toStrictEqual([]);
});

test('only versions that the asker does not know are described', async () => {
  const { state, answer } = setUp();
  const catalog = await told(answer({ revision: 'older', describedVersions: ['pa-1', 'pa-3'] }));
  expect(state.described).toEqual(['pa-2']);
  const [first] = catalog.products;
  expect(first?.versions.map(({ id, described }) => [id, described !== undefined])).toEqual([
    ['pa-1', false],
    ['pa-2', true],
  ]);
});

test('what was described once is remembered', async () => {
  const { state, answer } = setUp();
  await answer(nothing);
  await answer(nothing);
  expect(state.described).toHaveLength(3);
});

/** A portfolio of one product with so many versions: v0 is the oldest, and every third can be chosen. */
const withVersions = (count: number) => {
  const world = setUp();
  const versions = Array.from({ length: count }, (_, index) =>
    aVersion(`pa-${index}`, {
      createdAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
      active: index % 3 === 0,
    }),
  );
  world.state.products = [aProduct('prod-a')];
  world.state.versions = new Map([['prod-a', versions]]);
  world.state.constraints = [];
  return world;
};

/** Asks until everything is described. @returns the versions that each answer described */
const askedUntilKnown = async (answer: ReturnType<typeof setUp>['answer'], count: number) => {
  const rounds: string[][] = [];
  const known: string[] = [];
  while (known.length < count) {
    const { products } = await told(answer({ revision: null, describedVersions: known }));
    const [product] = products;
    expect(product?.versions).toHaveLength(count);
    const described = (product?.versions ?? []).filter((version) => version.described).map(({ id }) => id);
    if (described.length === 0) throw new Error('no progress');
    rounds.push(described);
    known.push(...described);
  }
  expect(new Set(known).size).toBe(count);
  return rounds;
};

test('an answer lists every version and describes forty: who asks again is told the next ones', async () => {
  const { answer, state } = withVersions(100);
  const rounds = await askedUntilKnown(answer, 100);
  expect(rounds.map(({ length }) => length)).toEqual([40, 40, 20]);
  // 34 of them can be chosen; the newest comes first.
  expect(state.described[0]).toBe('pa-99');
  expect(state.described.slice(0, 34).filter((id) => Number(id.slice(3)) % 3 === 0)).toHaveLength(34);
  expect(state.described[34]).toBe('pa-98');
});

test('an answer is given in time however long it takes to describe a version, and each brings at least one', async () => {
  const { answer, state } = withVersions(30);
  state.takes = 1_000;
  const first = (await askedUntilKnown(answer, 30))[0] ?? [];
  expect(first.length).toBeGreaterThanOrEqual(8);
  expect(first.length).toBeLessThanOrEqual(17);

  const slow = withVersions(12);
  slow.state.takes = 60_000;
  expect((await askedUntilKnown(slow.answer, 12)).length).toBeLessThanOrEqual(12);
});

test('an answer stays below four megabytes; a version that alone has more is told alone', async () => {
  const { answer, state } = withVersions(10);
  state.said = 'ä'.repeat(500_000);
  expect((await askedUntilKnown(answer, 10)).map(({ length }) => length)).toEqual([3, 3, 3, 1]);

  const huge = withVersions(2);
  huge.state.said = 'x'.repeat(4_100_000);
  expect((await askedUntilKnown(huge.answer, 2)).map(({ length }) => length)).toEqual([1, 1]);
});

test('the revision does not depend on what the asker knows, nor on the order of listing', async () => {
  const { revision } = await told(setUp().answer(nothing));
  const { state, answer } = setUp();
  state.products.reverse();
  state.versions.get('prod-a')?.reverse();
  expect((await told(answer({ revision: null, describedVersions: ['pa-1'] }))).revision).toBe(revision);
});

test.each<[string, (state: ReturnType<typeof setUp>['state']) => void]>([
  ['a product is added', (state) => state.products.push(aProduct('prod-c'))],
  ['a version is added', (state) => state.versions.get('prod-b')?.push(aVersion('pa-4'))],
  [
    'a version is deprecated',
    (state) => state.versions.set('prod-b', [aVersion('pa-3', { guidance: 'DEPRECATED' })]),
  ],
  ['a constraint is removed', (state) => state.constraints.pop()],
])('when %s, the revision is another', async (_, change) => {
  const { revision } = await told(setUp().answer(nothing));
  const { state, answer } = setUp();
  change(state);
  expect(await answer({ revision, describedVersions: [] })).toMatchObject({ changed: true });
});

test('a constraint that does not hold is left out', async () => {
  const { state, answer } = setUp();
  state.constraints.push({ id: 'cons-failed', productId: 'prod-b' });
  const { products } = await told(answer(nothing));
  expect(products.find(({ id }) => id === 'prod-b')?.constraints).toStrictEqual([]);
});

test('the key that values are sealed to is told, and another key is another revision', async () => {
  const { state, answer } = setUp();
  const first = await told(answer(nothing));
  expect(first.sealingKey).toEqual({ id: 'key-1', publicKey: 'AAAA' });
  state.key = { id: 'key-2', publicKey: 'BBBB' };
  const second = await told(
    answer({ revision: first.revision, describedVersions: ['pa-1', 'pa-2', 'pa-3'] }),
  );
  expect(second.sealingKey).toEqual(state.key);
  expect(second.revision).not.toBe(first.revision);
});
