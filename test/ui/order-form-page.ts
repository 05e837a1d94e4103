import { z } from 'zod';
import type { Parameter, VersionDescription } from '../../aws-bridge/contract/catalog';
import type { Answer } from '../../forge-app/pages/answer';
import type { ChoicesShown } from '../../forge-app/pages/order-form/choices-view';
import type { OrderFormView, ProductOffer } from '../../forge-app/pages/order-form/view';
import { type OrderForm, readOrderForm } from '../../forge-app/order/order-form';
import { openPage, type Page } from './ui-kit';

export const ACCOUNT = { id: '100000000003', name: 'payments-dev', regions: ['eu-west-1'] };

export type Open = Extract<OrderFormView, { ours: true }>;

export const aDescription = (
  parameters: readonly Parameter[],
  more: Partial<VersionDescription> = {},
): VersionDescription => ({
  parameters: [...parameters],
  resourceTypes: ['AWS::S3::Bucket'],
  capabilities: [],
  ...more,
});

export const anOffer = (overrides: Partial<ProductOffer> = {}): ProductOffer => ({
  id: 'prod-bucket',
  name: 'Private bucket',
  region: 'eu-west-1',
  constraints: [],
  versions: [{ id: 'pa-bucketv1', name: 'v1', createdAt: '2026-01-02T10:00:00.000Z' }],
  described: { versionId: 'pa-bucketv1', as: aDescription([]) },
  ...overrides,
});

export const anOpenForm = (overrides: Partial<Open> = {}): Open => {
  const offer = overrides.offer === undefined ? anOffer() : overrides.offer;
  return {
    ours: true,
    accounts: [ACCOUNT],
    products: offer === null ? [] : [{ id: offer.id, name: offer.name, region: offer.region }],
    awaited: false,
    ...overrides,
    offer,
  };
};

/** What was sealed, so that the order shows that it is not the value itself. */
export const SEALED = `sealed.1.${'A'.repeat(683)}.${'B'.repeat(16)}.${'C'.repeat(24)}`;

const Submitted = z.object({
  fields: z.array(z.object({ key: z.string(), value: z.unknown() })),
  isValid: z.boolean(),
});

export interface OpenOrderForm {
  readonly page: Page;
  /** What was asked of the resolver, in order. */
  readonly asked: { readonly name: string; readonly payload: unknown }[];
  /** The newest that was handed to the request. @throws where nothing was */
  readonly submitted: () => { readonly form: OrderForm | undefined; readonly isValid: boolean };
}

/** The form with a resolver of the test's own. */
export const openOrderForm = async (
  open: Answer<OrderFormView> | (() => Answer<OrderFormView>),
  answers: {
    readonly describe?: (asked: unknown) => Answer<ProductOffer>;
    readonly choices?: (asked: unknown) => Answer<ChoicesShown>;
    readonly seal?: (asked: unknown) => Answer<{ readonly sealed: string }>;
    readonly locale?: 'en-US' | 'de-DE';
  } = {},
): Promise<OpenOrderForm> => {
  const asked: { name: string; payload: unknown }[] = [];
  const page = await openPage({
    resource: 'order-form',
    context: { locale: answers.locale ?? 'en-US' },
    answer: (name, payload) => {
      asked.push({ name, payload });
      switch (name) {
        case 'order-form.open':
          return Promise.resolve(typeof open === 'function' ? open() : open);
        case 'order-form.describe':
          return Promise.resolve(answers.describe?.(payload));
        case 'order-form.choices':
          return Promise.resolve(answers.choices?.(payload) ?? { outcome: 'refused', code: 'unavailable' });
        case 'order-form.seal':
          return Promise.resolve(answers.seal?.(payload) ?? { outcome: 'ok', value: { sealed: SEALED } });
        default:
          throw new Error(`the form asks for ${name}`);
      }
    },
  });
  return {
    page,
    asked,
    submitted: () => {
      const { fields, isValid } = Submitted.parse(page.submissions.at(-1));
      const reading = readOrderForm({ fields });
      return { form: reading.outcome === 'read' ? reading.form : undefined, isValid };
    },
  };
};

export const opened = (overrides: Partial<Open> = {}): Answer<OrderFormView> => ({
  outcome: 'ok',
  value: anOpenForm(overrides),
});
