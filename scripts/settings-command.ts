import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { listsNamedIn } from '../forge-app/settings/account-lists';
import { readProjectSettings } from '../forge-app/settings/project-settings';
import { createWriteSettings } from '../forge-app/settings/settings-property';

const HELP = `npm run settings -- FILE [--site URL --project KEY]

Checks the settings of a service project and writes them where Gatehouse reads them: into the project's property gatehouse and, where
there are more accounts than fit into it, into the lists that it names.

  FILE             the settings, all accounts in one list; docs/jira-setup.md describes them
  --site URL       https://<your site>.atlassian.net; without it the settings are checked and nothing is written
  --project KEY    the service project

The environment variables JIRA_USER and JIRA_TOKEN hold the e-mail address and an API token of somebody who administers the project.`;

/** What was asked for cannot be done; the message is for whoever typed it. */
class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
}

const Property = z.object({ value: z.unknown() });
const Reasons = z.object({ errorMessages: z.array(z.string()) });

/** A project's properties, as Jira's REST API gives them to whoever has an API token. */
const propertiesOf = (site: string, env: NodeJS.ProcessEnv) => {
  const { JIRA_USER: user, JIRA_TOKEN: token } = env;
  if (!user || !token)
    throw new SettingsRefused('Set JIRA_USER and JIRA_TOKEN, or leave --site out to check only.');
  const { protocol, hostname } = URL.canParse(site) ? new URL(site) : { protocol: '', hostname: '' };
  if (protocol !== 'https:' && hostname !== '127.0.0.1')
    throw new SettingsRefused(`--site is ${site}: write https://<your site>.atlassian.net`);
  const authorization = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  return async (method: 'GET' | 'PUT' | 'DELETE', project: string, key: string, value?: unknown) => {
    const path = `/rest/api/3/project/${encodeURIComponent(project)}/properties/${encodeURIComponent(key)}`;
    const answer = await fetch(new URL(path, site), {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      ...(value !== undefined && { body: JSON.stringify(value) }),
    }).catch((error: unknown) => {
      throw new SettingsRefused(
        `${site} does not answer: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    const text = await answer.text();
    if (answer.ok) return text;
    if (answer.status === 404 && method !== 'PUT') return undefined;
    const { errorMessages = [] } = Reasons.safeParse(parsed(text)).data ?? {};
    throw new SettingsRefused(
      `Jira answers ${answer.status} for ${method} of ${key} of project ${project}${errorMessages.map((reason) => `: ${reason}`).join('')}`,
    );
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Reads settings from a file. @throws SettingsRefused with every problem on a line of its own */
const settingsIn = (file: string) => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new SettingsRefused(`There is no file ${file} to read.`);
  }
  const value = parsed(text);
  if (value === undefined) throw new SettingsRefused(`${file} is no JSON.`);
  if (listsNamedIn(value).length > 0)
    throw new SettingsRefused(
      `${file} names lists of accounts: write all accounts into "accounts", and they are divided here.`,
    );
  const reading = readProjectSettings(value);
  if (reading.outcome === 'absent') throw new SettingsRefused(`${file} has no settings.`);
  if (reading.outcome === 'unusable')
    throw new SettingsRefused(
      reading.problems.map(({ path, value: what, fix }) => `${path} is ${what}: ${fix}`).join('\n'),
    );
  return reading.settings;
};

/**
 * The command `npm run settings`.
 * @throws SettingsRefused, SettingsTooLarge, and whatever Node says of options that it does not know
 */
export const settingsCommand = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { site: { type: 'string' }, project: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const { site, project } = values;
  const [file, ...more] = positionals;
  if (values.help) {
    say(HELP);
    return;
  }
  if (file === undefined || more.length > 0) throw new SettingsRefused(`Name one file.\n\n${HELP}`);
  if ((site === undefined) !== (project === undefined))
    throw new SettingsRefused('--site and --project go together.');

  const settings = settingsIn(file);
  say(`${file} can be used. Products: ${settings.products.length}, accounts: ${settings.accounts.length}.`);
  if (site === undefined || project === undefined) return;
  const ask = propertiesOf(site, env);
  const write = createWriteSettings({
    property: async (of, key) => {
      const text = await ask('GET', of, key);
      return text === undefined ? undefined : Property.parse(parsed(text)).value;
    },
    writeProperty: async (of, key, value) => {
      await ask('PUT', of, key, value);
      say(`wrote ${key}`);
    },
    deleteProperty: async (of, key) => {
      await ask('DELETE', of, key);
      say(`took away ${key}`);
    },
    newMark: () => randomBytes(6).toString('hex'),
    report: say,
  });
  await write(project, settings);
  say(`Project ${project} has these settings now.`);
};
