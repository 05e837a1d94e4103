import { z } from 'zod';

/** Characters of JSON that Jira lets a property have. */
const LONGEST_PROPERTY = 32_768;
/** Lists that one project may name: so many names still fit into one request for all of them. */
const MOST_LISTS = 50;

/** The name of a property that holds a list of accounts. */
const ListName = z.string().regex(/^gatehouse-accounts-[A-Za-z0-9-]{1,40}$/);

const Lists = z.looseObject({
  accounts: z.array(z.unknown()).default([]),
  accountsIn: z.array(ListName).min(1).max(MOST_LISTS),
});

/** The lists that a project's property `gatehouse` names; none where it names none, or what is there are no names. */
export const listsNamedIn = (property: unknown): readonly string[] =>
  Lists.safeParse(property).data?.accountsIn ?? [];

/**
 * The settings in one piece: the accounts of every list behind those of the property itself. Lists that the project does not
 * have, or that are no lists, stay named in `accountsIn`, which settings do not have.
 */
export const joined = (property: unknown, lists: ReadonlyMap<string, unknown>): unknown => {
  const read = Lists.safeParse(property);
  if (!read.success) return property;
  const { accountsIn, ...settings } = read.data;
  const missing = accountsIn.filter((name) => !Array.isArray(lists.get(name)));
  const listed = accountsIn.flatMap((name) => z.array(z.unknown()).catch([]).parse(lists.get(name)));
  return {
    ...settings,
    accounts: [...settings.accounts, ...listed],
    ...(missing.length > 0 && { accountsIn: missing }),
  };
};

/** Settings as they are written: the property, and the lists that it names. */
export interface Pieces {
  readonly property: object;
  readonly lists: ReadonlyMap<string, readonly unknown[]>;
}

/**
 * Settings in pieces that Jira takes.
 * @param mark is in the name of every list: a name is never given to another list, so that whoever reads meanwhile reads
 * either the settings as they were or as they are going to be
 * @returns undefined where there is too much of them for any number of lists
 */
export const inPieces = (
  settings: { readonly accounts: readonly unknown[] },
  mark: string,
): Pieces | undefined => {
  if (fits(settings)) return { property: settings, lists: new Map() };
  const lists = new Map(
    chunked(settings.accounts).map((list, index) => [`gatehouse-accounts-${mark}-${index + 1}`, list]),
  );
  const property = { ...settings, accounts: [], accountsIn: [...lists.keys()] };
  return fits(property) && lists.size <= MOST_LISTS && [...lists.values()].every(fits)
    ? { property, lists }
    : undefined;
};

const fits = (value: unknown): boolean => JSON.stringify(value).length <= LONGEST_PROPERTY;

/** Consecutive items, as many together as fit. */
const chunked = (items: readonly unknown[]): readonly (readonly unknown[])[] => {
  const chunks: unknown[][] = [];
  let left = 0;
  for (const item of items) {
    // With the comma behind it, or the second bracket.
    const length = JSON.stringify(item).length + 1;
    if (length > left) {
      chunks.push([]);
      left = LONGEST_PROPERTY - 1;
    }
    chunks.at(-1)?.push(item);
    left -= length;
  }
  return chunks;
};
