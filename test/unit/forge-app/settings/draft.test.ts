import fc from 'fast-check';
import { draftOf, propertyOf, revisionOf, SettingsDraft } from '../../../../forge-app/settings/draft';
import { readProjectSettings } from '../../../../forge-app/settings/project-settings';
import { projectSettings } from '../../../builders/settings';

test('settings that can be read survive the way into the page and back', () => {
  const settings = projectSettings({
    gates: { requestTypeId: '44', approversField: 'customfield_10003', approvers: ['ann'] },
    accounts: [
      { id: '100000000003', name: 'a', regions: ['eu-west-1'], organizations: ['7'], groups: ['g-1'] },
      { id: '100000000004', name: 'b', regions: ['eu-west-1'], organizations: 'everyone' },
    ],
  });
  expect(readProjectSettings(propertyOf(draftOf(settings)))).toEqual({ outcome: 'read', settings });
});

test('whatever somebody has written, the page gets a draft', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const draft = draftOf(value);
      expect(Array.isArray(draft.products)).toBe(true);
      expect(draft.statuses).toHaveProperty('awaitingApproval');
    }),
    { numRuns: 300, seed: 42 },
  );
  expect(SettingsDraft.safeParse(draftOf(undefined)).success).toBe(true);
});

test('what can be made out of settings that cannot be used is kept', () => {
  const { accounts, statuses } = draftOf({
    ...projectSettings(),
    accounts: [{ id: 12, name: 'payments-dev' }, 'nonsense'],
    statuses: { done: 'Done' },
  });
  expect(accounts[0]).toStrictEqual({
    id: '',
    name: 'payments-dev',
    regions: [],
    organizations: [],
    groups: [],
  });
  expect(statuses).toMatchObject({ done: 'Done', failed: '' });
});

test('a revision tells every state of the property from every other, whatever the order of its members', () => {
  expect(revisionOf({ a: 1, b: 2 })).toBe(revisionOf({ b: 2, a: 1 }));
  expect(new Set([undefined, null, {}, { a: 1 }, { a: 2 }].map(revisionOf)).size).toBe(5);
});
