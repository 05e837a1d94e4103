import { count, search } from '../../../sandbox/atlassian/jql';
import { JqlRefused } from '../../../sandbox/atlassian/jql-syntax';
import type { Indexed } from '../../../sandbox/atlassian/jira-site';

const now = new Date('2026-01-15T12:00:00Z');
const context = {
  now,
  project: { id: '10000', key: 'CLOUD' },
  aliases: [{ name: 'gatehouseState', propertyKey: 'gatehouse', path: 'state' }],
};

const anIssue = (id: number, minutesAgo: number, state?: string): Indexed => ({
  id: String(id),
  key: `CLOUD-${id}`,
  created: new Date(now.getTime() - minutesAgo * 60_000),
  summary: `Request ${id}`,
  description: `Reference: gate-${id} / mark${id}`,
  reporter: '712020:1',
  updated: now,
  status: { id: '1', name: 'Waiting for approval', category: 'NEW' },
  properties: new Map(state === undefined ? [] : [['gatehouse', { state }]]),
});

const issues = [anIssue(1, 90), anIssue(2, 30, 'sending'), anIssue(3, 20), anIssue(4, 10, 'stuck')];
const keys = (jql: string) => search(jql, issues, context).map(({ id }) => id);

test.each([
  ['project in (CLOUD, 10000) AND created >= -60m AND gatehouseState is EMPTY ORDER BY created ASC', ['3']],
  ['created >= -60m', ['4', '3', '2']],
  ['gatehouseState = "stuck"', ['4']],
  ['project = 10000 AND description ~ "mark3" ORDER BY created ASC', ['3']],
  ['text ~ "request mark2"', ['2']],
  ['summary ~ "mark2"', []],
  ['gatehouseState in (sending, stuck) order by created', ['2', '4']],
  ['gatehouseState != stuck', ['2']],
  ['gatehouseState is not EMPTY ORDER BY key DESC', ['4', '2']],
  ['status = "Waiting for approval" AND key = CLOUD-1', ['1']],
  ['gatehouseState = stuck OR gatehouseState = sending AND created < "-1h"', ['4']],
  ['(gatehouseState = stuck OR gatehouseState = sending) AND NOT key = CLOUD-4', ['2']],
  ['gatehouseState not in (stuck, "sent \\"off\\"")', ['2']],
  ['statusCategory != Done AND created <= "-1h"', ['1']],
  ['project = CLOUD AND created < "2026-01-15 10:45"', ['1']],
])('%s', (jql, found) => {
  expect(keys(jql)).toEqual(found);
});

test.each([
  ['', 'Unbounded'],
  ['ORDER BY created', 'Unbounded'],
  ['project = CLOUD OR project = X', 'does not exist'],
  ['project = CLOUD OR', 'does not understand'],
  ['(project = CLOUD', 'does not understand'],
  ['project = CLOUD ORDER BY gatehouseState', 'does not sort'],
  ['gatehouseState in ()', 'does not understand'],
  ['project = X', 'does not exist'],
  ['gatehouseStatus = "stuck"', "Field 'gatehousestatus'"],
  ['created >= yesterday', 'invalid'],
  ['gatehouseState ~ "stu"', 'is not supported by'],
  ['gatehouseState > "a"', 'not supported'],
  ['assignee = currentUser()', 'does not understand'],
])('%s is refused', (jql, message) => {
  expect(() => keys(jql)).toThrow(JqlRefused);
  expect(() => keys(jql)).toThrow(message);
});

test('whoever may not browse the project finds nothing, and is told that there is none', () => {
  const stranger = { ...context, project: undefined };
  expect(search('created >= -60m', issues, stranger)).toStrictEqual([]);
  expect(count('created >= -60m', issues, stranger)).toBe(0);
  expect(() => search('project = CLOUD', issues, stranger)).toThrow('does not exist');
});

test('what a query finds is counted', () => {
  expect(count('project = CLOUD AND gatehouseState IS NOT EMPTY', issues, context)).toBe(2);
});
