import { accountsFor, createMembershipsOf, mayUse } from '../../../../forge-app/settings/may-use';
import { AccountSetting } from '../../../../forge-app/settings/project-settings';

const account = (who: object): AccountSetting =>
  AccountSetting.parse({ id: '100000000003', name: 'payments-dev', regions: ['eu-west-1'], ...who });
const nobody = { organizations: [], groups: [] };

test.each([
  ['everyone', { organizations: 'everyone' }, nobody, true],
  ['an organization’s member', { organizations: ['7'] }, { ...nobody, organizations: ['7'] }, true],
  ['another organization’s member', { organizations: ['7'] }, { ...nobody, organizations: ['8'] }, false],
  ['a group’s member', { groups: ['a-1'] }, { ...nobody, groups: ['a-1'] }, true],
  ['another group’s member', { groups: ['a-1'] }, { ...nobody, groups: ['a-2'] }, false],
  [
    'a member of the group where an organization is listed, too',
    { organizations: ['7'], groups: ['a-1'] },
    { ...nobody, groups: ['a-1'] },
    true,
  ],
  [
    'an organization with the id of a listed group',
    { groups: ['7'] },
    { ...nobody, organizations: ['7'] },
    false,
  ],
])('%s: whether an account may be used follows from what its setting lists', (_who, setting, who, may) => {
  expect(mayUse(account(setting), who)).toBe(may);
  expect(accountsFor({ accounts: [account(setting)] }, who)).toHaveLength(may ? 1 : 0);
});

test.each([
  [{ organizations: 'everyone' }, []],
  [{ organizations: ['7'] }, ['organizations']],
  [{ groups: ['a-1'] }, ['groups']],
  [{ organizations: ['7'], groups: ['a-1'] }, ['organizations', 'groups']],
])('Jira is asked for no more than the setting %j needs', async (setting, expected) => {
  const asked: string[] = [];
  const answering = (what: string) => () => {
    asked.push(what);
    return Promise.resolve([what]);
  };
  const membershipsOf = createMembershipsOf({
    organizationsOf: answering('organizations'),
    groupsOf: answering('groups'),
  });
  await membershipsOf('ann', [account(setting)]);
  expect(asked).toEqual(expected);
});
