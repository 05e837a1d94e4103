import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsCommand } from '../../../scripts/settings-command';
import { manyAccounts, projectSettings } from '../../builders/settings';
import { PROJECT } from '../../sandbox/atlassian/jira-site';
import type { PersonName } from '../../sandbox/site';
import { aSite } from '../sandbox/atlassian/tiny-app';

const settings = projectSettings();
const accounts = manyAccounts(3_000);

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (content: unknown): string => {
  const path = join(folder, 'gatehouse.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const run = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> => {
  const said: string[] = [];
  await settingsCommand(args, env, (line) => void said.push(line));
  return said;
};

/** A site, and the command as somebody runs it against it. */
const aJira = async () => {
  const { site, siteUrl } = await aSite();
  const property = async (key: string): Promise<unknown> => {
    const { status, text } = await site.send(
      'admin',
      'GET',
      `/rest/api/3/project/${PROJECT.key}/properties/${key}`,
    );
    return status === 200 ? (JSON.parse(text) as { readonly value: unknown }).value : undefined;
  };
  const write = (as: PersonName, path: string, project: string = PROJECT.key) => {
    const [, basic = ''] = site.credentialsOf(as).split(' ');
    const [JIRA_USER, JIRA_TOKEN] = Buffer.from(basic, 'base64').toString().split(':');
    return run([path, '--site', siteUrl, '--project', project], { JIRA_USER, JIRA_TOKEN });
  };
  return { property, write };
};

test('settings are checked without a site, and nobody has to sign in for it', async () => {
  expect(await run([file(settings)])).toEqual([
    `${join(folder, 'gatehouse.json')} can be used. Products: 1, accounts: 2.`,
  ]);
});

test.each<[string, unknown, RegExp]>([
  [
    'what cannot be used',
    { ...settings, accounts: [{ ...settings.accounts[0], id: 12 }] },
    /^accounts\.0\.id is 12: Write the twelve/,
  ],
  ['no JSON', 'products:', /is no JSON/],
  ['nothing', null, /has no settings/],
  [
    'lists of accounts',
    { ...settings, accountsIn: ['gatehouse-accounts-1'] },
    /write all accounts into "accounts"/,
  ],
])('a file with %s is refused in words', async (_what, content, words) => {
  await expect(run([file(content)])).rejects.toThrow(words);
});

test('three thousand accounts are written in lists, and those from before are taken away', async () => {
  const { property, write } = await aJira();
  const said = await write('project-admin', file({ ...settings, accounts }));
  expect(said.slice(-2)).toEqual(['wrote gatehouse', 'Project CLOUD has these settings now.']);
  const { accountsIn } = (await property('gatehouse')) as { readonly accountsIn: readonly string[] };
  expect((await Promise.all(accountsIn.map(property))).flat()).toEqual(accounts);
  expect(await write('project-admin', file(settings))).toEqual([
    expect.stringMatching(/can be used/),
    'wrote gatehouse',
    ...accountsIn.map((name) => `took away ${name}`),
    'Project CLOUD has these settings now.',
  ]);
  expect(await property('gatehouse')).toEqual(settings);
  expect(await property(accountsIn[0] ?? '')).toBeUndefined();
});

test.each<[PersonName, string, RegExp]>([
  ['agent', PROJECT.key, /403 for PUT of gatehouse of project CLOUD: You have no permission/],
  ['admin', 'NONE', /404 for PUT of gatehouse of project NONE: No project could be found/],
])('what Jira refuses %s in project %s is said with its reason', async (as, project, words) => {
  const { write } = await aJira();
  await expect(write(as, file(settings), project)).rejects.toThrow(words);
});

test.each<[string, readonly string[], NodeJS.ProcessEnv, RegExp]>([
  [
    'nobody signs in',
    ['--site', 'https://a.atlassian.net', '--project', 'IT'],
    {},
    /Set JIRA_USER and JIRA_TOKEN/,
  ],
  [
    'the site would be told a token in clear',
    ['--site', 'http://a.atlassian.net', '--project', 'IT'],
    { JIRA_USER: 'a', JIRA_TOKEN: 'b' },
    /write https/,
  ],
  [
    'the site is none',
    ['--site', 'mine', '--project', 'IT'],
    { JIRA_USER: 'a', JIRA_TOKEN: 'b' },
    /--site is mine/,
  ],
  [
    'nobody is there',
    ['--site', 'http://127.0.0.1:9', '--project', 'IT'],
    { JIRA_USER: 'a', JIRA_TOKEN: 'b' },
    /does not answer/,
  ],
  ['no project is named', ['--site', 'https://a.atlassian.net'], {}, /go together/],
])('nothing is written where %s', async (_where, options, env, words) => {
  await expect(run([file(settings), ...options], env)).rejects.toThrow(words);
});

test('what the command is for is told on request, and to who names no file', async () => {
  const help = (await run(['--help'])).join('\n');
  expect(help).toContain('JIRA_TOKEN');
  await expect(run([])).rejects.toThrow(/Name one file/);
  await expect(run([join(folder, 'none.json')])).rejects.toThrow(/no file/);
});
