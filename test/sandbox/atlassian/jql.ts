import type { Indexed } from './jira-site';

/** A value of an entity property that JQL can search for. */
export interface SearchAlias {
  readonly name: string;
  readonly propertyKey: string;
  readonly path: string;
}

/** A query that Jira refuses; the messages are those of its 400. */
export class JqlRefused extends Error {
  override readonly name = 'JqlRefused';
}

export interface JqlContext {
  readonly now: Date;
  readonly project: { readonly id: string; readonly key: string };
  readonly aliases: readonly SearchAlias[];
}

type Matches = (issue: Indexed) => boolean;

const UNIT: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const ORDER = /\s+order\s+by\s+(created|updated|key)(?:\s+(asc|desc))?\s*$/i;
const CLAUSE =
  /^\s*("[^"]+"|[\w.-]+)\s*(?:(not\s+in|in)\s*\(([^)]*)\)|(is\s+not|is)\s+(empty|null)|(!=|>=|<=|=|>|<|~)\s*("[^"]*"|'[^']*'|[^\s"'()]+))\s*$/i;

const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2');

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

const compare = (operator: string, actual: number, wanted: number): boolean => {
  if (operator === '>=') return actual >= wanted;
  if (operator === '<=') return actual <= wanted;
  if (operator === '>') return actual > wanted;
  if (operator === '<') return actual < wanted;
  throw new JqlRefused(`The operator '${operator}' is not supported by the sandbox for dates.`);
};

const valueAt = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (part, name) =>
        typeof part === 'object' && part !== null
          ? Object.entries(part).find(([key]) => key === name)?.[1]
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
const fieldReader = (name: string, context: JqlContext): ((issue: Indexed) => (string | undefined)[]) => {
  const { project } = context;
  if (name === 'project') return () => [project.key, project.id];
  if (name === 'status') return ({ status }) => [status.name, status.id];
  if (name === 'key' || name === 'issuekey' || name === 'id') return ({ key, id }) => [key, id];
  const alias = context.aliases.find((candidate) => candidate.name.toLowerCase() === name);
  if (!alias)
    throw new JqlRefused(`Field '${name}' does not exist or you do not have permission to view it.`);
  return ({ properties }) => {
    const value = valueAt(properties.get(alias.propertyKey), alias.path);
    return typeof value === 'string' ? [value] : [];
  };
};

const clause = (text: string, context: JqlContext): Matches => {
  const parts = CLAUSE.exec(text);
  if (!parts)
    throw new JqlRefused(`Error in the JQL query: the sandbox does not understand '${text.trim()}'.`);
  const [, field = '', inOperator, list = '', isOperator, , operator = '', value = ''] = parts;
  const name = unquoted(field).toLowerCase();
  if (name === 'created' || name === 'updated') {
    if (!operator) throw new JqlRefused(`The field '${name}' is compared with a date.`);
    const wanted = moment(unquoted(value), context.now);
    return (issue) => compare(operator, issue[name].getTime(), wanted);
  }
  const words = WORDS[name];
  if (words) {
    if (operator !== '~') {
      throw new JqlRefused(`The operator '${operator}' is not supported by the '${name}' field.`);
    }
    const wanted = wordsOf(unquoted(value));
    return (issue) => wanted.every((word) => wordsOf(words(issue)).includes(word));
  }
  const read = fieldReader(name, context);
  if (isOperator) {
    const empty = !/not/i.test(isOperator);
    return (issue) => (read(issue).length === 0) === empty;
  }
  const wanted = (inOperator ? list.split(',') : [value]).map((one) => unquoted(one).toLowerCase());
  if (wanted.includes(''))
    throw new JqlRefused(`Error in the JQL query: a value is missing in '${text.trim()}'.`);
  if (!inOperator && operator !== '=' && operator !== '!=') {
    throw new JqlRefused(`The operator '${operator}' is not supported by the '${name}' field.`);
  }
  const negative = operator === '!=' || /not/i.test(inOperator ?? '');
  if (
    name === 'project' &&
    !wanted.every((one) => [context.project.key.toLowerCase(), context.project.id].includes(one))
  ) {
    throw new JqlRefused(`A value of '${text.trim()}' does not exist for the field 'project'.`);
  }
  return (issue) => {
    const actual = read(issue).map((one) => one?.toLowerCase() ?? '');
    // As in Jira, an issue without a value meets neither = nor !=.
    if (actual.length === 0) return false;
    return actual.some((one) => wanted.includes(one)) !== negative;
  };
};

/**
 * Searches with the part of JQL that the sandbox knows: clauses joined by AND, then ORDER BY created, updated or key.
 * @throws JqlRefused for everything else, and for a query without any restriction
 */
export const search = (jql: string, issues: readonly Indexed[], context: JqlContext): Indexed[] => {
  const order = ORDER.exec(` ${jql}`);
  const where = order ? ` ${jql}`.slice(0, order.index) : jql;
  if (where.trim() === '') {
    throw new JqlRefused(
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  }
  const matches = where.split(/\s+and\s+/i).map((part) => clause(part, context));
  const by = (order?.[1] ?? 'created').toLowerCase();
  const direction = (order?.[2] ?? (order ? 'asc' : 'desc')).toLowerCase() === 'asc' ? 1 : -1;
  const rank = (issue: Indexed): number =>
    by === 'created' ? issue.created.getTime() : by === 'updated' ? issue.updated.getTime() : 0;
  return issues
    .filter((issue) => matches.every((match) => match(issue)))
    .sort((a, b) => direction * (rank(a) - rank(b) || Number(a.id) - Number(b.id)));
};
