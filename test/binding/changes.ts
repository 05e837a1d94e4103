import type { Order } from '../../aws-bridge/contract/order';
import { DATA_PROD } from '../sandbox/organization';
import { PERSON } from '../sandbox/site';

export type Field = keyof Order;

/** One way in which one field of an order can become another. Whatever it becomes could be launched, were it not for its approval. */
export interface Change {
  readonly field: Field;
  readonly what: string;
  readonly to: (order: Order) => Order;
}

/** What there is to change to. */
export interface Elsewhere {
  /** A product with the same parameters, in a version of its own. */
  readonly product: Pick<Order, 'productId' | 'provisioningArtifactId'>;
  /** Another version of the product that is ordered. */
  readonly version: string;
  readonly path: string;
  /** Of the same person, for the same product, account and parameter. */
  readonly sealed: string;
}

export const SEALED_PARAMETER = 'Password';

const without = <Members extends object, Name extends string>(
  members: Members,
  name: Name,
): Omit<Members, Name> => {
  const left: Partial<Record<string, unknown>> = { ...members };
  Reflect.deleteProperty(left, name);
  // It has everything but that one.
  return left as Omit<Members, Name>;
};

/** The ways of each field. A field of the contract's that has no row here fails a test. */
const ROWS: Readonly<Record<Field, (elsewhere: Elsewhere) => Readonly<Record<string, Change['to']>>>> = {
  productId: ({ product }) => ({ 'another product': (order) => ({ ...order, ...product }) }),
  provisioningArtifactId: ({ version }) => ({
    'another version': (order) => ({ ...order, provisioningArtifactId: version }),
  }),
  account: () => ({ 'another account': (order) => ({ ...order, account: DATA_PROD }) }),
  region: () => ({ 'another region': (order) => ({ ...order, region: 'us-east-1' }) }),
  pathId: ({ path }) => ({ 'a path of its own': (order) => ({ ...order, pathId: path }) }),
  parameters: () => ({
    'another value': (order) => ({ ...order, parameters: { ...order.parameters, RetentionDays: '3650' } }),
    'one more': (order) => ({ ...order, parameters: { ...order.parameters, Encryption: 'SSE-KMS' } }),
    'one less': (order) => ({ ...order, parameters: without(order.parameters, 'RetentionDays') }),
  }),
  sealedParameters: ({ sealed }) => ({
    'another value': (order) => ({ ...order, sealedParameters: { [SEALED_PARAMETER]: sealed } }),
    'one less': (order) => without(order, 'sealedParameters'),
  }),
  tags: () => ({
    'another value': (order) => ({ ...order, tags: { ...order.tags, 'cost-centre': '4711' } }),
    'one more': (order) => ({ ...order, tags: { ...order.tags, public: 'yes' } }),
    'one less': (order) => ({ ...order, tags: without(order.tags, 'cost-centre') }),
    'the request of somebody else': (order) => ({
      ...order,
      tags: { ...order.tags, 'gatehouse:request': 'CLOUD-99999' },
    }),
  }),
  name: () => ({ 'another name': (order) => ({ ...order, name: 'not-what-was-approved' }) }),
  requester: () => ({ 'somebody else': (order) => ({ ...order, requester: PERSON.colleague }) }),
};

export const fieldsWithRows = (): readonly string[] => Object.keys(ROWS);

export const changesTo = (elsewhere: Elsewhere): readonly Change[] =>
  (Object.keys(ROWS) as Field[]).flatMap((field) =>
    Object.entries(ROWS[field](elsewhere)).map(([what, to]) => ({ field, what, to })),
  );
