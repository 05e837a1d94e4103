import type { Issue } from '../../../../forge-app/jira/issue';
import { JiraNotFound, JiraRefused } from '../../../../forge-app/jira/jira-client';
import type { Effect } from '../../../../forge-app/request/record';
import { createPerform } from '../../../../forge-app/request/perform';
import { IssueUnseen, OrderNotShown } from '../../../../forge-app/request/requests';
import type { SettingsReading } from '../../../../forge-app/settings/project-settings';
import { projectSettings } from '../../../builders/settings';
import { aRequest, NOW } from './a-request';

const ISSUE: Issue = {
  id: '10042',
  key: 'IT-42',
  projectId: '10000',
  closed: false,
  status: 'Approved',
  reporter: 'ann',
  property: undefined,
};

const comment = (id: string): Effect => ({
  kind: 'comment',
  id,
  tried: false,
  audience: 'customer',
  body: 'What happened.',
});

interface Jira {
  readonly issue: Issue | undefined;
  readonly addComment: (body: string) => Promise<void>;
  readonly hours: number;
  readonly settings: SettingsReading;
}

const aJira = (overrides: Partial<Jira> = {}) => {
  const jira: Jira = {
    ...{ issue: ISSUE, addComment: () => Promise.resolve(), hours: 0, settings: { outcome: 'absent' } },
    ...overrides,
  };
  const { issue, addComment, hours, settings } = jira;
  const comments: string[] = [];
  const reported: string[] = [];
  const perform = createPerform({
    queue: { push: () => Promise.resolve() },
    issues: { issue: () => Promise.resolve(issue) },
    requests: {
      addComment: async (_issueId, { body }) => {
        await addComment(body);
        comments.push(body);
      },
      hasComment: () => Promise.resolve(false),
    },
    properties: { put: () => Promise.resolve() },
    transitions: { to: () => Promise.resolve(undefined), take: () => Promise.resolve() },
    settingsOf: () => Promise.resolve(settings),
    now: () => new Date(NOW.getTime() + hours * 3_600_000),
    report: (problem) => void reported.push(problem),
  });
  return { comments, reported, does: (effect: Effect) => perform(effect, aRequest(), false) };
};

const missing = () => Promise.reject(new JiraNotFound('a comment'));
const refused = (status: number) => () => Promise.reject(new JiraRefused('a comment', status, []));

test('a comment that finds no request says nothing of the issue: what counts is whether Jira shows the issue itself', async () => {
  await expect(aJira({ addComment: missing }).does(comment('blocked-1'))).rejects.toThrow(JiraNotFound);
  const unseen = aJira({ addComment: missing, issue: undefined });
  await expect(unseen.does(comment('blocked-1'))).rejects.toThrow(IssueUnseen);
});

test('of an issue that Jira does not show nothing is left out, however long the request has stood as it does', async () => {
  const unseen = aJira({ addComment: missing, issue: undefined, hours: 25 });
  for (const id of ['resynced-1', 'order'])
    await expect(unseen.does(comment(id))).rejects.toThrow(IssueUnseen);
  expect([unseen.reported, unseen.comments]).toStrictEqual([[], []]);
});

test('that a project shows no settings says nothing where it does not show the issue either', async () => {
  const { does } = aJira({ issue: undefined, settings: { outcome: 'absent' } });
  await expect(does({ kind: 'transition', id: 'to-done', tried: false, to: 'done' })).rejects.toThrow(
    IssueUnseen,
  );
});

test('an order that Jira does not take as a comment is not dropped: it cannot be shown', async () => {
  const jira = aJira({ addComment: refused(400) });
  await expect(jira.does(comment('order'))).rejects.toThrow(OrderNotShown);
  expect(jira.comments).toStrictEqual([]);
});

test('any other comment that Jira does not take is replaced by a short one', async () => {
  const addComment = (body: string) => (body.includes('What happened') ? refused(400)() : Promise.resolve());
  const jira = aJira({ addComment });
  await jira.does(comment('progress-1'));
  expect(jira.comments).toHaveLength(1);
  expect(jira.comments[0]).toMatch(/Reference: .* \/ progress-1$/);
  expect(jira.reported).toHaveLength(1);
});

test('a comment that rights forbid is tried for a day, then left to the log', async () => {
  await expect(aJira({ addComment: refused(403) }).does(comment('blocked-1'))).rejects.toThrow(JiraRefused);
  const later = aJira({ addComment: refused(403), hours: 25 });
  await expect(later.does(comment('blocked-1'))).resolves.toStrictEqual([]);
  expect(later.reported.at(-1)).toMatch(/left out/);
});

test('where the workflow has no way to a status the agents are told, and nothing is tried again', async () => {
  const settings: SettingsReading = { outcome: 'read', settings: projectSettings() };
  const { does } = aJira({ settings });
  const [instead, ...more] = await does({ kind: 'transition', id: 'to-done', tried: false, to: 'done' });
  expect(more).toStrictEqual([]);
  expect(instead).toMatchObject({
    ...{ kind: 'comment', audience: 'agents' },
    body: expect.stringMatching(/should now be in the status "Done".*no transition to it/) as string,
  });
  const there = aJira({ settings, issue: { ...ISSUE, status: 'Done' } });
  expect(await there.does({ kind: 'transition', id: 'to-done', tried: false, to: 'done' })).toStrictEqual([]);
});
