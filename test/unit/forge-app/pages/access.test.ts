import { createJiraClient } from '../../../../forge-app/jira/jira-client';
import { createAccess, type Access } from '../../../../forge-app/pages/access';
import { ok } from '../../../../forge-app/pages/answer';
import { createPageResolver } from '../../../../forge-app/pages/page-resolver';
import { PERSON, type PersonName, REQUEST_TYPE } from '../../../sandbox/site';
import { aSite } from '../../sandbox/atlassian/tiny-app';

/** A site whose pages answer what `Access` says of whoever looks at them. */
const aSiteThatAsks = (ask: (access: Access, accountId: string) => Promise<unknown>) =>
  aSite(() => {
    const spend = (): void => undefined;
    const access = createAccess({
      asVisitor: createJiraClient(spend, 'visitor'),
      asApp: createJiraClient(spend),
    });
    const resolve = createPageResolver(
      { ask: async ({ accountId = '' }) => ok(await ask(access, accountId)) },
      (problem) => {
        throw new Error(problem);
      },
    );
    return { resolve };
  });

const NONE = { browses: false, agent: false, administrator: false, jiraAdministrator: false };

test.each<[PersonName, object]>([
  ['employee', NONE],
  ['collaborator', { ...NONE, browses: true }],
  ['agent', { ...NONE, browses: true, agent: true }],
  ['project-admin', { ...NONE, browses: true, agent: true, administrator: true }],
  ['admin', { browses: true, agent: true, administrator: true, jiraAdministrator: true }],
])('Jira says what the %s may', async (as, rights) => {
  const site = await aSiteThatAsks(async (access) => [
    await access.rightsIn({ projectId: '10000' }),
    await access.rightsIn({ issueId: '10001' }),
  ]);
  const { key, id } = site.site.raiseRequest({ ...aRequest, as: 'employee' });
  expect(id).toBe('10001');
  const extension = { portal: { id: 1 }, request: { key } };
  const call = { as, module: 'portal-panel', functionKey: 'ask', extension, forged: true };
  expect(await site.callResolver(call)).toEqual({
    kind: 'returned',
    result: { outcome: 'ok', value: [rights, rights] },
  });
});

const aRequest = { requestTypeId: REQUEST_TYPE.approved, summary: 'A bucket' } as const;

/** Asks for a request of the colleague's that the agent approves, with the participants that a test wants. */
const maySee = async (
  as: PersonName,
  participants: readonly PersonName[] = [],
  approver: PersonName = 'agent',
) => {
  let approversAsked = 0;
  const site = await aSiteThatAsks((access, accountId) =>
    access.maySeeRequest({
      accountId,
      issueIdOrKey: '10001',
      reporter: PERSON.colleague,
      approvers: () => {
        approversAsked += 1;
        return Promise.resolve([PERSON[approver]]);
      },
    }),
  );
  const { key } = site.site.raiseRequest({
    ...aRequest,
    as: 'colleague',
    participants,
    approvers: [approver],
  });
  const extension = { portal: { id: 1 }, request: { key } };
  const outcome = await site.callResolver({
    as,
    module: 'portal-panel',
    functionKey: 'ask',
    extension,
    forged: true,
  });
  return { outcome, approversAsked };
};

test.each<[string, PersonName, readonly PersonName[], PersonName, boolean]>([
  ['its reporter', 'colleague', [], 'agent', true],
  ['an agent', 'agent', [], 'other-approver', true],
  ['a customer who takes part', 'employee', ['employee'], 'agent', true],
  ['a customer who is asked to approve it', 'approver', [], 'approver', true],
  ['another customer', 'employee', [], 'agent', false],
  ['somebody without a licence who takes part', 'outsider', ['outsider'], 'agent', true],
  ['somebody without a licence who is asked to approve it', 'outsider', [], 'outsider', true],
  ['somebody else without a licence', 'outsider', ['employee'], 'agent', false],
])('a request is there for %s: %s', async (_, as, participants, approver, seen) => {
  const { outcome } = await maySee(as, participants, approver);
  // Without a licence it takes Forge's consent to ask Jira, which nobody can give there.
  const refusal = { outcome: 'refused', code: 'not-yours' };
  const unknown = as === 'outsider' && !seen;
  expect(outcome).toMatchObject({ result: unknown ? refusal : { outcome: 'ok', value: seen } });
});

test('the approvers are looked up only where Jira does not show the request', async () => {
  expect(await maySee('agent')).toMatchObject({ approversAsked: 0 });
  expect(await maySee('outsider')).toMatchObject({ approversAsked: 1 });
});
