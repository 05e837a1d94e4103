import { z } from 'zod';
import { SECRET } from '../../../infra/names';
import { PERSON, type PersonName } from '../../sandbox/site';

/** Somebody by what they are there for. */
export const Person = z.enum(Object.keys(PERSON) as [PersonName, ...PersonName[]]);

const Account = z.string().regex(/^\d{12}$/);
const Path = z
  .string()
  .max(2000)
  .regex(/^\/rest\/[^\s#]*$/)
  .refine((path) => !/(^|\/)\.\.?(\/|\?|$)/.test(path), 'has no way up');

/** One thing that somebody outside of Gatehouse does. Whatever happens in the sandbox follows from these and from time. */
export const Act = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jira'),
    as: Person,
    method: z.enum(['POST', 'PUT', 'DELETE']),
    path: Path,
    body: z.unknown().optional(),
  }),
  z.strictObject({
    kind: z.literal('portal request'),
    as: Person,
    requestTypeId: z.string(),
    summary: z.string().trim().min(1).max(255),
    /** What the create screen's panel submitted last; none where it rendered nothing. */
    panel: z.strictObject({ fields: z.array(z.unknown()), isValid: z.boolean() }).optional(),
  }),
  z.strictObject({
    kind: z.literal('page call'),
    as: Person,
    module: z.string(),
    functionKey: z.string(),
    payload: z.unknown().optional(),
    extension: z.record(z.string(), z.unknown()).optional(),
    locale: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('console launch'),
    as: Person,
    account: Account,
    productId: z.string(),
    versionId: z.string(),
    name: z.string().min(1).max(128),
    parameters: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    kind: z.literal('console delete stack'),
    as: Person,
    account: Account,
    stack: z.string(),
  }),
  z.strictObject({
    kind: z.literal('console put secret'),
    as: Person,
    name: z.enum([SECRET.webhook, SECRET.callback]),
    value: z.string().max(10_000),
  }),
  z.strictObject({ kind: z.literal('console terminate'), as: Person, account: Account, name: z.string() }),
]);
export type Act = z.infer<typeof Act>;

/** What came of it, as whoever did it is told. */
export interface Outcome {
  /** HTTP status of the answer. */
  readonly status: number;
  readonly body: unknown;
  /** What a repetition has to come to as well: ids and verdicts, nothing that is drawn by lot, no secret. */
  readonly mark: string;
}
