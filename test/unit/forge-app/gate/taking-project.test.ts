import { conclude } from '../../../../forge-app/request/conclude';
import { newRecord } from '../../../../forge-app/request/record';
import { gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { takingProject } from '../../../../forge-app/gate/taking-project';
import { readProjectSettings } from '../../../../forge-app/settings/project-settings';
import { NOW } from '../request/a-request';
import { aGate, ACCOUNT } from './a-gate';
import { SETTINGS } from './a-service-desk';

const PLACE = { account: ACCOUNT, region: 'eu-west-1' };
const aProject = (id: string, settings: object = SETTINGS) => ({
  id,
  key: `P${id}`,
  settings: readProjectSettings(settings),
});

test('of several projects that take an account’s gates it is the one with the lowest id', () => {
  const projects = [aProject('10020'), aProject('9000'), aProject('10003'), aProject('1', { gates: 1 })];
  expect(takingProject(PLACE, projects)).toEqual({ projectId: '9000' });
});

test('a project that lists the account but takes no gates is passed over', () => {
  const projects = [aProject('1', { ...SETTINGS, gates: undefined }), aProject('2')];
  expect(takingProject(PLACE, projects)).toEqual({ projectId: '2' });
});

test('where none does, it is said what to write, and which settings cannot be read', () => {
  const problem = (projects: Parameters<typeof takingProject>[1]) => {
    const chosen = takingProject(PLACE, projects);
    return 'problem' in chosen ? chosen.problem : '';
  };
  expect(problem([])).toMatch(/No project .* 100000000003 in eu-west-1\. Its administrator has to list/);
  expect(problem([aProject('7', { ...SETTINGS, gates: {} })])).toMatch(
    /project P7 cannot be used: gates\.requestTypeId is \(nothing\): Write the number/,
  );
});

test('a gate whose request was moved to another project is not decided there', () => {
  const gate = aGate(NOW);
  const record = newRecord({
    issueId: '10042',
    requestKey: 'IT-42',
    projectId: '10000',
    operationId: gate.gateId,
    now: NOW,
  });
  const at = NOW.toISOString();
  const fixed = {
    kind: 'gate',
    gate,
    digest: gateDigestOf(gate),
    at,
    reporter: 'ann',
    approvedBlind: [],
  } as const;
  for (const decision of ['approved', 'declined'] as const) {
    const approval = {
      id: '1',
      finalDecision: decision,
      approvers: [{ approver: { accountId: 'bob' }, approverDecision: decision }],
      createdDate: { epochMillis: NOW.getTime() },
      completedDate: { epochMillis: NOW.getTime() },
    };
    expect(
      conclude(
        { ...record, fixed },
        {
          siteId: gate.site,
          issue: { status: 'Approved', closed: false, property: undefined, projectId: '10001' },
          settings: readProjectSettings(SETTINGS),
          approvals: [approval],
          memberships: undefined,
          reason: null,
          shown: undefined,
        },
      ),
    ).toMatchObject({ type: 'blocked', by: 'moved', agents: expect.stringContaining('back') as string });
  }
});
