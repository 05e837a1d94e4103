import { sealedParameterContext } from '../../../../../aws-bridge/contract/order';
import { openSealedValue } from '../../../../../aws-bridge/contract/sealed-value';
import type { CatalogReader } from '../../../../../forge-app/catalog/catalog-reader';
import { createCatalogReader } from '../../../../../forge-app/catalog/catalog-reader';
import { createCatalogSync } from '../../../../../forge-app/catalog/catalog-sync';
import type { OfferedTo } from '../../../../../forge-app/pages/order-form/offered';
import { createSealCalls } from '../../../../../forge-app/pages/order-form/seal';
import { createPageResolver } from '../../../../../forge-app/pages/page-resolver';
import type { Catalog } from '../../../../../aws-bridge/contract/catalog';
import { aCatalog, aParameter, aProduct, aVersion, aVersionDescription } from '../../../../builders/catalog';
import { aSealingKey } from '../../../../builders/gate';
import { REPORTER, SITE } from '../../../../builders/orders';
import { OTHER_TENANT, TENANT } from '../../../../builders/settings';

const KEY = aSealingKey();
const SECRET = 'cAnaRy-of-a-test';
const described = aVersionDescription({
  parameters: [
    aParameter({ key: 'Password', noEcho: true, minLength: 8, allowedPattern: '[A-Za-z-]+' }),
    aParameter({ key: 'Purpose' }),
  ],
});
const sealingKey = { id: 'key-1', publicKey: KEY.publicKey.toString('base64') };
const catalogWith = (overrides: Partial<Catalog> = {}): Catalog =>
  aCatalog({ sealingKey, products: [aProduct({ versions: [aVersion({ described })] })], ...overrides });

const reading = async (catalog: Catalog): Promise<CatalogReader> => {
  const kept = new Map<string, unknown>();
  const store = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    set: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  };
  const bridge = { requestCatalog: () => Promise.resolve({ changed: true, catalog } as const) };
  await createCatalogSync({ bridge, store })();
  return createCatalogReader({ store });
};

const payload = {
  productId: 'prod-bucket',
  provisioningArtifactId: 'pa-bucketv1',
  account: TENANT,
  parameter: 'Password',
  value: SECRET,
};
const OFFERED: OfferedTo = () =>
  Promise.resolve({
    outcome: 'ours',
    accounts: [{ id: TENANT, name: 'payments-dev', regions: ['eu-west-1'] }],
    productIds: ['prod-bucket'],
  });

const SIGNED_IN: { readonly accountId?: string } = { accountId: REPORTER };

/** Asks as Forge does, over the resolver. */
const ask = async (
  change: object = {},
  { catalog = catalogWith(), offeredTo = OFFERED, principal = SIGNED_IN } = {},
) => {
  const reported: string[] = [];
  const calls = createSealCalls({ offeredTo, siteOf: () => SITE, catalog: await reading(catalog) });
  const resolver = createPageResolver(calls, (problem) => reported.push(problem));
  const answer: unknown = await resolver(
    { call: { functionKey: 'order-form.seal', payload: { ...payload, ...change } }, context: {} },
    { principal, installContext: `ari:cloud:jira::site/${SITE}` },
  );
  return { answer, reported };
};

const context = (more: object = {}) =>
  sealedParameterContext({
    ...{ site: SITE, requester: REPORTER, productId: 'prod-bucket', account: TENANT, parameter: 'Password' },
    ...more,
  });

test('a value is sealed for its site, requester, product, account and parameter, and is all that is answered', async () => {
  const { answer, reported } = await ask();
  expect(answer).toEqual({
    outcome: 'ok',
    value: { sealed: expect.stringMatching(/^sealed\.1\./) as string },
  });
  expect(JSON.stringify(answer)).not.toContain(SECRET);
  expect(reported).toStrictEqual([]);
  const { sealed } = (answer as { value: { sealed: string } }).value;
  const open = (it: string) => openSealedValue({ sealed, context: it, unwrap: KEY.unwrap });
  expect(await open(context())).toBe(SECRET);
  for (const other of [
    { site: SITE.replace('1', '2') },
    { requester: '712020:somebody-else' },
    { productId: 'prod-other' },
    { account: OTHER_TENANT },
    { parameter: 'Token' },
  ]) {
    await expect(open(context(other))).rejects.toMatchObject({ reason: 'not-authentic' });
  }
});

test.each<[string, object, string]>([
  ['another product', { productId: 'prod-other' }, 'not-yours'],
  ['another account', { account: OTHER_TENANT }, 'not-yours'],
  ['a version that is gone', { provisioningArtifactId: 'pa-gone' }, 'changed'],
  ['a parameter that is gone', { parameter: 'Gone' }, 'changed'],
  ['a parameter that is to be read', { parameter: 'Purpose' }, 'changed'],
  ['more than the form sends', { extra: true }, 'invalid'],
  ['less than the form sends', { value: undefined }, 'invalid'],
  ['a value beyond measure', { value: 'x'.repeat(16_385) }, 'invalid'],
])('%s is refused, without a word of the value', async (_, change, code) => {
  const { answer, reported } = await ask(change);
  expect(answer).toMatchObject({ outcome: 'refused', code });
  expect(JSON.stringify([answer, reported])).not.toMatch(/cAnaRy|xxxx/);
});

test.each([
  ['too short', 'short', /at least 8 are needed/],
  ['not of the pattern', 'cAnaRy-1234', /the value does not match the pattern/],
  ['longer than AWS takes', 'a'.repeat(5000), /at most 4096 are possible/],
])('a value that is %s is refused with its field, and not repeated', async (_, value, words) => {
  const { answer } = await ask({ value });
  expect(answer).toMatchObject({
    outcome: 'refused',
    code: 'invalid',
    problems: [{ field: 'parameters.Password', message: expect.stringMatching(words) as string }],
  });
  expect(JSON.stringify(answer)).not.toMatch(/cAnaRy|short"|aaaa/);
});

test('without the key nothing can be sealed, and who can do something about it reads what', async () => {
  const { answer } = await ask({}, { catalog: { revision: 'r', products: catalogWith().products } });
  expect(answer).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('key') as string });
});

test.each([['not-ours', 'not-yours'] as const, ['not-set-up', 'not-set-up'] as const])(
  'on a request type that is %s nothing is sealed',
  async (outcome, code) => {
    const { answer } = await ask({}, { offeredTo: () => Promise.resolve({ outcome }) });
    expect(answer).toMatchObject({ outcome: 'refused', code });
  },
);

test('nobody who is not signed in has anything sealed', async () => {
  const { answer } = await ask({}, { principal: {} });
  expect(answer).toMatchObject({ code: 'signed-out' });
});
