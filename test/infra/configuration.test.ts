import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { chooseConfiguration } from '../../infra/choose-configuration';
import { ConfigurationRefused, parseConfiguration, readConfiguration } from '../../infra/read-configuration';
import { aConfiguration } from '../builders/configuration';

const EXAMPLE = 'gatehouse.example.yml';

/** One line for each problem. */
const problemsOf = (yaml: string): readonly string[] => {
  try {
    parseConfiguration(yaml, 'gatehouse.yml');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationRefused)) throw error;
    return error.message.split('\n');
  }
};
const problemsWith = (overrides: object): readonly string[] =>
  problemsOf(stringify({ ...aConfiguration(), ...overrides }));

test('the example is a configuration', () => {
  expect(readConfiguration(EXAMPLE)).toMatchObject({
    organization: { managementAccount: '111111111111' },
    hubAccount: '222222222222',
    roles: { tenant: 'gatehouse/GatehouseTenant', launchPrefix: 'GatehouseLaunch' },
    consoleRoles: [],
  });
});

test('what the example leaves commented out can be written as it stands there', () => {
  const yaml = readFileSync(EXAMPLE, 'utf8').replace(
    /^( *)# (?= *(?:(?:accounts|roles|tenant|launchPrefix|consoleRoles):|- ))/gm,
    '$1',
  );
  expect(parseConfiguration(yaml, EXAMPLE)).toMatchObject({
    tenants: { accounts: ['333333333333', '444444444444'] },
    regions: ['eu-west-1', 'us-east-1'],
    roles: { tenant: 'gatehouse/GatehouseTenant', launchPrefix: 'GatehouseLaunch' },
    consoleRoles: ['aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*'],
  });
});

test('a wrong value is refused with its path, the value and what to write instead', () => {
  expect(problemsWith({ regions: ['eu-west-1', 'eu-west'] })).toEqual([
    'gatehouse.yml: regions[1] is "eu-west": write a region such as eu-west-1',
  ]);
});

test('all problems are told at once, those between settings, too', () => {
  expect(
    problemsWith({
      hubAccount: aConfiguration().organization.managementAccount,
      regions: ['eu-west', 'us-east-1', 'us-east-1'],
      notify: 'somebody',
    }),
  ).toEqual([
    expect.stringContaining('regions[0] is "eu-west"'),
    expect.stringContaining('regions[2] is "us-east-1": it stands at position 2 already'),
    expect.stringContaining('notify is "somebody"'),
    expect.stringContaining('hubAccount is "100000000001": a delegated administrator has to be a member'),
  ]);
});

test.each(['012345678901', '100000000002'])(
  'an account without quotes (%s) is refused as it was written',
  (id) => {
    const yaml = stringify(aConfiguration()).replace(/hubAccount: .*/, `hubAccount: ${id}`);
    expect(problemsOf(yaml)).toEqual([
      `gatehouse.yml: hubAccount is ${id}: write the twelve digits in quotes, such as "012345678901"; YAML takes them for a number`,
    ]);
  },
);

test('a region of another partition is refused with the reason', () => {
  expect(problemsWith({ regions: ['cn-north-1'] })).toEqual([
    expect.stringMatching(
      /regions\[0\] is "cn-north-1": .*partition aws only.*; write a region such as eu-west-1/,
    ),
  ]);
});

test('a setting that does not exist is refused by its name', () => {
  expect(problemsWith({ roles: { launchPrefx: 'Launch' } })).toEqual([
    'gatehouse.yml: roles.launchPrefx: there is no such setting; remove it',
  ]);
});

test('a missing setting is refused with what to write', () => {
  expect(problemsOf('')).toContain(
    'gatehouse.yml: regions is missing: write at least one region, such as eu-west-1; the first is the home of the bridge',
  );
});

test('a file that is not YAML is refused with the line', () => {
  expect(problemsOf('regions:\n  - eu-west-1\n hub: x')).toEqual([
    expect.stringContaining('gatehouse.yml: line 3: '),
  ]);
});

test.each([
  [
    { within: { organizationalUnits: ['ou-a1b2'] } },
    'tenants.within.organizationalUnits[0] is "ou-a1b2": write the id',
  ],
  [{ within: { root: 'a1b2' } }, 'tenants.within.root is "a1b2": write the id of the organization\'s root'],
  [{ within: {} }, 'tenants.within is {}: write either `root:`'],
  [{ within: { root: 'r-a1b2', organizationalUnits: ['ou-a1b2-c3d4e5f6'] } }, 'write either `root:`'],
  [
    { within: { organizationalUnits: ['ou-a1b2-c3d4e5f6', 'ou-ffff-c3d4e5f6'] } },
    'tenants.within.organizationalUnits[1] is "ou-ffff-c3d4e5f6": it belongs to another organization',
  ],
  [
    { within: { root: 'r-a1b2' }, accounts: ['100000000001'] },
    'StackSets never reach the management account',
  ],
  [
    { within: { root: 'r-a1b2' }, accounts: ['100000000002'] },
    'the hub account has the roles of a tenant already',
  ],
  [{ within: { root: 'r-a1b2' }, accounts: [] }, 'tenants.accounts is []: write at least one account'],
])('tenants %j are refused', (tenants, problem) => {
  expect(problemsWith({ tenants })).toEqual([expect.stringContaining(problem)]);
});

test.each([
  [{ consoleRoles: ['*'] }, 'consoleRoles[0] is "*": it matches every role there is'],
  [{ consoleRoles: Array.from({ length: 10 }, (_, n) => `role-${n}`) }, 'write at most nine'],
  [
    { roles: { tenant: 'gatehouse/GatehouseLaunch-x' } },
    'roles.tenant is "gatehouse/GatehouseLaunch-x": it could be',
  ],
  [{ roles: { launchPrefix: 'SC-Launch' } }, 'roles.launchPrefix is "SC-Launch": names that begin with SC-'],
  [{ roles: { tenant: '/GatehouseTenant' } }, 'write path and name without a slash in front'],
])('%j is refused', (overrides, problem) => {
  expect(problemsWith(overrides)).toEqual([expect.stringContaining(problem)]);
});

describe('which file is taken', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-configuration-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = (yaml: string): string => {
    const file = join(folder, 'gatehouse.yml');
    writeFileSync(file, yaml);
    return file;
  };
  const tell = jest.fn();

  test('to deploy, one that somebody wrote', () => {
    const file = written(stringify(aConfiguration()));
    expect(chooseConfiguration({ file, toDeploy: true, tell })).toEqual(aConfiguration());
  });

  test('to deploy, never the example, whatever its name', () => {
    const file = written(readFileSync(EXAMPLE, 'utf8'));
    expect(() => chooseConfiguration({ file, toDeploy: true, tell })).toThrow(
      /organization\.id is "o-exampleorg1", the organization of gatehouse\.example\.yml.*write your own/,
    );
  });

  test('one that is missing is refused with what to do', () => {
    expect(() => chooseConfiguration({ file: join(folder, 'none.yml'), toDeploy: true, tell })).toThrow(
      /none\.yml cannot be read .*copy gatehouse\.example\.yml to it and write your values/,
    );
  });
});
