import { z } from 'zod';
import { AwsError, NotModelled } from '../service';

const ServicePrincipal = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]*$/);
const ParentId = z
  .string()
  .max(100)
  .regex(/^(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/);
const AccountId = z
  .string()
  .max(12)
  .regex(/^\d{12}$/);

const paged = {
  NextToken: z.string().max(100_000).optional(),
  MaxResults: z.int().min(1).max(20).optional(),
};
const service = z.strictObject({ ServicePrincipal });
const delegation = z.strictObject({ AccountId, ServicePrincipal });
const within = z.strictObject({ ParentId, ...paged });

/** Errors that every operation declares. */
const outside = ['AccessDeniedException', 'AWSOrganizationsNotInUseException'];
const refused = [...outside, 'InvalidInputException'];

/** What the operations take, within the limits of the API's model, and the errors of it that they answer. */
export const OPERATIONS = {
  DescribeOrganization: { input: z.strictObject({}), refuses: outside },
  ListRoots: { input: z.strictObject(paged), refuses: refused },
  ListAccounts: { input: z.strictObject(paged), refuses: refused },
  ListAccountsForParent: { input: within, refuses: [...refused, 'ParentNotFoundException'] },
  ListOrganizationalUnitsForParent: { input: within, refuses: [...refused, 'ParentNotFoundException'] },
  ListAWSServiceAccessForOrganization: { input: z.strictObject(paged), refuses: refused },
  ListDelegatedAdministrators: {
    input: z.strictObject({ ServicePrincipal: ServicePrincipal.optional(), ...paged }),
    refuses: refused,
  },
  EnableAWSServiceAccess: { input: service, refuses: refused },
  DisableAWSServiceAccess: { input: service, refuses: refused },
  RegisterDelegatedAdministrator: {
    input: delegation,
    refuses: [
      ...refused,
      'AccountAlreadyRegisteredException',
      'AccountNotFoundException',
      'ConstraintViolationException',
    ],
  },
  DeregisterDelegatedAdministrator: {
    input: delegation,
    refuses: [...refused, 'AccountNotFoundException', 'AccountNotRegisteredException'],
  },
} as const satisfies Readonly<
  Record<string, { readonly input: z.ZodType; readonly refuses: readonly string[] }>
>;
export type OperationName = keyof typeof OPERATIONS;

export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** What Organizations shows when a request does not say how much it wants. */
const ownPageSize = 20;

/**
 * Checks an input against the limits of the API's model.
 * @throws AwsError `InvalidInputException` naming the member
 * @throws NotModelled for a member that the stand-in ignores
 */
export const parse = <Name extends OperationName>(
  operation: Name,
  input: unknown,
): z.infer<(typeof OPERATIONS)[Name]['input']> => {
  const parsed = OPERATIONS[operation].input.safeParse(input);
  if (parsed.success) return parsed.data as z.infer<(typeof OPERATIONS)[Name]['input']>;
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
