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
  };
  const portfolio: Portfolio = {
    products: () => Promise.resolve(state.products),
    versions: (productId) => Promise.resolve(state.versions.get(productId) ?? []),
    constraints: () => Promise.resolve(state.constraints),
    constraint: (id) => Promise.resolve(id === 'cons-failed' ? undefined : rules),
    describeVersion: (_, { version }) => {
      state.described.push(version.id);
      return Promise.resolve({ parameters: [], resourceTypes: ['AWS::S3::Bucket'], capabilities: [] });
    },
  };
  return { state, answer: createAnswerCatalog({ 'eu-west-1': portfolio }, () => Promise.resolve(state.key)) };
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
