import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Digest, digestOf, Order, sealedParameterContext } from '../../../aws-bridge/contract/order';
import { anOrder, APPROVER, REPORTER, SITE } from '../../builders/orders';
import { OTHER_TENANT, TENANT } from '../../builders/settings';

const id = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,20}$/);
const sealed = fc.stringMatching(/^sealed\.1\.[\w-]{683}\.[\w-]{16}\.[\w-]{22,60}$/);
const required = fc.record({
  productId: id,
  provisioningArtifactId: id,
  account: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom('eu-west-1', 'us-east-1', 'ap-southeast-2'),
  pathId: fc.option(id),
  parameters: fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,10}$/), fc.string({ unit: 'grapheme' })),
  tags: fc.dictionary(fc.stringMatching(/^[a-z:]{1,10}$/), fc.stringMatching(/^[a-z ]{0,10}$/), {
    maxKeys: 5,
  }),
  name: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
  requester: fc.stringMatching(/^[a-z0-9:_-]{1,20}$/),
});
const orders: fc.Arbitrary<Order> = fc.oneof(
  required,
  fc
    .tuple(
      required,
      fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,10}$/), sealed, { minKeys: 1, maxKeys: 2 }),
    )
    .map(([order, sealedParameters]) => ({ ...order, sealedParameters })),
);
/** The first order with one member as the other has it, or without it as the other is. */
const withMember = (order: Order, field: keyof Order, other: Order): Order => {
  const rest = Object.fromEntries(Object.entries(order).filter(([member]) => member !== field));
  return Order.parse({ ...rest, ...(Object.hasOwn(other, field) && { [field]: other[field] }) });
};

test('the digest is the SHA-256 of the canonical JSON, in hexadecimal', () => {
  const canonical =
    '{"account":"100000000003","name":"invoices","parameters":{"BucketPurpose":"Invoices of the year"},"pathId":null,' +
    '"productId":"prod-bucket","provisioningArtifactId":"pa-bucketv1","region":"eu-west-1",' +
    '"requester":"712020:aaaaaaaa-0000-4000-8000-000000000001","tags":{"gatehouse:request":"IT-42"}}';
  const digest = digestOf(anOrder());
  expect(digest).toBe(createHash('sha256').update(canonical).digest('hex'));
  expect(Digest.safeParse(digest).success).toBe(true);
});

test('an order keeps its digest over the wire, whatever the order of its members', () => {
  fc.assert(
    fc.property(orders, (order) => {
      fc.pre(Order.safeParse(order).success);
      const digest = digestOf(order);
      expect(digestOf(Order.parse(JSON.parse(JSON.stringify(order))))).toBe(digest);
      const reversed: unknown = Object.fromEntries(Object.entries(order).reverse());
      expect(digestOf(Order.parse(reversed))).toBe(digest);
    }),
  );
});

const fields = Object.keys(Order.shape) as (keyof Order)[];

test.each(fields)('another %s is another digest', (field) => {
  let different = 0;
  fc.assert(
    fc.property(orders, orders, (order, other) => {
      fc.pre(Order.safeParse(order).success && Order.safeParse(other).success);
      const changed = withMember(order, field, other);
      const same = JSON.stringify(changed[field]) === JSON.stringify(order[field]);
      if (!same) different += 1;
      if (!same && !['parameters', 'sealedParameters', 'tags'].includes(field))
        expect(digestOf(changed)).not.toBe(digestOf(order));
      if (digestOf(changed) === digestOf(order)) expect(changed).toEqual(order);
      else expect(changed).not.toEqual(order);
    }),
  );
  expect(different).toBeGreaterThan(10);
});

test('one character of one value, one name and one member more are each another digest', () => {
  const digests = [
    anOrder(),
    anOrder({ parameters: { BucketPurpose: 'Invoices of the year ' } }),
    anOrder({ parameters: { Bucketpurpose: 'Invoices of the year' } }),
    anOrder({ parameters: { BucketPurpose: 'Invoices of the year', Extra: '' } }),
    anOrder({ parameters: {} }),
    anOrder({ parameters: { BucketPurpose: 'Invoices of the year'.normalize('NFD') + '\u0301' } }),
    anOrder({ tags: {} }),
    anOrder({ pathId: 'null' }),
  ].map(digestOf);
  expect(new Set(digests).size).toBe(digests.length);
});

test('a value cannot move from one field to another unnoticed', () => {
  const digests = [
    anOrder({ parameters: { a: 'b' }, tags: {} }),
    anOrder({ parameters: {}, tags: { a: 'b' } }),
    anOrder({ parameters: { a: '"},"tags":{"a":"b' }, tags: {} }),
  ].map(digestOf);
  expect(new Set(digests).size).toBe(3);
});

test('a value is sealed for one site, requester, product, account and parameter, and for being a parameter', () => {
  const own = {
    ...{ site: SITE, requester: REPORTER, productId: 'prod-bucket', account: TENANT },
    parameter: 'Password',
  };
  expect(sealedParameterContext(own)).toBe(
    `{"account":"${TENANT}","parameter":"Password","productId":"prod-bucket","requester":"${REPORTER}","sealed":"parameter","site":"${SITE}"}`,
  );
  const others = [
    { ...own, site: SITE.replace('1', '2') },
    { ...own, requester: APPROVER },
    { ...own, productId: 'prod-other' },
    { ...own, account: OTHER_TENANT },
    { ...own, parameter: 'Other' },
  ];
  expect(new Set([own, ...others].map(sealedParameterContext)).size).toBe(6);
});
