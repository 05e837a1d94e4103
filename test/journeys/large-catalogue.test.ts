import { z } from 'zod';
import { configuration } from '../sandbox/configuration';
import { type Journey, MINUTE, startJourney } from './journey';

/* A catalogue that no single answer tells is brought in by parts, and what is orderable already can be ordered meanwhile. */

const PRODUCTS = 30;
const VERSIONS = 4;

const Product = z.object({ versions: z.array(z.object({ described: z.unknown() })) });
const Books = z.object({ complete: z.boolean() });

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.sandbox.close());

/** Has the hub offer many products more, with the private bucket's template. @returns their ids */
const offerMany = (): string[] => {
  const { serviceCatalog, deployment, portfolio } = journey.sandbox;
  const bucket = deployment
    .of('AWS::ServiceCatalog::CloudFormationProduct')
    .find(({ made }) => made.id === portfolio.product('private-bucket').productId);
  const templateUrl = /"LoadTemplateFromURL":"([^"]+)"/.exec(JSON.stringify(bucket?.properties))?.[1] ?? '';
  const home = { account: configuration.hubAccount, region: configuration.regions[0] ?? '' };
  return Array.from({ length: PRODUCTS }, (_, n) => {
    const product = { ...home, name: `Product ${n}`, owner: 'Cloud platform' };
    const productId = serviceCatalog.seed.createProduct(product);
    for (let version = 1; version <= VERSIONS; version += 1) {
      serviceCatalog.seed.addVersion({ productId, name: `${version}.0`, templateUrl });
    }
    serviceCatalog.seed.addProduct(portfolio.id, productId);
    return productId;
  });
};

test('all of it arrives within minutes, each version is described once, and orders go on meanwhile', async () => {
  const { atlassian, clock } = journey.sandbox;
  const stored = (key: string): unknown => atlassian.storage.get('plain', key)?.value;
  const products = offerMany();
  const known = (): number =>
    products
      .flatMap((id) => Product.safeParse(stored(`catalog:product:${id}`)).data?.versions ?? [])
      .filter(({ described }) => typeof described === 'object').length;

  const before = journey.done('servicecatalog', 'DescribeProvisioningArtifact');
  const described = (): number => journey.done('servicecatalog', 'DescribeProvisioningArtifact') - before;
  await atlassian.runScheduled('catalog-sync');
  expect(described()).toBeLessThanOrEqual(40);
  expect(known()).toBeGreaterThan(0);
  expect(known()).toBeLessThan(PRODUCTS * VERSIONS);

  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');

  const isWhole = (): boolean => Books.parse(stored('catalog:books')).complete;
  await clock.until(isWhole, 15 * MINUTE, 'the whole catalogue');
  expect(known()).toBe(PRODUCTS * VERSIONS);
  expect(described()).toBe(PRODUCTS * VERSIONS);

  const rounds = (): number => journey.done('forge function', 'on-catalog-rest');
  const needed = rounds();
  expect(needed).toBeGreaterThanOrEqual(2);
  await clock.advance(10 * MINUTE);
  expect(rounds()).toBe(needed);
});
