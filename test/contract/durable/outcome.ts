import { z } from 'zod';

/** What is compared of an execution: everything that a handler or an operator could notice, but for ids and times. */
export const Outcome = z.object({
  status: z.string(),
  result: z.unknown().optional(),
  error: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
  operations: z.array(
    z.object({
      type: z.string(),
      subType: z.string().optional(),
      name: z.string().optional(),
      status: z.string(),
      attempt: z.number().optional(),
      parent: z.string().optional(),
      result: z.string().optional(),
      error: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
    }),
  ),
});
export type Outcome = z.infer<typeof Outcome>;

interface WireError {
  readonly ErrorType?: string | undefined;
  readonly ErrorMessage?: string | undefined;
}

/** An operation as both engines describe it. */
export interface WireOperation {
  readonly Id?: string | undefined;
  readonly ParentId?: string | undefined;
  readonly Type?: string | undefined;
  readonly SubType?: string | undefined;
  readonly Name?: string | undefined;
  readonly Status?: string | undefined;
  readonly StepDetails?:
    | {
        readonly Attempt?: number | undefined;
        readonly Result?: string | undefined;
        readonly Error?: WireError | undefined;
      }
    | undefined;
  readonly ContextDetails?:
    { readonly Result?: string | undefined; readonly Error?: WireError | undefined } | undefined;
  readonly CallbackDetails?:
    { readonly Result?: string | undefined; readonly Error?: WireError | undefined } | undefined;
}

const errorOf = (error: WireError | undefined) =>
  error && { type: error.ErrorType, message: error.ErrorMessage };

export const operationsOf = (operations: readonly WireOperation[]): Outcome['operations'] => {
  const names = new Map(operations.map((operation) => [operation.Id, operation.Name]));
  return operations
    .filter((operation) => operation.Type !== 'EXECUTION')
    .map((operation) => {
      const details = operation.StepDetails ?? operation.ContextDetails ?? operation.CallbackDetails;
      return {
        type: operation.Type ?? '',
        subType: operation.SubType,
        name: operation.Name,
        status: operation.Status ?? '',
        attempt: operation.StepDetails?.Attempt,
        parent: operation.ParentId === undefined ? undefined : names.get(operation.ParentId),
        result: details?.Result,
        error: errorOf(details?.Error),
      };
    });
};
