import { z } from 'zod';
import { digestOf, Order } from '../../aws-bridge/contract/order';
import type { AwsCall } from '../sandbox/aws/service';
import { appUuid, PERSON } from '../sandbox/site';
import { type Journey, MINUTE, startJourney } from './journey';

/* Invariant 2: what is launched is exactly what was approved, byte for byte of the canonical order. */

/** What Service Catalog was asked for, as it came off the wire. */
const Asked = z.object({
  operation: z.literal('ProvisionProduct'),
  region: z.string(),
  principal: z.object({ account: z.string() }),
  input: z.object({
    ProductId: z.string(),
    ProvisioningArtifactId: z.string(),
    ProvisionedProductName: z.string(),
    ProvisioningParameters: z.array(z.object({ Key: z.string(), Value: z.string() })),
    Tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  }),
});

const members = (pairs: readonly { readonly Key: string; readonly Value: string }[]) =>
  Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));

let journey: Journey;
let wire: jest.SpyInstance<Promise<object>, [call: AwsCall]>;
beforeAll(async () => {
  journey = await startJourney();
  wire = jest.spyOn(journey.sandbox.serviceCatalog.service, 'handle');
});
afterAll(() => journey.sandbox.close());
afterEach(() => wire.mockClear());

/** The order that a launch amounts to, put together from nothing but what reached Service Catalog. */
const launchedOrder = (): Order => {
  const [asked, ...others] = wire.mock.calls.flatMap(([call]) => Asked.safeParse(call).data ?? []);
  if (!asked || others.length > 0) throw new Error(`Service Catalog was asked ${others.length} times more`);
  const { input, region, principal } = asked;
  return Order.parse({
    productId: input.ProductId,
    provisioningArtifactId: input.ProvisioningArtifactId,
    account: principal.account,
    region,
    pathId: null,
    parameters: members(input.ProvisioningParameters),
    tags: members(input.Tags),
    name: input.ProvisionedProductName.slice(0, -11),
    requester: PERSON.employee,
  });
};

const approvedDigest = (key: string): string | undefined =>
  /^Digest: ([0-9a-f]{64})$/m.exec(journey.comments(key)[0] ?? '')?.[1];

test('the digest that the approver saw is that of what Service Catalog was asked for', async () => {
  const parameters = { RetentionDays: '7', DataClassification: 'confidential', Encryption: 'SSE-KMS' };
  const tags = { 'cost-centre': 'R+D Zürich', team: 'payments' };
  const key = await journey.raise({ ...journey.form({ name: 'exact', parameters }), tags });
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  const order = launchedOrder();
  expect(order).toMatchObject({ name: 'exact', parameters, tags: { ...tags, 'gatehouse:request': key } });
  expect(digestOf(order)).toBe(approvedDigest(key));
});

test('an order that is changed while its delivery waits is not launched, neither as it was nor as it is', async () => {
  const { faults, site, atlassian, clock } = journey.sandbox;
  const key = await journey.raise(journey.form({ name: 'frozen', parameters: { RetentionDays: '7' } }));
  faults.plan('bridge', 'POST /webhook', 'failed');
  await journey.approve(key);
  await journey.reaches(key, 'sending', MINUTE);
  await clock.until(() => journey.deliveries(key) > 0, MINUTE, 'a first delivery');
  await site.setProperty({
    as: 'agent',
    key,
    property: appUuid(atlassian.appId),
    value: journey.form({ name: 'frozen', parameters: { RetentionDays: '3650' } }),
  });
  await journey.reaches(key, 'blocked');
  expect(journey.deliveries(key)).toBe(1);
  expect(journey.launches(key)).toStrictEqual([]);
  expect(journey.comments(key).at(-1)).toMatch(/order was changed after it was checked/);
});
