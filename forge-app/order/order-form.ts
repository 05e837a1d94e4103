import { z } from 'zod';
import type { OrderProblem } from './order-problem';
import { oneLine, printable, sentence } from './printable';

/** CloudFormation takes at most 200 parameters, Service Catalog at most 50 tags. */
const record = (limit: number, what: string, value = z.string().max(16_384)) =>
  z
    .record(z.string().max(255), value)
    .refine((members) => Object.keys(members).length <= limit, `at most ${limit} ${what}`);

/**
 * What the portal's form sends. It comes from the reporter's browser, so it proves nothing: only its shape is
 * known here, and `fixOrder` checks what it asks for against the catalogue and the project's settings.
 */
export const OrderForm = z.strictObject({
  productId: z.string().max(128),
  provisioningArtifactId: z.string().max(128),
  account: z.string().max(128),
  region: z.string().max(128),
  name: z.string().max(256),
  parameters: record(200, 'parameters'),
  /** Values that must not be shown, as `order-form.seal` gave them. */
  sealedParameters: record(200, 'sealed values', z.string().max(23_000)).optional(),
  tags: record(50, 'tags').optional(),
  /** The launch path; needed only where an account has several. */
  pathId: z.string().max(128).nullish(),
});
export type OrderForm = z.infer<typeof OrderForm>;

/**
 * - `read`: the form
 * - `absent`: the request carries no order at all, so it is none of ours
 * - `malformed`: there is something, but it is not an order
 */
export type OrderFormReading =
  | { readonly outcome: 'read'; readonly form: OrderForm }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'malformed'; readonly problems: readonly OrderProblem[] };

/**
 * Reads the order out of the request's property.
 *
 * The documentation does not settle how Jira stores what the portal's panel submits, so three ways of writing the
 * same thing are understood: the form itself; `{ fields: [{ key, value }] }`, as the panel submits it; and that
 * list alone. Within a list, either each member of the form is a field, or one field holds the whole form.
 */
export const readOrderForm = (propertyValue: unknown): OrderFormReading => {
  if (propertyValue === undefined || propertyValue === null) return { outcome: 'absent' };
  const fields = fieldsOf(propertyValue);
  if (fields?.length === 0) return { outcome: 'absent' };
  const value = fields ? fromFields(fields) : propertyValue;
  if (value === undefined) {
    return malformed([{ field: 'form', message: 'The order form holds the same field twice.' }]);
  }
  const parsed = OrderForm.safeParse(value);
  if (parsed.success) return { outcome: 'read', form: parsed.data };
  return malformed(
    parsed.error.issues.map((issue) => {
      const field = printable(issue.path.map(String).join('.'), 300) || 'form';
      return {
        field,
        message: `The order form cannot be read at ${field}: ${sentence(oneLine(issue.message))}`,
      };
    }),
  );
};

const malformed = (problems: readonly OrderProblem[]): OrderFormReading => ({
  outcome: 'malformed',
  problems,
});

const Field = z.object({ key: z.string(), value: z.unknown() });
type Field = z.infer<typeof Field>;
const Fields = z.union([
  z.array(Field),
  z.object({ fields: z.array(Field) }).transform(({ fields }) => fields),
]);

const fieldsOf = (value: unknown): readonly Field[] | undefined => Fields.safeParse(value).data;

/** @returns undefined where a key is there twice: which one was meant cannot be told */
const fromFields = (fields: readonly Field[]): unknown => {
  const [first] = fields;
  if (fields.length === 1 && first && !Object.hasOwn(OrderForm.shape, first.key))
    return unwrapped(first.value);
  const members = new Map(
    fields.map(({ key, value }) => [key, STRUCTURED.has(key) ? unwrapped(value) : value]),
  );
  return members.size === fields.length ? Object.fromEntries(members) : undefined;
};

const STRUCTURED = new Set(['parameters', 'sealedParameters', 'tags']);

/** A field may carry structure as JSON text, because only text is certain to survive. */
const unwrapped = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
