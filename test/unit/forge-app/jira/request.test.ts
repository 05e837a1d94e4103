import type { JiraClient } from '../../../../forge-app/jira/jira-client';
import { createCustomerRequests } from '../../../../forge-app/jira/request';

/** A client to which Jira answers everything with this. */
const answering = (body: unknown): JiraClient => ({
  requestJira: () => new Promise(() => undefined),
  read: (schema) => Promise.resolve(schema.parse(body)),
  readUnlessSame: (schema) => Promise.resolve({ text: '', value: schema.parse(body) }),
  done: () => Promise.resolve(),
});

test('a comment of somebody who is not there any more keeps no other from being read', async () => {
  const created = { epochMillis: 1 };
  const requests = createCustomerRequests(
    answering({
      isLastPage: true,
      values: [
        { body: 'Of nobody', public: true, created },
        { body: 'Of a former user', public: true, created, author: { displayName: 'Former user' } },
        { body: 'Too dear', public: true, created, author: { accountId: 'ann' } },
        { body: 'Between us', public: false, created, author: { accountId: 'ann' } },
      ],
    }),
  );
  expect(await requests.publicCommentsOf('10001')).toEqual([
    { body: 'Too dear', author: 'ann', created: new Date(1) },
  ]);
});

test('a line that marks a comment of the app counts in none that somebody else has written', async () => {
  const line = 'Reference: launch-10001-0123456789abcdef / order';
  const having = (...authors: readonly (string | undefined)[]) => {
    const values = authors.map((accountId, index) => ({
      ...{ id: `${index + 1}`, body: `Please approve.\n\n${line}`, public: true },
      created: { epochMillis: 1_770_000_000_000 },
      ...(accountId !== undefined && { author: { accountId } }),
    }));
    return createCustomerRequests({
      ...answering(undefined),
      read: (schema, what) =>
        Promise.resolve(
          schema.parse(/own account/.test(what) ? { accountId: 'app' } : { isLastPage: true, values }),
        ),
    });
  };
  expect(await having('employee', undefined).hasComment('10001', line)).toBe(false);
  expect(await having('employee', 'app').hasComment('10001', line)).toBe(true);
  expect(await having('app').hasComment('10001', `${line}s`)).toBe(false);
});
