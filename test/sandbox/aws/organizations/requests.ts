import { z } from 'zod';
import { AwsError, NotModelled } from '../service';

export const ServicePrincipal = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]*$/);
export const ParentId = z.string().regex(/^(r-[0-9a-z]{4,32})$|^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);

export const paged = { NextToken: z.string().optional(), MaxResults: z.int().min(1).max(20).optional() };

/** What Organizations shows when a request does not say how much it wants. */
const ownPageSize = 20;

/**
 * Checks an input against the limits of the API's model.
 * @throws AwsError `InvalidInputException` naming the member
 * @throws NotModelled for a member that the stand-in ignores
 */
export const parse = <Input>(operation: string, schema: z.ZodType<Input>, input: unknown): Input => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') throw new NotModelled(`${issue.keys.join(', ')} of ${operation}`);
  throw new AwsError(
    'InvalidInputException',
    `You provided a value that does not match the required pattern: ${issue?.path.join('.') ?? ''}`,
  );
};

/** @throws AwsError `InvalidInputException` for a token that was not given out */
export const pageOf = <Item>(
  items: readonly Item[],
  request: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): { items: Item[]; next: string | undefined } => {
  const start = request.NextToken === undefined ? 0 : Number(request.NextToken);
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError('InvalidInputException', 'You specified a next token that is not valid.');
  const end = start + (request.MaxResults ?? ownPageSize);
  return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
};
