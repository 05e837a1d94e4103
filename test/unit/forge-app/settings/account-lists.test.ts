import fc from 'fast-check';
import { inPieces, joined, listsNamedIn } from '../../../../forge-app/settings/account-lists';
import { readProjectSettings } from '../../../../forge-app/settings/project-settings';
import { manyAccounts, projectSettings } from '../../../builders/settings';

const LONGEST = 32_768;
const settings = projectSettings();

test('settings that fit into the property are written as they are', () => {
  const pieces = inPieces(settings, 'mark');
  expect(pieces).toEqual({ property: settings, lists: new Map() });
  expect(pieces?.property).toBe(settings);
});

test('ten thousand accounts lie in lists that the property names, each as long as Jira takes, and nothing of them is lost', () => {
  const many = { ...settings, accounts: manyAccounts(10_000) };
  const pieces = inPieces(many, 'mark');
  if (!pieces) throw new Error('ten thousand accounts have to fit');
  expect(listsNamedIn(pieces.property)).toEqual([...pieces.lists.keys()]);
  expect([...pieces.lists.keys()].slice(0, 2)).toEqual([
    'gatehouse-accounts-mark-1',
    'gatehouse-accounts-mark-2',
  ]);
  for (const piece of [pieces.property, ...pieces.lists.values()])
    expect(JSON.stringify(piece).length).toBeLessThanOrEqual(LONGEST);
  expect(joined(pieces.property, pieces.lists)).toEqual(many);
});

test('whatever the accounts are, they come out as they went in, or are too many', () => {
  const account = fc.record({
    id: fc.string(),
    name: fc.string({ maxLength: 4_000 }),
    groups: fc.array(fc.string(), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(account, { minLength: 1, maxLength: 200 }), (list) => {
      const whole = { ...settings, accounts: list };
      const pieces = inPieces(whole, 'mark');
      if (!pieces) throw new Error('less than a megabyte has to fit');
      expect(joined(pieces.property, pieces.lists)).toEqual(whole);
      for (const piece of [pieces.property, ...pieces.lists.values()])
        expect(JSON.stringify(piece).length).toBeLessThanOrEqual(LONGEST);
    }),
    { numRuns: 30 },
  );
});

test.each<[string, object]>([
  ['an account that is longer than a property', { accounts: [{ name: 'n'.repeat(LONGEST) }] }],
  ['more lists than are named', { accounts: manyAccounts(60, 'n'.repeat(30_000)) }],
  ['other settings that are longer than a property', { products: 'p'.repeat(LONGEST), accounts: [] }],
])('%s cannot be written', (_what, part) => {
  expect(inPieces({ ...settings, ...part }, 'mark')).toBeUndefined();
});

test('as many accounts as fill a property to the last character are in one list, and one character more takes two', () => {
  const filling = (length: number) => {
    const rest = manyAccounts(300);
    const left = length - JSON.stringify([...rest, { name: '' }]).length;
    return [...rest, { name: 'n'.repeat(left) }];
  };
  const listsOf = (list: readonly unknown[]) => [
    ...(inPieces({ ...settings, accounts: list }, 'mark')?.lists.values() ?? []),
  ];
  expect(JSON.stringify(filling(LONGEST))).toHaveLength(LONGEST);
  expect(listsOf(filling(LONGEST)).map((list) => list.length)).toEqual([301]);
  expect(listsOf(filling(LONGEST + 1)).map((list) => list.length)).toEqual([300, 1]);
});

test('accounts of the property itself come before those of its lists, in their order', () => {
  const [one, two, three] = manyAccounts(3);
  const property = {
    ...settings,
    accounts: [one],
    accountsIn: ['gatehouse-accounts-b', 'gatehouse-accounts-a'],
  };
  const lists = new Map([
    ['gatehouse-accounts-a', [three]],
    ['gatehouse-accounts-b', [two]],
  ]);
  expect(joined(property, lists)).toEqual({ ...settings, accounts: [one, two, three] });
});

test.each<[string, unknown]>([
  ['is not there', undefined],
  ['is no list', { accounts: manyAccounts(1) }],
])('settings of which a list %s cannot be used, and the list is named', (_what, list) => {
  const lists = new Map<string, unknown>([
    ['gatehouse-accounts-1', manyAccounts(2)],
    ['gatehouse-accounts-2', list],
  ]);
  const names = ['gatehouse-accounts-1', 'gatehouse-accounts-2'];
  const whole = joined({ ...settings, accounts: undefined, accountsIn: names }, lists);
  expect(readProjectSettings(whole)).toMatchObject({
    outcome: 'unusable',
    problems: [
      {
        path: 'accountsIn',
        value: '["gatehouse-accounts-2"]',
        fix: expect.stringContaining('names of') as string,
      },
    ],
  });
});

test.each<[string, unknown]>([
  ['a property of another kind', ['secret-of-another-app']],
  ['no names', [7]],
  ['an empty list', []],
  ['no list', 'gatehouse-accounts-1'],
  ['more lists than are read', Array.from({ length: 51 }, (_, index) => `gatehouse-accounts-${index}`)],
])(
  'where %s stands in the place of the lists, none is read, and the settings cannot be used',
  (_what, accountsIn) => {
    const property = { ...settings, accountsIn };
    expect(listsNamedIn(property)).toStrictEqual([]);
    expect(joined(property, new Map())).toBe(property);
    expect(readProjectSettings(property)).toMatchObject({
      outcome: 'unusable',
      problems: [{ path: 'accountsIn' }],
    });
  },
);

test.each([[undefined], [null], ['none'], [settings]])(
  'a property without lists names none: %j',
  (property) => {
    expect(listsNamedIn(property)).toStrictEqual([]);
  },
);
