import { createCatalogReader } from '../../../../../forge-app/catalog/catalog-reader';
import { createCatalogSync } from '../../../../../forge-app/catalog/catalog-sync';
import type { Portal } from '../../../../../forge-app/jira/portal';
import { createOrderFormCalls } from '../../../../../forge-app/pages/order-form/calls';
import { createOfferedTo } from '../../../../../forge-app/pages/order-form/offered';
import type { Visitor } from '../../../../../forge-app/pages/visitor';
import { createMembershipsOf } from '../../../../../forge-app/settings/may-use';
import { readProjectSettings } from '../../../../../forge-app/settings/project-settings';
import {
  aChangedCatalog,
  aProduct,
  aVersion,
  aVersionDescription,
  anUndescribedVersion,
} from '../../../../builders/catalog';
import { OTHER_TENANT, projectSettings, REQUEST_TYPE, TENANT } from '../../../../builders/settings';

const visitor: Visitor = {
  accountId: 'a-customer',
  licensed: false,
  siteId: 'ari:cloud:jira::site/11111111-2222-4333-8444-555555555555',
  project: undefined,
  issue: undefined,
  portalId: '1',
  requestTypeId: REQUEST_TYPE,
  requestKey: undefined,
};

/** The calls over storage that counts its reads. The bridge is asked once, before anybody opens a form, and is gone then. */
const someCalls = async ({
  settings = projectSettings(),
  products = [aProduct()],
  portal = { projectId: '10000', shown: true },
  organizations = [],
}: {
  readonly settings?: unknown;
  readonly products?: ReturnType<typeof aProduct>[] | null;
  readonly portal?: Portal;
  readonly organizations?: readonly string[];
} = {}) => {
  const kept = new Map<string, unknown>();
  const counts = { reads: 0, bridge: 0 };
  const store = {
    get: (key: string) => {
      counts.reads += 1;
      return Promise.resolve(kept.get(key));
    },
    set: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  };
  const bridge = {
    requestCatalog: () => {
      counts.bridge += 1;
      return Promise.resolve(aChangedCatalog({ products: products ?? [] }));
    },
  };
  if (products !== null) await createCatalogSync({ bridge, store })();
  counts.reads = counts.bridge = 0;
  const calls = createOrderFormCalls({
    catalog: createCatalogReader({ store }),
    offeredTo: createOfferedTo({
      portalOf: () => Promise.resolve(portal),
      settingsProperty: () => Promise.resolve(settings),
      readSettings: readProjectSettings,
      membershipsOf: createMembershipsOf({
        organizationsOf: () => Promise.resolve(organizations),
        groupsOf: () => Promise.resolve([]),
      }),
    }),
  });
  const ask =
    (name: string) =>
    (who: Partial<Visitor> & { readonly payload?: unknown } = {}) => {
      const { payload = {}, ...more } = who;
      const call = calls[name];
      if (call === undefined) throw new Error(`no call ${name}`);
      return call({ ...visitor, ...more }, payload);
    };
  return { counts, open: ask('order-form.open'), describe: ask('order-form.describe') };
};

const offering = (...productIds: string[]) =>
  projectSettings({
    products: productIds.map((productId) => ({
      productId,
      requestTypeId: REQUEST_TYPE,
      approval: 'required',
    })),
  });

test('opening the form reads the storage once and never calls AWS', async () => {
  const { open, counts } = await someCalls();
  expect(await open()).toStrictEqual({
    outcome: 'ok',
    value: {
      ours: true,
      accounts: [{ id: TENANT, name: 'payments-dev', regions: ['eu-west-1'] }],
      products: [{ id: 'prod-bucket', name: 'Private bucket', region: 'eu-west-1' }],
      awaited: false,
      offer: {
        id: 'prod-bucket',
        name: 'Private bucket',
        region: 'eu-west-1',
        constraints: [],
        versions: [{ id: 'pa-bucketv1', name: 'v1', createdAt: '2026-01-02T10:00:00.000Z' }],
        described: { versionId: 'pa-bucketv1', as: aVersionDescription() },
      },
    },
  });
  expect(counts).toEqual({ reads: 1, bridge: 0 });
});

test('several products: the first read tells which there are, another one what is chosen', async () => {
  const { open, describe, counts } = await someCalls({
    settings: offering('prod-bucket', 'prod-net', 'prod-old', 'prod-gone'),
    products: [
      aProduct(),
      aProduct({ id: 'prod-net', name: 'Network', versions: [aVersion({ id: 'pa-net' })] }),
      aProduct({
        id: 'prod-old',
        name: 'Old',
        versions: [aVersion({ id: 'pa-old', guidance: 'DEPRECATED' })],
      }),
      aProduct({ id: 'prod-elsewhere', name: 'Elsewhere' }),
    ],
  });
  expect(await open()).toMatchObject({
    value: { offer: null, products: [{ name: 'Network' }, { name: 'Private bucket' }] },
  });
  expect(counts).toEqual({ reads: 1, bridge: 0 });
  expect(await describe({ payload: { productId: 'prod-net' } })).toMatchObject({
    value: { id: 'prod-net', described: { versionId: 'pa-net' } },
  });
  expect(counts).toEqual({ reads: 2, bridge: 0 });
});

test('versions that may be launched are offered, the newest first; others are not described either', async () => {
  const { open, describe } = await someCalls({
    products: [
      aProduct({
        versions: [
          aVersion({ id: 'pa-1', name: 'v1', createdAt: '2026-01-01T00:00:00.000Z' }),
          aVersion({ id: 'pa-3', name: 'v3', createdAt: '2026-01-03T00:00:00.000Z' }),
          aVersion({ id: 'pa-2', name: 'v2', createdAt: '2026-01-02T00:00:00.000Z', active: false }),
          aVersion({ id: 'pa-4', name: 'v4', createdAt: '2026-01-04T00:00:00.000Z', guidance: 'DEPRECATED' }),
        ],
      }),
    ],
  });
  expect(await open()).toMatchObject({
    value: { offer: { versions: [{ id: 'pa-3' }, { id: 'pa-1' }], described: { versionId: 'pa-3' } } },
  });
  const payload = (versionId: string) => ({ payload: { productId: 'prod-bucket', versionId } });
  expect(await describe(payload('pa-1'))).toMatchObject({ value: { described: { versionId: 'pa-1' } } });
  for (const id of ['pa-2', 'pa-4', 'pa-unheard']) {
    expect(await describe(payload(id))).toMatchObject({ outcome: 'refused', code: 'changed' });
  }
});

test('a request type that is none of ours is answered without a look into the storage', async () => {
  const others: Parameters<typeof someCalls>[0][] = [
    { settings: undefined },
    { settings: offering() },
    { settings: { products: 'broken' } },
    { settings: { products: [{ requestTypeId: '99' }] } },
  ];
  for (const other of others) {
    const { open, describe, counts } = await someCalls(other);
    expect(await open({ requestTypeId: '77' })).toEqual({ outcome: 'ok', value: { ours: false } });
    expect(await describe({ requestTypeId: '77', payload: { productId: 'prod-bucket' } })).toMatchObject({
      code: 'not-yours',
    });
    expect(counts).toEqual({ reads: 0, bridge: 0 });
  }
});

test('settings that cannot be used are an answer only where they are about this request type', async () => {
  const { open } = await someCalls({ settings: { products: [{ requestTypeId: REQUEST_TYPE }] } });
  expect(await open()).toMatchObject({ outcome: 'refused', code: 'not-set-up' });
});

test('an account is told only to those who may use it, and without any nothing else is told', async () => {
  const member = await someCalls({ organizations: ['7'] });
  expect(await member.open()).toMatchObject({ value: { accounts: [{ id: TENANT }, { id: OTHER_TENANT }] } });

  const settings = projectSettings();
  const closed = await someCalls({
    settings: { ...settings, accounts: settings.accounts.filter(({ id }) => id === OTHER_TENANT) },
  });
  expect(await closed.open()).toStrictEqual({
    outcome: 'ok',
    value: { ours: true, accounts: [], products: [], offer: null, awaited: false },
  });
  expect(closed.counts.reads).toBe(0);
  expect(await closed.describe({ payload: { productId: 'prod-bucket' } })).toMatchObject({
    code: 'not-yours',
  });
});

test('whom Jira does not show the portal is given the accounts that name them, and no other', async () => {
  const portal = { projectId: '10000', shown: false };
  const stranger = await someCalls({ portal });
  expect(await stranger.open()).toMatchObject({ value: { accounts: [] } });
  const member = await someCalls({ portal, organizations: ['7'] });
  expect(await member.open()).toMatchObject({ value: { accounts: [{ id: OTHER_TENANT }] } });
});

test('a product of another request type is not described, nor what is no id at all', async () => {
  const { describe } = await someCalls();
  for (const productId of ['prod-net', '../catalog:index', '']) {
    expect(await describe({ payload: { productId } })).toMatchObject({ code: 'not-yours' });
  }
  await expect(describe({ payload: { productId: 5 } })).rejects.toThrow();
});

test('what has not arrived, what is too large and what offers nothing are told apart', async () => {
  const none = await someCalls({ products: null });
  expect(await none.open()).toMatchObject({ value: { offer: null, awaited: true } });
  const undescribed = await someCalls({ products: [aProduct({ versions: [anUndescribedVersion()] })] });
  expect(await undescribed.open()).toMatchObject({ value: { offer: { described: { as: 'awaited' } } } });
  const nothing = await someCalls({
    products: [aProduct({ versions: [aVersion({ guidance: 'DEPRECATED' })] })],
  });
  expect(await nothing.open()).toMatchObject({ value: { offer: null, products: [], awaited: false } });
});
