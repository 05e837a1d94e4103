import fc from 'fast-check';
import { readProjectSettings } from '../../../../forge-app/settings/project-settings';
import { projectSettings } from '../../../builders/settings';

const settings = projectSettings();
const problemsOf = (value: unknown) => {
  const reading = readProjectSettings(value);
  if (reading.outcome !== 'unusable') throw new Error(`expected problems, got ${reading.outcome}`);
  return reading.problems;
};

test('settings that are complete are read as they are', () => {
  expect(readProjectSettings(settings)).toEqual({ outcome: 'read', settings });
});

test('what is left out is the safe choice: approval is required and duties are separate', () => {
  expect(readProjectSettings({ ...settings, separationOfDuties: undefined })).toMatchObject({
    settings: { separationOfDuties: true, products: [{ approval: 'required' }] },
  });
});

test.each([[undefined], [null]])('a project without settings (%j) does not use Gatehouse', (value) => {
  expect(readProjectSettings(value)).toEqual({ outcome: 'absent' });
});

test.each<[string, unknown, string, RegExp]>([
  [
    'products.0.productId',
    { ...settings, products: [{ productId: 'a b', requestTypeId: '1' }] },
    '"a b"',
    /prod-/,
  ],
  [
    'products.0.requestTypeId',
    { ...settings, products: [{ productId: 'p', requestTypeId: 42 }] },
    '42',
    /as text/,
  ],
  [
    'products.0.approval',
    { ...settings, products: [{ productId: 'p', requestTypeId: '1', approval: false }] },
    'false',
    /"required" or "none"/,
  ],
  [
    'products',
    { ...settings, products: [...settings.products, ...settings.products] },
    '[{',
    /each pair .* once/,
  ],
  ['products', { ...settings, products: 'all' }, '"all"', /a list of/],
  [
    'accounts.0.id',
    { ...settings, accounts: [{ ...settings.accounts[0], id: 100000000003 }] },
    '1000',
    /as text/,
  ],
  [
    'accounts.0.regions',
    { ...settings, accounts: [{ ...settings.accounts[0], regions: [] }] },
    '[]',
    /at least one/,
  ],
  [
    'accounts.0.regions.1',
    { ...settings, accounts: [{ ...settings.accounts[0], regions: ['eu-west-1', 'Ireland'] }] },
    '"Ireland"',
    /eu-west-1/,
  ],
  [
    'accounts.0.organizations',
    { ...settings, accounts: [{ ...settings.accounts[0], organizations: [] }] },
    '[]',
    /"everyone"/,
  ],
  [
    'accounts.0.organizations',
    { ...settings, accounts: [{ ...settings.accounts[0], organizations: 'nobody' }] },
    '"nobody"',
    /"everyone"/,
  ],
  [
    'accounts.0.groups',
    { ...settings, accounts: [{ ...settings.accounts[0], organizations: ['7'], groups: [] }] },
    '[]',
    /id of a Jira group/,
  ],
  [
    'accounts.0.groups',
    { ...settings, accounts: [{ ...settings.accounts[0], groups: ['a-1'] }] },
    '["a-1"]',
    /with "everyone" it has to be left out/,
  ],
  ['accounts.0.name', { ...settings, accounts: [{ ...settings.accounts[0], name: ' ' }] }, '" "', /1 to 100/],
  [
    'accounts',
    { ...settings, accounts: [settings.accounts[0], settings.accounts[0]] },
    '[{',
    /each account once/,
  ],
  ['separationOfDuties', { ...settings, separationOfDuties: 'no' }, '"no"', /true or false/],
  ['statuses.done', { ...settings, statuses: { ...settings.statuses, done: '' } }, '""', /status/],
  ['statuses', { ...settings, statuses: undefined }, '(nothing)', /awaitingApproval/],
  ['seperationOfDuties', { ...settings, seperationOfDuties: false }, 'false', /Remove it/],
  [
    'accounts.0.region',
    { ...settings, accounts: [{ ...settings.accounts[0], region: 'x' }] },
    '"x"',
    /Remove it/,
  ],
  ['gates', { ...settings, gates: 'on' }, '"on"', /requestTypeId, approversField, approvers/],
  ['gates.requestTypeId', { ...settings, gates: { requestTypeId: 44 } }, '44', /such as "44"/],
  [
    'gates.requestTypeId',
    { ...settings, gates: { requestTypeId: settings.products[0]?.requestTypeId } },
    '"',
    /one that no product has/,
  ],
  [
    'gates.approversField',
    { ...settings, gates: { requestTypeId: '9999', approversField: 'Approvers', approvers: ['ann'] } },
    '"Approvers"',
    /such as "customfield_10003"/,
  ],
  [
    'gates.approversField',
    { ...settings, gates: { requestTypeId: '9999', approvers: ['ann'] } },
    '(nothing)',
    /leave out both/,
  ],
  [
    'gates.approvers',
    { ...settings, gates: { requestTypeId: '9999', approversField: 'customfield_1' } },
    '(nothing)',
    /1 to 50 Atlassian account ids/,
  ],
  [
    'gates.approver',
    { ...settings, gates: { requestTypeId: '9999', approver: 'ann' } },
    '"ann"',
    /Remove it/,
  ],
  ['gatehouse', 'on', '"on"', /Write an object/],
])('a problem says where, what stands there and what should: %s', (path, value, standing, fix) => {
  const problems = problemsOf(value);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.path).toBe(path);
  expect(problems[0]?.value.startsWith(standing)).toBe(true);
  expect(problems[0]?.fix).toMatch(fix);
});

test('everything that is wrong is told at once', () => {
  expect(problemsOf({ products: 1, accounts: 2 }).map(({ path }) => path)).toEqual([
    'products',
    'accounts',
    'statuses',
  ]);
});

test('nothing makes reading throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const reading = readProjectSettings({ ...settings, accounts: value, [JSON.stringify(value)]: value });
      if (reading.outcome === 'unusable')
        expect(reading.problems.every(({ fix }) => fix.length > 0)).toBe(true);
    }),
  );
});
