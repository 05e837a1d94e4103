import type { APIResponse } from '@forge/api';
import type { JiraClient } from '../../../../forge-app/jira/jira-client';
import { createCustomerRequests } from '../../../../forge-app/jira/request';
import { documentOf } from '../../../sandbox/atlassian/adf';

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

/** A site with one request, on which these have said this, and the app's own account. */
const aRequestWith = (
  comments: readonly { readonly author?: string; readonly body: string; readonly updateAuthor?: string }[],
) => {
  const bean = (index: number) => {
    const { author, body } = comments[index] ?? { body: '' };
    return {
      ...{ id: `${index + 1}`, body, public: true, created: { epochMillis: 1_770_000_000_000 + index } },
      ...(author !== undefined && { author: { accountId: author } }),
    };
  };
  const asked: string[] = [];
  const answerTo = (path: string): unknown => {
    const { pathname, searchParams } = new URL(path, 'https://site.example');
    if (pathname.endsWith('/myself')) return { accountId: 'app' };
    const one = /\/comment\/(\d+)$/.exec(pathname)?.[1];
    if (one !== undefined) {
      const { updateAuthor } = comments[Number(one) - 1] ?? {};
      return updateAuthor === undefined ? {} : { updateAuthor: { accountId: updateAuthor } };
    }
    const [newest, start] = [
      searchParams.get('orderBy') === '-created',
      searchParams.get('startAt') ?? searchParams.get('start'),
    ];
    const from = Number(start);
    const beans = comments.map((_, index) => bean(newest ? comments.length - 1 - index : index));
    const values = beans.slice(from, from + 50);
    return newest
      ? { total: beans.length, comments: values.map((each) => ({ ...each, body: documentOf(each.body) })) }
      : { isLastPage: from + values.length >= beans.length, values };
  };
  const requests = createCustomerRequests({
    requestJira: (path) => {
      asked.push(path.value);
      // The address stands in for its answer: all that takes it is `read` below.
      return Promise.resolve(path.value as unknown as APIResponse);
    },
    read: async (schema, _what, answer) => schema.parse(answerTo((await answer) as unknown as string)),
    readUnlessSame: () => Promise.reject(new Error('Nothing here is read unless it is the same')),
    done: () => Promise.resolve(),
  });
  return { requests, asked };
};

const LINE = 'Reference: launch-10001-0123456789abcdef / order';
const MARKED = `Please approve.\n\n${LINE}`;
const chatter = (count: number) =>
  Array.from({ length: count }, () => ({ author: 'employee', body: 'And?' }));

test('a line that marks a comment of the app counts in none that somebody else has written', async () => {
  const having = (...authors: readonly (string | undefined)[]) =>
    aRequestWith(authors.map((author) => ({ body: MARKED, ...(author !== undefined && { author }) })))
      .requests;
  expect(await having('employee', undefined).hasComment('10001', LINE)).toBe(false);
  expect(await having('employee', 'app').hasComment('10001', LINE)).toBe(true);
  expect(await having('app').hasComment('10001', `${LINE}s`)).toBe(false);
});

test('what was said a moment ago is found at once, behind however many comments', async () => {
  const { requests, asked } = aRequestWith([...chatter(4_000), { author: 'app', body: MARKED }]);
  expect(await requests.hasComment('10001', LINE)).toBe(true);
  expect(asked).toHaveLength(2);
});

test('what was said a thousand comments ago is looked for no further', async () => {
  const at = (after: number) =>
    aRequestWith([{ author: 'app', body: MARKED }, ...chatter(after)]).requests.hasComment('10001', LINE);
  expect(await at(999)).toBe(true);
  expect(await at(1_000)).toBe(false);
});

test('what is decided about is found before however many comments', async () => {
  const { requests } = aRequestWith([
    { author: 'app', body: MARKED, updateAuthor: 'app' },
    ...chatter(4_000),
  ]);
  expect(await requests.ownComments('10001', LINE)).toEqual([
    { created: new Date(1_770_000_000_000), body: MARKED, public: true, edited: false },
  ]);
});

test('nothing is read out of a part of the approvals, comments or organizations', async () => {
  const endless = (values: readonly unknown[]) =>
    createCustomerRequests(answering({ isLastPage: false, values }));
  const approval = {
    ...{ id: '1', name: 'Approval', finalDecision: 'approved', approvers: [] },
    createdDate: { epochMillis: 1 },
    completedDate: { epochMillis: 2 },
  };
  const comment = {
    body: 'Too dear',
    public: true,
    created: { epochMillis: 1 },
    author: { accountId: 'ann' },
  };
  await expect(endless([approval]).approvalsOf('10001')).rejects.toThrow(
    /more approvals of 10001 than the 20/,
  );
  await expect(endless([comment]).publicCommentsOf('10001')).rejects.toThrow(/more public comments of 10001/);
  await expect(endless([{ id: '7' }]).organizationsOf('ann')).rejects.toThrow(/more organizations of ann/);
});

test('a comment counts as unedited only where Jira says that the app wrote it last', async () => {
  const editedBy = async (updateAuthor?: string) => {
    const comment = { author: 'app', body: MARKED, ...(updateAuthor !== undefined && { updateAuthor }) };
    return (await aRequestWith([comment]).requests.ownComments('10001', LINE)).map(({ edited }) => edited);
  };
  expect(await editedBy('app')).toEqual([false]);
  expect(await editedBy('administrator')).toEqual([true]);
  expect(await editedBy()).toEqual([true]);
});
