import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';

/** An API operation as the service's own SDK client describes it. */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** For REST: method, path template, status of success. */
  readonly http: readonly [method: string, path: string, status: number] | undefined;
}

export type Operations = ReadonlyMap<string, Operation>;

const isOperation = (member: unknown): member is StaticOperationSchema =>
  Array.isArray(member) && member[0] === 9;

/** Reads the operations from a client package's exports, which carry the schemas that it writes requests with. */
export const operationsOf = (clientPackage: Readonly<Record<string, unknown>>): Operations =>
  new Map(
    Object.values(clientPackage)
      .filter(isOperation)
      .map(([, , name, traits, input, output]) => [
        name,
        {
          name,
          input: NormalizedSchema.of(input),
          output: NormalizedSchema.of(output),
          http: typeof traits === 'object' ? traits.http : undefined,
        },
      ]),
  );
