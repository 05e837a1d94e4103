import { NeedsAuthenticationError } from '@forge/api';
import { z } from 'zod';
import {
  JiraConsentMissing,
  JiraNotFound,
  JiraRefused,
  JiraUnavailable,
} from '../../../../forge-app/jira/jira-client';
import { ok } from '../../../../forge-app/pages/answer';
import { createPageResolver, type PageCall } from '../../../../forge-app/pages/page-resolver';

const installContext = 'ari:cloud:jira::site/5a6f1c2e-8d3b-4f0a-9c47-1b2d3e4f5a6b';

/** Calls a page's call as Forge does. */
const answered = async (
  call: PageCall,
  {
    accountId = '712020:1',
    accountType = 'licensed',
    name = 'page.open',
    audience,
  }: {
    readonly accountId?: string;
    readonly accountType?: string;
    readonly name?: string;
    readonly audience?: 'customers';
  } = {},
) => {
  const reported: string[] = [];
  const resolve = createPageResolver({ 'page.open': call }, (problem) => reported.push(problem), audience);
  const context = { cloudId: 'x', localId: 'x', environmentId: 'x', environmentType: 'x', moduleKey: 'page' };
  const answer = await resolve(
    {
      call: { functionKey: name, payload: { of: 'mine' } },
      context: { ...context, accountType, extension: {} },
    },
    { installContext, principal: { accountId } },
  );
  return { answer, reported };
};

const throwing =
  (error: Error): PageCall =>
  () =>
    Promise.reject(error);

test('a call is told who asks, and what they sent', async () => {
  const { answer } = await answered((visitor, payload) =>
    Promise.resolve(ok({ by: visitor.accountId, at: visitor.siteId, payload })),
  );
  expect(answer).toEqual({
    outcome: 'ok',
    value: { by: '712020:1', at: installContext, payload: { of: 'mine' } },
  });
});

test('no call is made for somebody who is not signed in', async () => {
  const call = jest.fn<ReturnType<PageCall>, Parameters<PageCall>>();
  const { answer } = await answered(call, { accountId: 'unidentified', accountType: 'anonymous' });
  expect(answer).toEqual({ outcome: 'refused', code: 'signed-out' });
  expect(call).not.toHaveBeenCalled();
});

test.each([
  ['what Jira does not show', new JiraNotFound('issue 1'), 'not-yours'],
  ['what Jira forbids', new JiraRefused('issue 1', 403, []), 'not-yours'],
  ['what does not fit any more', new JiraRefused('issue 1', 409, []), 'changed'],
  ['what is not a page’s payload', new z.ZodError([]), 'invalid'],
])('%s is a refusal that nobody has to be told of', async (_, error, code) => {
  const { answer, reported } = await answered(throwing(error));
  expect(answer).toMatchObject({ outcome: 'refused', code });
  expect(reported).toStrictEqual([]);
});

test('a Jira that does not answer is reported, and the page may ask again', async () => {
  const { answer, reported } = await answered(throwing(new JiraUnavailable('issue 1', 'status 503', null)));
  expect(answer).toMatchObject({
    outcome: 'refused',
    code: 'unavailable',
    detail: expect.any(String) as string,
  });
  expect(reported).toHaveLength(1);
});

test.each([
  ['what Jira forbids', new JiraRefused('the settings of project 10000', 403, ['No.']), 'not-yours'],
  ['what Jira will not do', new JiraRefused('the groups of 1', 400, ['No.']), 'changed'],
  ['a Jira that does not answer', new JiraUnavailable('issue 1', 'status 503', null), 'unavailable'],
])('%s is told to customers without how things are set up, which the log has', async (_, error, code) => {
  const { answer, reported } = await answered(throwing(error), { audience: 'customers' });
  expect(answer).toEqual({ outcome: 'refused', code });
  expect(reported.at(-1)).toBe(`page.open is refused as ${code}: ${error.message}`);
});

test('what nobody foresaw is reported, and not shown', async () => {
  const { answer, reported } = await answered(throwing(new Error('whsec_c2VjcmV0')));
  expect(answer).toEqual({ outcome: 'refused', code: 'unavailable' });
  expect(reported).toEqual(['page.open failed: whsec_c2VjcmV0']);
});

test('Forge’s request for consent reaches Forge, for whoever can give it', async () => {
  const request = new NeedsAuthenticationError('Authentication Required', 'atlassian-token-service-key');
  const call = throwing(new JiraConsentMissing('issue 1', request));
  await expect(answered(call)).rejects.toBe(request);
  const customer = await answered(call, { accountType: 'unlicensed' });
  expect(customer.answer).toMatchObject({ outcome: 'refused', code: 'not-yours' });
});

test('a context that Forge does not describe is reported, and no call is made', async () => {
  const reported: string[] = [];
  const resolve = createPageResolver({ 'page.open': throwing(new Error('called')) }, (problem) =>
    reported.push(problem),
  );
  const context = { localId: 'x', environmentId: 'x', environmentType: 'x', extension: { project: 'CLOUD' } };
  const answer = await resolve({ call: { functionKey: 'page.open' }, context }, { installContext });
  expect(answer).toEqual({ outcome: 'refused', code: 'unavailable' });
  expect(reported).toEqual([expect.stringContaining('page.open was called in a context')]);
});

test('a call that the page does not have is none of its resolver’s', async () => {
  await expect(answered(() => Promise.resolve(ok(null)), { name: 'queue.open' })).rejects.toThrow(
    'queue.open',
  );
});
