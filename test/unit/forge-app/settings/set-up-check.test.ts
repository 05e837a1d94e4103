import type { Workflow } from '../../../../forge-app/jira/workflows';
import { type CheckId, checkSetUp, type SetUp } from '../../../../forge-app/settings/set-up-check';
import { readProjectSettings } from '../../../../forge-app/settings/project-settings';
import { projectSettings, REQUEST_TYPE } from '../../../builders/settings';

const NOW = new Date('2026-01-15T09:00:00.000Z');
const STORED = { source: 'stored', since: '2026-01-15T08:00:00.000Z', next: null } as const;
const { statuses } = projectSettings();
const FIELD = 'customfield_10003';

const workflow: Workflow = {
  name: 'Cloud',
  initial: statuses.awaitingApproval,
  approvals: [
    {
      status: statuses.awaitingApproval,
      field: FIELD,
      excludesReporter: true,
      approvedTo: statuses.approved,
      declinedTo: statuses.declined,
    },
  ],
  transitions: [
    { from: statuses.awaitingApproval, to: statuses.declined },
    { from: statuses.approved, to: statuses.done },
    { from: null, to: statuses.failed },
  ],
};

const whole: SetUp = {
  secrets: { toBridge: STORED, fromBridge: STORED },
  arrival: {
    testId: `test-${'a'.repeat(32)}`,
    arrivedAt: '2026-01-15T08:30:00.000Z',
    verifiedWith: 'current',
  },
  sync: { done: { at: '2026-01-15T08:00:00.000Z', products: 1, tooLarge: [] }, failed: null },
  settings: readProjectSettings(
    projectSettings({ gates: { requestTypeId: '44', approversField: FIELD, approvers: ['ann'] } }),
  ),
  products: [{ id: 'prod-bucket', name: 'Bucket', region: 'eu-west-1', launchable: true }],
  requestTypes: [
    { id: REQUEST_TYPE, name: 'A bucket', issueTypeId: '10100', inPortal: true },
    { id: '44', name: 'Stacks', issueTypeId: '10100', inPortal: false },
  ],
  issueTypes: [{ id: '10100', name: 'Service request', statuses: Object.values(statuses) }],
  workflows: new Map([['10100', workflow]]),
  gateFields: [
    { id: 'summary', required: true },
    { id: 'description', required: false },
    { id: FIELD, required: false },
  ],
  missingPermissions: [],
  now: NOW,
};

/** What is not in order, and what it is about. */
const notInOrder = (overrides: Partial<SetUp>) =>
  checkSetUp({ ...whole, ...overrides })
    .filter(({ id, state }) => state !== 'ok' && id !== 'mail-approvals')
    .map(({ id, state, about }) => [id, state, ...about]);

test('a set-up in which nothing is missing is in order, but for what no app can read', () => {
  expect(notInOrder({})).toStrictEqual([]);
  expect(checkSetUp(whole)).toContainEqual({ id: 'mail-approvals', state: 'unknown', about: [] });
});

const withSettings = (overrides: Parameters<typeof projectSettings>[0]) => ({
  settings: readProjectSettings(projectSettings(overrides)),
});
const withWorkflow = (overrides: Partial<Workflow>) => ({
  workflows: new Map([['10100', { ...workflow, ...overrides }]]),
});
const step = workflow.approvals[0];
if (!step) throw new Error('The workflow has an approval step');
const MISSING = { source: 'missing', since: null, next: null } as const;

test.each<[CheckId, Partial<SetUp>, string, ...string[]]>([
  ['secret-to-bridge', { secrets: { toBridge: MISSING, fromBridge: STORED } }, 'missing'],
  ['callback-arrived', { arrival: undefined }, 'missing'],
  [
    'callback-arrived',
    { secrets: { toBridge: STORED, fromBridge: { ...STORED, since: '2026-01-15T08:45:00.000Z' } } },
    'missing',
  ],
  ['catalogue-fresh', { sync: { done: null, failed: null } }, 'missing'],
  [
    'catalogue-fresh',
    {
      sync: {
        done: { at: '2026-01-15T05:59:00.000Z', products: 1, tooLarge: [] },
        failed: { at: NOW.toISOString(), reason: 'status 503' },
      },
    },
    'missing',
    'status 503',
  ],
  [
    'catalogue-fresh',
    { sync: { done: { at: NOW.toISOString(), products: 1, tooLarge: ['prod-huge'] }, failed: null } },
    'advice',
    'prod-huge',
  ],
  ['products-offered', { products: [] }, 'missing', 'prod-bucket'],
  [
    'request-types-exist',
    { requestTypes: whole.requestTypes?.filter(({ id }) => id !== REQUEST_TYPE) },
    'missing',
    REQUEST_TYPE,
  ],
  [
    'request-types-in-portal',
    { requestTypes: whole.requestTypes?.map((type) => ({ ...type, inPortal: false })) },
    'missing',
    'A bucket',
  ],
  [
    'gate-request-type',
    { requestTypes: whole.requestTypes?.map((type) => ({ ...type, inPortal: true })) },
    'advice',
    'Stacks',
  ],
  [
    'regions-covered',
    { products: [{ id: 'prod-bucket', name: 'Bucket', region: 'us-east-1', launchable: true }] },
    'missing',
    'Bucket (us-east-1)',
  ],
  [
    'statuses-exist',
    {
      issueTypes: [
        {
          id: '10100',
          name: 'Service request',
          statuses: ['DONE', 'In progress', 'Waiting for approval', 'Declined'],
        },
      ],
    },
    'missing',
    'Service request: Failed',
  ],
  ['arrives-waiting', withWorkflow({ initial: statuses.approved }), 'missing', 'Cloud'],
  ['approvers-field', withWorkflow({ approvals: [{ ...step, field: null }] }), 'missing', 'Cloud'],
  [
    'reporter-excluded',
    withWorkflow({ approvals: [{ ...step, excludesReporter: false }] }),
    'advice',
    'Cloud',
  ],
  [
    'approval-step',
    withWorkflow({ approvals: [{ ...step, approvedTo: statuses.done }] }),
    'missing',
    'Cloud',
  ],
  [
    'ways-on',
    withWorkflow({ transitions: workflow.transitions.filter(({ to }) => to !== statuses.done) }),
    'advice',
    `Cloud: ${statuses.approved} → ${statuses.done}`,
  ],
  [
    'gate-fields',
    { gateFields: [...(whole.gateFields ?? []), { id: 'duedate', required: true }] },
    'missing',
    'duedate',
  ],
  ['app-permissions', { missingPermissions: ['MODIFY_REPORTER'] }, 'missing', 'MODIFY_REPORTER'],
])('%s: what is missing is named', (id, overrides, state, ...about) => {
  expect(notInOrder(overrides)).toEqual([[id, state, ...about]]);
});

test('a workflow without any approval step misses the step, its approvers and the reporter’s exclusion', () => {
  expect(notInOrder(withWorkflow({ approvals: [] })).map(([id]) => id)).toEqual([
    'approval-step',
    'approvers-field',
    'reporter-excluded',
  ]);
});

test('products that need no approval ask for no approval step', () => {
  const settings = withSettings({
    products: [{ productId: 'prod-bucket', requestTypeId: REQUEST_TYPE, approval: 'none' }],
  });
  expect(
    notInOrder({ ...settings, ...withWorkflow({ approvals: [], initial: statuses.approved }) }),
  ).toStrictEqual([]);
});

test('what Jira does not tell is unknown, and nothing is called in order for that', () => {
  const silent = {
    requestTypes: undefined,
    issueTypes: undefined,
    workflows: new Map<string, Workflow>(),
    gateFields: undefined,
    missingPermissions: undefined,
  };
  expect(notInOrder(silent).map(([, state]) => state)).toEqual(Array.from({ length: 11 }, () => 'unknown'));
});

test('settings that cannot be used are the one thing to be done about them', () => {
  const unusable = notInOrder({ settings: readProjectSettings({ products: 'all' }) });
  expect(unusable).toHaveLength(1);
  expect(unusable[0]?.slice(0, 2)).toEqual(['settings-readable', 'missing']);
});
