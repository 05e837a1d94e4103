import { DATA_PROD, RESEARCH } from '../sandbox/organization';
import { type PersonName, REQUEST_TYPE } from '../sandbox/site';
import { type Form, HOUR, type Journey, MINUTE, startJourney } from './journey';

/*
 * What the approver would never have been able to launch is refused before anybody is asked. Invariants 1 (nothing is
 * launched without an approval) and 9 (what is refused says why).
 */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
  const { serviceCatalog, portfolio, atlassian } = journey.sandbox;
  serviceCatalog.seed.setGuidance(portfolio.product('network').versionId, 'DEPRECATED');
  serviceCatalog.seed.setActive(portfolio.product('instance').versionId, false);
  await atlassian.runScheduled('catalog-sync');
});
afterAll(() => journey.sandbox.close());

const product = (key: string): Partial<Form> => {
  const { productId, versionId } = journey.sandbox.portfolio.product(key);
  return { productId, provisioningArtifactId: versionId, parameters: {} };
};

interface BadOrder {
  readonly what: string;
  /** The order as it is raised, by default a good one. */
  readonly order: () => unknown;
  /** Words that its comment has to have. */
  readonly words: readonly RegExp[];
  readonly as?: PersonName;
}

const badOrders: readonly BadOrder[] = [
  {
    what: 'an unknown product',
    order: () => journey.form({ productId: 'prod-nosuchthing' }),
    words: [/Product: "prod-nosuchthing" is not in the catalogue/, /Choose another product/],
  },
  {
    what: 'an unknown version',
    order: () => journey.form({ provisioningArtifactId: 'pa-nosuchthing' }),
    words: [/Version: Private bucket has no version "pa-nosuchthing"/, /Choose 1\.1/],
  },
  {
    what: 'a deprecated version',
    order: () => journey.form(product('network')),
    words: [/Version: 1\.0 is deprecated/, /no version that can be launched now; ask the service desk/],
  },
  {
    what: 'a version that is not active',
    order: () => journey.form(product('instance')),
    words: [/Version: 1\.0 is not active/, /ask the service desk/],
  },
  {
    what: 'a number above its bound',
    order: () => journey.form({ parameters: { RetentionDays: '3651' } }),
    words: [/Retention in days \(RetentionDays\): "3651" is more than 3650/],
  },
  {
    what: 'a number below its bound',
    order: () => journey.form({ parameters: { RetentionDays: '0' } }),
    words: [/RetentionDays\): "0" is less than 1/],
  },
  {
    what: 'a number that is none',
    order: () => journey.form({ parameters: { RetentionDays: 'for ever' } }),
    words: [/RetentionDays\): "for ever" has to be a number/],
  },
  {
    what: 'a value that is not among those allowed',
    order: () => journey.form({ parameters: { DataClassification: 'top secret' } }),
    words: [/DataClassification\): "top secret" is not one of "internal", "confidential", "restricted"/],
  },
  {
    what: 'a value that does not match its pattern as a whole',
    order: () => journey.form({ parameters: { BucketName: 'fine-so-far\nNot_fine' } }),
    words: [/BucketName\): .* is not of the form that is asked for/, /3 to 63 lower-case letters/],
  },
  {
    what: 'an unknown parameter',
    order: () => journey.form({ parameters: { RetentionDays: '30', Owner: 'me' } }),
    words: [/Owner: this version has no such parameter\. Leave it out/],
  },
  {
    what: 'an account of another organization',
    order: () => journey.form({ account: DATA_PROD }),
    words: [/Account: "100000000004" is not an account that you may use/, /payments-dev \(100000000003\)/],
  },
  {
    what: 'an account that is nobody’s here',
    order: () => journey.form({ account: '999999999999' }),
    words: [/Account: "999999999999" is not an account that you may use/],
  },
  {
    what: 'an account of a team that its reporter is not in',
    order: () => journey.form(),
    as: 'outsider',
    words: [/Account: "100000000003" is not an account that you may use/, /data-prod \(100000000004\)/],
  },
  {
    what: 'a region that the account does not have',
    order: () => journey.form({ region: 'us-east-1' }),
    words: [/Region: "us-east-1" is not offered for payments-dev\. Choose eu-west-1/],
  },
  {
    what: 'a name that AWS would not take',
    order: () => journey.form({ name: 'with spaces' }),
    words: [/Name: it has to start with a letter or digit/],
  },
  {
    what: 'a reserved tag',
    order: () => ({ ...journey.form(), tags: { 'gatehouse:request': 'CLOUD-1' } }),
    words: [/Tag "gatehouse:request": keys that start with .* are reserved\. Choose another key/],
  },
  {
    what: 'a property that is no order',
    order: () => 'everything, please',
    words: [/The order form cannot be read/],
  },
  {
    what: 'an order with a member too many',
    order: () => ({ ...journey.form(), requester: 'somebody else' }),
    words: [/The order form cannot be read.*requester/],
  },
  {
    what: 'an order without its account',
    order: () => ({ ...journey.form(), account: undefined }),
    words: [/The order form cannot be read at account/],
  },
];

test.each(badOrders)(
  '$what is refused in words that its reporter can act on',
  async ({ order, words, as }) => {
    const key = await journey.raise(order(), as && { as });
    await journey.reaches(key, 'refused-order', MINUTE);

    const [comment = '', ...others] = journey.comments(key);
    expect(others).toStrictEqual([]);
    expect(comment).toMatch(
      /^This order cannot be launched as it stands, so nobody has been asked to approve it/,
    );
    for (const expected of words) expect(comment).toMatch(expected);
    expect(comment).toMatch(/Please raise a new request with these points put right/);
  },
);

test('several mistakes are told at once', async () => {
  const key = await journey.raise(
    journey.form({ region: 'us-east-1', name: '', parameters: { RetentionDays: '0', Owner: 'me' } }),
  );
  const [comment = ''] = journey.comments(key);
  for (const about of [/Region:/, /Name:/, /RetentionDays/, /Owner/]) expect(comment).toMatch(about);
});

test('a product that the request type does not offer is refused, though the catalogue has it', async () => {
  const { site, settings, portfolio } = journey.sandbox;
  const { productId } = portfolio.product('private-bucket');
  const products = settings.products.filter(
    (offer) => offer.productId !== productId || offer.requestTypeId !== REQUEST_TYPE.unapproved,
  );
  const write = (value: unknown) => site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
  await write({ ...settings, products });
  const key = await journey.raise(undefined, { requestTypeId: REQUEST_TYPE.unapproved });
  await write(settings);
  expect(journey.state(key)).toBe('refused-order');
  expect(journey.comments(key)[0]).toMatch(/Private bucket is not offered with this type of request/);
});

test('a refused order no longer waits for its approver, is found by JQL, and AWS never hears of it', async () => {
  const { site, clock, journal, aws } = journey.sandbox;
  await clock.advance(HOUR);
  const refused = site.requests();
  expect(refused.length).toBeGreaterThan(badOrders.length);
  for (const { key, status } of refused) {
    expect([key, status, journey.state(key)]).toEqual([key, 'Declined', 'refused-order']);
    expect(journey.comments(key)).toHaveLength(1);
    expect(journey.comments(key, 'internal')).toStrictEqual([]);
  }
  expect(site.search('gatehouseState = "refused-order"').sort()).toEqual(
    refused.map(({ key }) => key).sort(),
  );
  await expect(journey.approve(refused[0]?.key ?? '')).rejects.toMatchObject({ status: 409 });

  await clock.advance(HOUR);
  expect(journal.of('bridge', 'POST /webhook')).toStrictEqual([]);
  expect(journal.of('sts')).toStrictEqual([]);
  expect(aws.lambda.engine.executions).toStrictEqual([]);
});

test('a version that was deprecated after the catalogue was last read is refused by AWS, in words', async () => {
  const { serviceCatalog, portfolio } = journey.sandbox;
  const { versionId } = portfolio.product('private-bucket');
  const key = await journey.raise();
  serviceCatalog.seed.setGuidance(versionId, 'DEPRECATED');
  await journey.approve(key);
  await journey.reaches(key, 'refused');
  serviceCatalog.seed.setGuidance(versionId, 'DEFAULT');
  expect(journey.launches(key)).toStrictEqual([]);
  expect(journey.comments(key).at(-1)).toMatch(/deprecated/i);
});

test('an account without Gatehouse’s role is told as such, and nothing is launched', async () => {
  const key = await journey.raise(journey.form({ account: RESEARCH }));
  await journey.approve(key);
  await journey.reaches(key, 'refused', 26 * HOUR);
  expect(journey.launches(key)).toStrictEqual([]);
  expect(journey.comments(key).at(-1)).toMatch(/research|100000000005/);
});
