/**
 * Tells whether a value is surely of a type, and nothing else: no words, no value of its own. Written for messages that are as
 * they should be, which is nearly all of them: building a schema costs ten times as much, and reading by it five times. Of
 * what does not fit, a schema says whether it is wrong, and how.
 */
export type Fits<T> = (value: unknown) => value is T;

export const anyText: Fits<string> = (value): value is string => typeof value === 'string';

/** Text of a form. */
export const text =
  (form: RegExp): Fits<string> =>
  (value): value is string =>
    anyText(value) && form.test(value);

/** Text of so many characters at most. */
export const textUpTo =
  (longest: number): Fits<string> =>
  (value): value is string =>
    anyText(value) && value.length <= longest;

export const both =
  <T>(one: Fits<T>, other: Fits<T>): Fits<T> =>
  (value): value is T =>
    one(value) && other(value);

export const oneOf =
  <T extends string>(...values: readonly T[]): Fits<T> =>
  (value): value is T =>
    values.some((one) => one === value);

/** Of a member that may be absent. */
export const orAbsent =
  <T>(fits: Fits<T>): Fits<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || fits(value);

export const orNull =
  <T>(fits: Fits<T>): Fits<T | null> =>
  (value): value is T | null =>
    value === null || fits(value);

/** A list of at least one item. */
export const listOf =
  <T>(fits: Fits<T>, most: number): Fits<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length > 0 && value.length <= most && value.every(fits);

/** Names of a form that are not known beforehand, with a value each. */
export const recordOf =
  <T>(name: Fits<string>, fits: Fits<T>, most = Number.POSITIVE_INFINITY): Fits<Record<string, T>> =>
  (value): value is Record<string, T> => {
    if (!isObject(value)) return false;
    const names = Object.keys(value);
    return names.length <= most && names.every((one) => name(one) && fits(value[one]));
  };

type Optional<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? Name : never }[keyof T];
type FitsOf<T> = { readonly [Name in keyof T]-?: Fits<Required<T>[Name]> };

/** At least these members, whatever else there is. */
export const having =
  <T extends object>(needed: FitsOf<T>): Fits<T> =>
  (value): value is T =>
    isObject(value) && Object.entries<Fits<unknown>>(needed).every(([name, fits]) => fits(value[name]));

/** Exactly these members; those that are optional may be absent, but not undefined. */
export const members = <T extends object>(
  needed: FitsOf<Omit<T, Optional<T>>>,
  ...[optional]: [Optional<T>] extends [never] ? [] : [FitsOf<Pick<T, Optional<T>>>]
): Fits<T> => {
  const must = Object.entries<Fits<unknown>>(needed).map(([name, fits]) => ({ name, fits }));
  const may = Object.entries<Fits<unknown>>(optional ?? {}).map(([name, fits]) => ({ name, fits }));
  const known = new Set([...must, ...may].map(({ name }) => name));
  return (value): value is T => {
    if (!isObject(value)) return false;
    // Object.keys would make a list of them.
    for (const name in value) if (!known.has(name)) return false;
    for (const { name, fits } of must) if (!fits(value[name])) return false;
    for (const { name, fits } of may) if (name in value && !fits(value[name])) return false;
    return true;
  };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
