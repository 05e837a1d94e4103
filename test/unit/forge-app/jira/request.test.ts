import type { JiraClient } from '../../../../forge-app/jira/jira-client';
import { createCustomerRequests } from '../../../../forge-app/jira/request';

/** A client to which Jira answers everything with this. */
const answering = (body: unknown): JiraClient => ({
  requestJira: () => new Promise(() => undefined),
  read: (schema) => Promise.resolve(schema.parse(body)),
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
