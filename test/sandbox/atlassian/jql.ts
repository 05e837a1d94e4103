import type { Indexed } from './jira-site';
import { JqlRefused, parse, type Clause, type Query } from './jql-syntax';

/** A value of an entity property that JQL can search for. */
export interface SearchAlias {
  readonly name: string;
  readonly propertyKey: string;
  readonly path: string;
}

export interface JqlContext {
  readonly now: Date;
  /** Undefined for whoever may not browse it: to them the project does not exist. */
  readonly project: { readonly id: string; readonly key: string } | undefined;
  readonly aliases: readonly SearchAlias[];
}

type Matches = (issue: Indexed) => boolean;

const UNIT: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const moment = (text: string, now: Date): number => {
  const relative = /^([+-]?)(\d+)([mhdw])$/.exec(text);
  if (relative) {
    const span = Number(relative[2]) * (UNIT[relative[3] ?? 'm'] ?? 0);
    return now.getTime() + (relative[1] === '-' ? -span : span);
  }
  const absolute = /^\d{4}[-/]\d\d[-/]\d\d(?: \d\d:\d\d)?$/.test(text)
    ? Date.parse(`${text.replaceAll('/', '-')}Z`)
    : NaN;
  if (Number.isNaN(absolute)) throw new JqlRefused(`Date value '${text}' is invalid.`);
  return absolute;
};

const COMPARE: Readonly<Record<string, (actual: number, wanted: number) => boolean>> = {
  '>=': (actual, wanted) => actual >= wanted,
  '<=': (actual, wanted) => actual <= wanted,
  '>': (actual, wanted) => actual > wanted,
  '<': (actual, wanted) => actual < wanted,
};

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null
        ? Object.getOwnPropertyDescriptor(part, name)?.value
        : undefined,
    value,
  );

/** The fields whose words are searched. */
const WORDS: Readonly<Record<string, (issue: Indexed) => string>> = {
  summary: ({ summary }) => summary,
  description: ({ description }) => description,
  text: ({ summary, description }) => `${summary} ${description}`,
};

/** Jira's index holds words of letters and digits; a search finds those that are all there. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** What a field of JQL is on an issue; text only, as the sandbox knows no other. */
const fieldReader = (name: string, context: JqlContext): ((issue: Indexed) => readonly string[]) => {
  const { project } = context;
  const values = project ? [project.key, project.id] : [];
  if (name === 'project') return () => values;
  if (name === 'status') return ({ status }) => [status.name, status.id];
  if (name === 'statuscategory') return ({ status }) => CATEGORY_NAMES[status.category];
  if (name === 'reporter') return ({ reporter }) => [reporter];
  if (name === 'key' || name === 'issuekey' || name === 'id') return ({ key, id }) => [key, id];
  const alias = context.aliases.find((candidate) => candidate.name.toLowerCase() === name);
  if (!alias)
    throw new JqlRefused(`Field '${name}' does not exist or you do not have permission to view it.`);
  const path = alias.path.split('.');
  return ({ properties }) => {
    const value = valueAt(properties.get(alias.propertyKey), path);
    return typeof value === 'string' ? [value] : [];
  };
};

const CATEGORY_NAMES = {
  NEW: ['To Do', 'new', '2'],
  INDETERMINATE: ['In Progress', 'indeterminate', '4'],
  DONE: ['Done', 'done', '3'],
} as const;

const matcher = ({ field, operator, values, text }: Clause, context: JqlContext): Matches => {
  const name = field.toLowerCase();
  const unsupported = new JqlRefused(`The operator '${operator}' is not supported by the '${name}' field.`);
  if (name === 'created' || name === 'updated') {
    const compare = COMPARE[operator];
    if (!compare) throw new JqlRefused(`The field '${name}' is compared with a date.`);
    const wanted = moment(values[0] ?? '', context.now);
    return (issue) => compare(issue[name].getTime(), wanted);
  }
  const words = WORDS[name];
  if (words) {
    if (operator !== '~') throw unsupported;
    const wanted = wordsOf(values[0] ?? '');
    return (issue) => {
      const there = new Set(wordsOf(words(issue)));
      return wanted.every((word) => there.has(word));
    };
  }
  const read = fieldReader(name, context);
  if (operator === 'is' || operator === 'is not') {
    return (issue) => (read(issue).length === 0) === (operator === 'is');
  }
  if (!['in', 'not in', '=', '!='].includes(operator)) throw unsupported;
  if (values.includes('')) throw new JqlRefused(`Error in the JQL query: a value is missing in '${text}'.`);
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  if (name === 'project') {
    const { key, id } = context.project ?? {};
    if (![...wanted].every((one) => one === key?.toLowerCase() || one === id))
      throw new JqlRefused(`A value of '${text}' does not exist for the field 'project'.`);
  }
  const negative = operator === '!=' || operator === 'not in';
  return (issue) => {
    const actual = read(issue);
    // As in Jira, an issue without a value meets neither = nor !=.
    if (actual.length === 0) return false;
    return actual.some((one) => wanted.has(one.toLowerCase())) !== negative;
  };
};

const matches = (query: Query, context: JqlContext): Matches => {
  if (query.kind === 'clause') return matcher(query, context);
  const parts = query.parts.map((part) => matches(part, context));
  if (query.kind === 'not') return (issue) => !parts.some((part) => part(issue));
  return query.kind === 'and'
    ? (issue) => parts.every((part) => part(issue))
    : (issue) => parts.some((part) => part(issue));
};

const RANK: Readonly<Record<string, (issue: Indexed) => number>> = {
  created: ({ created }) => created.getTime(),
  updated: ({ updated }) => updated.getTime(),
  key: ({ id }) => Number(id),
};

/** How many issues a query finds. @throws JqlRefused as {@link search} does */
export const count = (jql: string, issues: Iterable<Indexed>, context: JqlContext): number =>
  found(jql, issues, context).length;

const found = (jql: string, issues: Iterable<Indexed>, context: JqlContext): Indexed[] => {
  const { where } = parse(jql);
  const matching = matches(where, context);
  const all: Indexed[] = [];
  if (!context.project) return all;
  for (const issue of issues) if (matching(issue)) all.push(issue);
  return all;
};

/**
 * Searches with the part of JQL that the sandbox knows: clauses joined by AND, OR, NOT and parentheses, then ORDER BY
 * created, updated or key. Whoever may not browse the project finds nothing.
 * @throws JqlRefused for everything else, and for a query without any restriction
 */
export const search = (jql: string, issues: Iterable<Indexed>, context: JqlContext): Indexed[] => {
  const { order } = parse(jql);
  const rank = RANK[order?.field ?? 'created'];
  if (!rank) throw new JqlRefused(`The sandbox does not sort by '${order?.field ?? ''}'.`);
  const direction = order?.descending === false ? 1 : -1;
  return found(jql, issues, context).sort(
    (a, b) => direction * (rank(a) - rank(b) || Number(a.id) - Number(b.id)),
  );
};
