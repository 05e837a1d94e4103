/**
 * Tells whether a value is surely of a type, and nothing else: no words, no value of its own. Written for messages that are as
 * they should be, which is nearly all of them: building a schema costs ten times as much, and reading by it five times. Of
 * what does not fit, a schema says whether it is wrong, and how.
 */
export type Fits<T> = (value: unknown) => value is T;

/** Text of a form. */
export const text =
  (form: RegExp): Fits<string> =>
  (value): value is string =>
    typeof value === 'string' && form.test(value);

/** Text of so many characters at most. */
export const textUpTo =
  (longest: number): Fits<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= longest;

export const oneOf =
  <T extends string>(...values: readonly T[]): Fits<T> =>
  (value): value is T =>
    values.some((one) => one === value);

export const orNull =
  <T>(fits: Fits<T>): Fits<T | null> =>
  (value): value is T | null =>
    value === null || fits(value);

/** A list of at least one item. */
export const listOf =
  <T>(fits: Fits<T>, most: number): Fits<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length > 0 && value.length <= most && value.every(fits);

/** Names that are not known beforehand, with a value each. */
export const recordOf =
  <T>(name: RegExp, fits: Fits<T>, most = Number.POSITIVE_INFINITY): Fits<Record<string, T>> =>
  (value): value is Record<string, T> => {
    if (!isObject(value)) return false;
    const names = Object.keys(value);
    return names.length <= most && names.every((one) => name.test(one) && fits(value[one]));
  };

type Optional<T> = { [Name in keyof T]-?: object extends Pick<T, Name> ? Name : never }[keyof T];
type FitsOf<T> = { readonly [Name in keyof T]-?: Fits<Required<T>[Name]> };

/** Exactly these members; those that are optional may be absent, but not undefined. */
export const members = <T extends object>(
  needed: FitsOf<Omit<T, Optional<T>>>,
  ...[optional = {}]: [Optional<T>] extends [never] ? [] : [FitsOf<Pick<T, Optional<T>>>]
): Fits<T> => {
  const must = Object.entries<Fits<unknown>>(needed);
  const may = Object.entries<Fits<unknown>>(optional);
  return (value): value is T => {
    if (!isObject(value)) return false;
    for (const [name, fits] of must) if (!fits(value[name])) return false;
    let known = must.length;
    for (const [name, fits] of may) {
      if (!(name in value)) continue;
      if (!fits(value[name])) return false;
      known += 1;
    }
    return Object.keys(value).length === known;
  };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
