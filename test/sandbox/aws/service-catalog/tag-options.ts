import type { TagOption } from './catalog';
import { invalidParameters } from './refusals';
import type { Tag } from './shapes';

/** Values that may be given for a tag, by key. No values: portfolio and product contradict each other. */
export type TagChoices = ReadonlyMap<string, readonly string[]>;

/** What portfolio and product leave to choose from: where both name a key, what both allow. */
export const tagChoices = (
  ofPortfolio: readonly TagOption[],
  ofProduct: readonly TagOption[],
): TagChoices => {
  const [outer, inner] = [valuesByKey(ofPortfolio), valuesByKey(ofProduct)];
  const keys = [...new Set([...outer.keys(), ...inner.keys()])].sort();
  return new Map(
    keys.map((key) => {
      const [some, others] = [outer.get(key), inner.get(key)];
      return [key, some && others ? some.filter((value) => others.includes(value)) : (some ?? others ?? [])];
    }),
  );
};

const valuesByKey = (options: readonly TagOption[]): Map<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const { key, value, active } of options)
    if (active) values.set(key, [...(values.get(key) ?? []), value]);
  return values;
};

const mostTags = 50;

/**
 * The tags that a launch gets: those asked for, and the value of each TagOption that leaves no choice.
 * @throws AwsError `InvalidParametersException` for a tag that a TagOption does not allow
 */
export const tagsForLaunch = (asked: readonly Tag[], choices: TagChoices): Tag[] => {
  const keys = new Set<string>();
  for (const [index, { Key: key, Value: value }] of asked.entries()) {
    if (keys.has(key)) throw invalidParameters(`Duplicate tag keys found: ${key}`);
    if (/^aws:/i.test(key))
      throw invalidParameters(`aws: prefixed tag key names are not allowed for external use: ${key}`);
    const allowed = choices.get(key);
    if (allowed?.length === 0)
      throw invalidParameters(
        `Parameter validation failed: Missing required parameter in Tags[${index}]:Value`,
      );
    if (allowed && !allowed.includes(value))
      throw invalidParameters(`Tag ${key} has to have one of the TagOption values: ${allowed.join(', ')}`);
    keys.add(key);
  }
  const fixed = [...choices].flatMap(([key, [value, ...others]]) =>
    value !== undefined && others.length === 0 && !keys.has(key) ? [{ Key: key, Value: value }] : [],
  );
  const tags = [...asked, ...fixed];
  if (tags.length > mostTags) throw invalidParameters(`A launch cannot have more than ${mostTags} tags`);
  return tags;
};
