import type { Issue } from '../../../../forge-app/jira/issue';
import { createCheckOrder } from '../../../../forge-app/request/check-order';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { createRequests } from '../../../../forge-app/request/requests';
import type { SettingsReading } from '../../../../forge-app/settings/project-settings';
import { projectSettings } from '../../../builders/settings';
import { aRequest, FORM, NOW, SITE } from './a-request';
import { aStore } from './a-store';

const ISSUE: Issue = {
  id: '10042',
  key: 'IT-42',
  projectId: '10000',
  closed: false,
  status: 'Waiting for approval',
  reporter: 'ann',
  property: FORM,
};
const LATER = new Date(NOW.getTime() + 60_000);

/** A check of an order whose catalogue has not arrived. */
const checked = async (
  issue: Issue | undefined,
  {
    known,
    settings = { outcome: 'read', settings: projectSettings() },
  }: {
    readonly known?: RequestRecord;
    readonly settings?: SettingsReading;
  } = {},
) => {
  const { store, record } = aStore(...(known ? [known] : []));
  const effects: string[] = [];
  const checkOrder = createCheckOrder({
    requests: createRequests({
      store,
      perform: ({ id }) => {
        effects.push(id);
        return Promise.resolve([]);
      },
      now: () => LATER,
      newHolder: () => 'holder',
      report: () => undefined,
    }),
    issues: { issue: () => Promise.resolve(issue) },
    customers: { requestTypeOf: () => Promise.resolve('1'), approvalsOf: () => Promise.resolve([]) },
    membershipsOf: () => Promise.resolve({ organizations: [], groups: [] }),
    settingsOf: () => Promise.resolve(settings),
    catalog: { forOrder: () => Promise.resolve(undefined) },
    syncCatalog: () => Promise.reject(new Error('The bridge is down')),
    now: () => LATER,
  });
  const applied = await checkOrder({ siteId: SITE, appId: 'app' }, '10042');
  return { applied, record: record(), effects };
};

const unchecked = (overrides: Partial<RequestRecord> = {}) =>
  aRequest({ fixed: null, state: 'stuck', lookAt: NOW.toISOString(), ...overrides });

test('an order whose project has no settings any more is looked at ever more rarely, in the end no more', async () => {
  const settings = { outcome: 'absent' } as const;
  const fresh = await checked(ISSUE, { known: unchecked(), settings });
  expect(fresh.record?.lookAt).toBe(new Date(LATER.getTime() + 4 * 60_000).toISOString());
  const since = new Date(NOW.getTime() - 90 * 24 * 3_600_000).toISOString();
  const forgotten = await checked(ISSUE, { known: unchecked({ since }), settings });
  expect(forgotten.record).toMatchObject({ state: 'stuck', lookAt: null });
  expect(forgotten.effects).toStrictEqual([]);
});

test.each<[string, SettingsReading]>([
  ['has settings', { outcome: 'read', settings: projectSettings() }],
  ['has none any more', { outcome: 'absent' }],
])(
  'an order that was closed before it was checked is withdrawn, whether its project %s',
  async (_what, settings) => {
    const { record, effects } = await checked({ ...ISSUE, closed: true }, { known: unchecked(), settings });
    expect(record).toMatchObject({ state: 'withdrawn', fixed: null, lookAt: null });
    expect(effects).toEqual(['property-withdrawn-0-0']);
  },
);

test('an order that was withdrawn unchecked is checked once it is reopened', async () => {
  const known = unchecked({ state: 'withdrawn', lookAt: null });
  const { record, effects } = await checked(ISSUE, { known });
  expect(record?.state).toBe('stuck');
  expect(effects).toContain('stuck-1');
  const waiting = await checked(ISSUE, { known, settings: { outcome: 'absent' } });
  expect(waiting.record?.state).toBe('awaiting-approval');
  expect(waiting.record?.lookAt).not.toBeNull();
});

test('an order that Jira does not show is left unchecked, and checked once Jira shows it', async () => {
  const { record } = await checked(undefined, { known: unchecked() });
  expect(record).toMatchObject({ state: 'stuck', unseenSince: LATER.toISOString(), gone: false });
  const shown = await checked(ISSUE, { known: unchecked({ unseenSince: NOW.toISOString() }) });
  expect(shown.record?.unseenSince).toBeNull();
  const takenUp = await checked(ISSUE, { known: unchecked({ gone: true }) });
  expect(takenUp.record).toMatchObject({ gone: false, state: 'stuck' });
  expect(takenUp.record?.lookAt).not.toBeNull();
});

test('an issue that is not known and that Jira does not show is none of ours', async () => {
  const { applied, record } = await checked(undefined);
  expect([applied, record]).toStrictEqual([undefined, undefined]);
});
