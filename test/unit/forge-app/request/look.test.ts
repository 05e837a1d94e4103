import { type GateDecision, gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { JiraRefused, JiraUnavailable } from '../../../../forge-app/jira/jira-client';
import { decide } from '../../../../forge-app/request/decide';
import { createLook } from '../../../../forge-app/request/look';
import { newRecord } from '../../../../forge-app/request/record';
import { readProjectSettings } from '../../../../forge-app/settings/project-settings';
import { aGate } from '../gate/a-gate';
import { SETTINGS } from '../gate/a-service-desk';
import { NOW, SITE } from './a-request';

const gate = aGate(NOW);
const at = NOW.toISOString();
const request = { issueId: '10042', requestKey: 'IT-42', projectId: '10000', operationId: gate.gateId };
const record = {
  ...newRecord({ ...request, now: NOW }),
  fixed: { kind: 'gate', gate, digest: gateDigestOf(gate), at, reporter: 'ann', approvedBlind: [] },
} as const;

/** A look at a declined gate whose comments Jira answers with this error. */
const lookAtDeclined = (error: Error) =>
  createLook({
    issues: {
      issue: () =>
        Promise.resolve({
          id: '10042',
          key: 'IT-42',
          projectId: '10000',
          status: 'Declined',
          closed: true,
          reporter: 'ann',
          property: undefined,
        }),
    },
    customers: {
      approvalsOf: () =>
        Promise.resolve([
          {
            id: '1',
            finalDecision: 'declined',
            approvers: [{ approver: { accountId: 'bob' }, approverDecision: 'declined' }],
            createdDate: { epochMillis: NOW.getTime() },
            completedDate: { epochMillis: NOW.getTime() },
          },
        ]),
      publicCommentsOf: () => Promise.reject(error),
      ownComments: () => Promise.resolve([]),
    },
    membershipsOf: () => Promise.resolve({ organizations: [], groups: [] }),
    settingsOf: () => Promise.resolve(readProjectSettings(SETTINGS)),
  })({ siteId: SITE, appId: 'app' }, record, 'first');

test('a decline whose comments Jira does not let be read counts, without a reason', async () => {
  expect(await lookAtDeclined(new JiraRefused('the comments', 403, []))).toMatchObject({
    conclusion: { type: 'decided', handover: { decision: 'declined', reason: null } },
  });
});

test.each([
  ['expired', 1],
  ['withdrawn', 1],
  ['succeeded', 0],
  ['declined', 0],
] as const)(
  'whoever decides on a gate that %s reads that it was too late only where no decision counted',
  (state, told) => {
    const decision: GateDecision = {
      gateId: gate.gateId,
      site: gate.site,
      requestKey: 'IT-42',
      digest: record.fixed.digest,
      decision: 'approved',
      approvers: ['bob'],
      decidedAt: at,
      reason: null,
    };
    const { effects } = decide({ ...record, state }, { type: 'decided', handover: decision }, NOW);
    expect(effects).toHaveLength(told);
  },
);

test('where Jira only does not answer now, the reason is waited for', async () => {
  await expect(lookAtDeclined(new JiraUnavailable('the comments', 'status 503', null))).rejects.toThrow(
    JiraUnavailable,
  );
});
