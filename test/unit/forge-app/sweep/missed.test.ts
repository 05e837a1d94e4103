import type { FoundIssue } from '../../../../forge-app/jira/issue-search';
import { JiraRefused, JiraUnavailable } from '../../../../forge-app/jira/jira-client';
import { findMissed, missedRequests } from '../../../../forge-app/sweep/missed';

const NOW = new Date('2026-01-15T09:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ago = (milliseconds: number): Date => new Date(NOW.getTime() - milliseconds);

const anIssue = (overrides: Partial<FoundIssue> = {}): FoundIssue => ({
  id: '10001',
  created: ago(3 * HOUR),
  property: { productId: 'prod-1' },
  ...overrides,
});

const search = async (
  found: readonly FoundIssue[],
  more: {
    readonly all?: boolean;
    readonly before?: Readonly<Record<string, string>>;
    readonly projects?: string[];
  } = {},
) => {
  const asked: string[] = [];
  const missed = await findMissed(
    {
      first: (jql) => {
        asked.push(jql);
        return Promise.resolve({ found, all: more.all ?? true });
      },
    },
    {
      projects: () => Promise.resolve(more.projects ?? ['IT']),
      ...{ before: more.before ?? {}, appId: 'app', now: NOW },
    },
  );
  return { missed, minutes: Number(/-(\d+)m/.exec(asked[0] ?? '')?.[1]) };
};

test('a search reaches back to where the last one ended, however long ago that is', async () => {
  const { minutes } = await search([], { before: { IT: ago(50 * HOUR).toISOString() } });
  expect(minutes).toBe(50 * 60);
});

test('the first search of a project reaches back a day', async () => {
  expect((await search([])).minutes).toBe(24 * 60);
});

test('the next search never reaches further back than this one', async () => {
  const before = { IT: ago(HOUR).toISOString() };
  const { missed } = await search([anIssue({ created: ago(HOUR / 2) })], { before });
  expect(missed.searched()).toEqual(before);
});

test('a project that is not searched now keeps the moment at which its last search has ended', async () => {
  const before = { HR: ago(9 * HOUR).toISOString() };
  const { missed } = await search([], { before });
  expect(missed.searched()).toEqual({ ...before, IT: ago(90 * MINUTE).toISOString() });
});

test('a project that was not searched for a month is forgotten', async () => {
  const before = { HR: ago(30 * 24 * HOUR).toISOString(), OLD: ago(30 * 24 * HOUR + 1).toISOString() };
  const { missed } = await search([], { before });
  expect(Object.keys(missed.searched()).sort()).toEqual(['HR', 'IT']);
});

/** A search by the projects that were known last, of which Jira refuses some. */
const refusedFor = (
  known: readonly string[],
  anew: readonly string[],
  refusal: (jql: string) => Error | undefined,
) => {
  const asked: string[] = [];
  let lookedUp = 0;
  const found = findMissed(
    {
      first: (jql) => {
        asked.push(jql);
        const error = refusal(jql);
        return error ? Promise.reject(error) : Promise.resolve({ found: [anIssue()], all: true });
      },
    },
    {
      projects: (how) => {
        lookedUp += how === 'anew' ? 1 : 0;
        return Promise.resolve(how === 'anew' ? anew : known);
      },
      ...{ before: {}, appId: 'app', now: NOW },
    },
  );
  return { found, asked, lookedUp: () => lookedUp };
};
const refused = new JiraRefused('a search', 400, [
  "The value 'GONE' does not exist for the field 'project'.",
]);

test('a project that is gone keeps nothing from being found in the others', async () => {
  const { found, asked, lookedUp } = refusedFor(['IT', 'GONE'], ['IT', 'NEW'], (jql) =>
    jql.includes('GONE') ? refused : undefined,
  );
  expect((await found).orders.map(({ id }) => id)).toEqual(['10001']);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toContain('("IT", "NEW")');
  expect(lookedUp()).toBe(1);
});

test('a search that is refused while every project is there is not made again', async () => {
  const { found, asked } = refusedFor(['IT'], ['IT', 'NEW'], () => refused);
  await expect(found).rejects.toBe(refused);
  expect(asked).toHaveLength(1);
});

test('a search that Jira does not answer has no project looked up', async () => {
  const away = new JiraUnavailable('a search', 'status 503', null);
  const { found, asked, lookedUp } = refusedFor(['IT'], [], () => away);
  await expect(found).rejects.toBe(away);
  expect([asked.length, lookedUp()]).toEqual([1, 0]);
});

test('a list without an end that has nothing in it leaves nothing to be searched', async () => {
  const { missed } = await search([], { all: false });
  expect(missed.searched()).toEqual({ IT: ago(90 * MINUTE).toISOString() });
});

test('a project that was not searched for long has all of them searched as far back', async () => {
  const before = { IT: ago(2 * HOUR).toISOString(), HR: ago(9 * HOUR).toISOString() };
  expect((await search([], { before, projects: ['IT', 'HR'] })).minutes).toBe(9 * 60);
});

test('what was searched to its end is searched again from an hour and a half before', async () => {
  const { missed } = await search([anIssue()]);
  expect(missed.searched()).toEqual({ IT: ago(90 * MINUTE).toISOString() });
});

test('where something is left, the next search begins there', async () => {
  const left = anIssue({ created: ago(2 * HOUR) });
  const { missed } = await search([anIssue(), left]);
  expect(missed.searched(left)).toEqual({ IT: left.created.toISOString() });
});

test('more than one search lists goes on behind the last of the list', async () => {
  const last = anIssue({ created: ago(8 * HOUR) });
  const { missed } = await search([last], { all: false });
  expect(missed.searched()).toEqual({ IT: last.created.toISOString() });
});

test('more in one minute than a search lists does not hold up the next one', async () => {
  const start = ago(8 * HOUR);
  const { missed } = await search([anIssue({ created: start })], {
    all: false,
    before: { IT: start.toISOString() },
  });
  expect(missed.searched()).toEqual({ IT: new Date(start.getTime() + MINUTE).toISOString() });
});

test('without any project that has settings nothing is searched, and nothing counts as searched', async () => {
  const before = { IT: ago(5 * HOUR).toISOString() };
  const { missed, minutes } = await search([anIssue()], { projects: [], before });
  expect(minutes).toBeNaN();
  expect(missed.orders).toStrictEqual([]);
  expect(missed.searched()).toEqual(before);
});

test('only issues that carry an order are taken up', async () => {
  const { missed } = await search([anIssue(), anIssue({ id: '10002', property: undefined })]);
  expect(missed.orders.map(({ id }) => id)).toEqual(['10001']);
});

test('the query names the projects, the minutes and those without a state, oldest first', () => {
  expect(missedRequests(['IT', 'HR'], 75)).toBe(
    'project in ("IT", "HR") AND created >= -75m AND gatehouseState is EMPTY ORDER BY created ASC',
  );
});
