import type { NormalizedSchema } from '@smithy/core/schema';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members that the model marks as required; the clients list them first and tell their number. */
const requiredMembers = (schema: NormalizedSchema): readonly string[] => {
  const description: unknown = schema.getSchema();
  if (!Array.isArray(description)) return [];
  const names: unknown = description[4];
  const count: unknown = description[6];
  if (!Array.isArray(names) || typeof count !== 'number') return [];
  return names.slice(0, count).filter((name) => typeof name === 'string');
};

const uncapitalized = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Paths of required members that are not there, as the services' own messages write them: `tags.1.member.key`. */
export const missingMembers = (schema: NormalizedSchema, value: unknown, path = ''): string[] => {
  if (schema.isStructSchema() && isRecord(value)) {
    const at = (name: string) => (path ? `${path}.${uncapitalized(name)}` : uncapitalized(name));
    const missing = requiredMembers(schema).filter(
      (name) => value[name] === undefined || value[name] === null,
    );
    const deeper = [...schema.structIterator()].flatMap(([name, member]) =>
      missingMembers(member, value[name], at(name)),
    );
    return [...missing.map(at), ...deeper];
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      missingMembers(schema.getValueSchema(), item, `${path}.${index + 1}.member`),
    );
  }
  if (schema.isMapSchema() && isRecord(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      missingMembers(schema.getValueSchema(), item, `${path}.${key}.member`),
    );
  }
  return [];
};

/** The first place where JSON has another type than the schema, such as `START_OBJECT where a string is expected`. */
export const wrongType = (schema: NormalizedSchema, value: unknown): string | undefined => {
  if (value === undefined || value === null || schema.isDocumentSchema()) return undefined;
  if (schema.isStructSchema()) {
    if (!isRecord(value)) return expected('a structure', value);
    return first([...schema.structIterator()].map(([name, member]) => wrongType(member, value[name])));
  }
  if (schema.isMapSchema()) {
    if (!isRecord(value)) return expected('a map', value);
    return first(Object.values(value).map((item) => wrongType(schema.getValueSchema(), item)));
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return expected('a list', value);
    return first(value.map((item) => wrongType(schema.getValueSchema(), item)));
  }
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : expected('a boolean', value);
  if (schema.isNumericSchema()) return typeof value === 'number' ? undefined : expected('a number', value);
  if (schema.isTimestampSchema())
    return typeof value === 'number' ? undefined : expected('a timestamp', value);
  if (schema.isStringSchema() || schema.isBlobSchema()) {
    return typeof value === 'string' ? undefined : expected('a string', value);
  }
  return undefined;
};

const first = (problems: readonly (string | undefined)[]): string | undefined =>
  problems.find((problem) => problem !== undefined);

const expected = (what: string, value: unknown): string =>
  `${Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : `a ${typeof value}`} where ${what} is expected`;
