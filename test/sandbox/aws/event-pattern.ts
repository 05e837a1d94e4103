import { NotModelled } from './service';

/** An event pattern as rules have it: each leaf lists what a value may be. */
export type EventPattern = Readonly<Record<string, unknown>>;

type Matcher = (value: unknown, argument: unknown) => boolean;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

const MATCHERS: Readonly<Record<string, Matcher | undefined>> = {
  prefix: (value, argument) =>
    typeof value === 'string' && typeof argument === 'string' && value.startsWith(argument),
  suffix: (value, argument) =>
    typeof value === 'string' && typeof argument === 'string' && value.endsWith(argument),
  wildcard: (value, argument) =>
    typeof value === 'string' && typeof argument === 'string' && wildcard(argument).test(value),
  exists: (value, argument) => (value !== undefined) === argument,
  'anything-but': (value, argument) =>
    value !== undefined &&
    !(Array.isArray(argument) ? argument : [argument]).some((one) => accepts(one, value)),
};

/** Whether one item of a leaf's list takes a value: the value itself, or a comparison such as `{ prefix: … }`. */
const accepts = (item: unknown, value: unknown): boolean => {
  if (!isObject(item)) return item === value;
  const [[name, argument] = ['', undefined], ...more] = Object.entries(item);
  const matcher = MATCHERS[name];
  if (!matcher || more.length > 0) throw new NotModelled(`${JSON.stringify(item)} in an event pattern`);
  return matcher(value, argument);
};

/**
 * Whether a rule with this pattern takes an event.
 * @throws NotModelled for a comparison that the stand-in does not have
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const matchesEvent = (pattern: EventPattern, event: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(pattern).every(([key, wanted]) => {
    if (key.startsWith('$')) throw new NotModelled(`${key} in an event pattern`);
    const value = event[key];
    if (isObject(wanted)) return matchesEvent(wanted, isObject(value) ? value : {});
    if (!Array.isArray(wanted)) throw new Error(`"${key}" must be an object or an array`);
    // An array in the event matches where one of its items does.
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return wanted.some((item) => values.some((one) => accepts(item, one)));
  });
