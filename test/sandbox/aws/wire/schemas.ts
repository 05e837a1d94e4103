import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** Types as the schemas of SDK clients number them. */
export const TEXT = 0;
export const BOOLEAN = 2;
export const BLOB = 21;
export const TEXTS = 64;
export const TEXT_BY_NAME = 128;

type Member = StaticStructureSchema[5][number];

/** The schema of a structure, for services that the project has no client of. */
export const structure = (
  name: string,
  required: Readonly<Record<string, Member>>,
  optional: Readonly<Record<string, Member>> = {},
): StaticStructureSchema => {
  const members = { ...required, ...optional };
  // The required ones come first, and their number last.
  const count = Object.keys(required).length;
  return [3, 'sandbox', name, 0, Object.keys(members), Object.values(members), count];
};

/** The schema of an operation, as clients export it. */
export const operation = (
  name: string,
  input: StaticStructureSchema,
  output: StaticStructureSchema,
): StaticOperationSchema => [9, 'sandbox', name, 0, () => input, () => output];
