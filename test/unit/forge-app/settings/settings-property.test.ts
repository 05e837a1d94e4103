import { createJiraClient } from '../../../../forge-app/jira/jira-client';
import { createProjects } from '../../../../forge-app/jira/project';
import { createProjectSetUp } from '../../../../forge-app/jira/project-set-up';
import {
  createSettingsProperty,
  type SettingsProperty,
  SettingsTooLarge,
} from '../../../../forge-app/settings/settings-property';
import { manyAccounts, projectSettings } from '../../../builders/settings';
import { PROJECT } from '../../../sandbox/atlassian/jira-site';
import { aManifest, aSite } from '../../sandbox/atlassian/tiny-app';

const MINUTE = 60_000;
const settings = projectSettings();
const many = (count: number, name?: string) => ({ ...settings, accounts: manyAccounts(count, name) });

/** A project, whose administrator reads and writes its settings on a page of the app. */
const aProject = async () => {
  const said: string[] = [];
  let act: (property: SettingsProperty) => Promise<unknown>;
  const outcomes: PromiseSettledResult<unknown>[] = [];
  let marks = 0;
  const site = await aSite(
    ({ resolver: { default: Resolver } }) => {
      const asApp = createJiraClient(() => undefined);
      const asVisitor = createJiraClient(() => undefined, 'visitor');
      const property = createSettingsProperty({
        projects: createProjects(asApp),
        ...createProjectSetUp({ asApp, asVisitor }),
        newMark: () => `mark${++marks}`,
        now: () => site.clock.now(),
        report: (problem) => void said.push(problem),
      });
      const resolver = new Resolver();
      resolver.define('act', async () => {
        outcomes.push(...(await Promise.allSettled([act(property)])));
      });
      return { resolve: resolver.getDefinitions() };
    },
    { manifest: aManifest().replace('"write:jira-work"', '$&,"manage:jira-project"') },
  );
  /** @throws what the act throws */
  const ask = async <Value>(wanted: (property: SettingsProperty) => Promise<Value>): Promise<Value> => {
    act = wanted;
    await site.callResolver({ as: 'admin', module: 'settings', functionKey: 'act', forged: true });
    const outcome = outcomes.pop();
    if (outcome?.status !== 'fulfilled') throw outcome?.reason ?? new Error('The page did not answer.');
    return outcome.value as Value;
  };
  /** How many requests the app makes for something. */
  const requestsFor = async (act: () => Promise<unknown>): Promise<number> => {
    const made = () => site.journal.of('jira').filter(({ caller }) => caller === 'forge-app').length;
    const before = made();
    await act();
    return made() - before;
  };
  return {
    ...{ said, faults: site.faults, clock: site.clock, requestsFor },
    read: () => ask(({ of }) => of(PROJECT.id)),
    everywhere: () => ask(({ ofEveryProject }) => ofEveryProject()),
    keys: () => ask(({ projects }) => projects()),
    save: (value: ReturnType<typeof many>) => ask(({ write }) => write(PROJECT.id, value)),
    put: (key: string, value: unknown) => site.site.setProjectProperty({ as: 'admin', property: key, value }),
    has: async (key: string): Promise<boolean> => {
      const answer = await site.site.send(
        'admin',
        'GET',
        `/rest/api/3/project/${PROJECT.id}/properties/${key}`,
      );
      return answer.status === 200;
    },
  };
};

test('what was written is read, be it three accounts or three thousand, and lists that are named no more are gone', async () => {
  const project = await aProject();
  expect(await project.read()).toBeUndefined();
  for (const value of [many(3), many(3_000), many(3_001, 'renamed'), many(2)]) {
    await project.save(value);
    expect(await project.read()).toEqual(value);
    expect(await project.everywhere()).toMatchObject([{ id: PROJECT.id, key: PROJECT.key, value }]);
  }
  // The first had no list.
  expect(
    await Promise.all(['mark2-1', 'mark3-1'].map((list) => project.has(`gatehouse-accounts-${list}`))),
  ).toEqual([false, false]);
  expect(project.said).toStrictEqual([]);
});

test('a look at thousands of accounts is one request, and at first and every five minutes two', async () => {
  const project = await aProject();
  await project.save(many(3_000));
  expect(await project.requestsFor(project.read)).toBe(2);
  const read = await project.read();
  expect(await project.requestsFor(project.read)).toBe(1);
  expect(await project.read()).toBe(read);
  await project.clock.advance(5 * MINUTE);
  expect(await project.requestsFor(project.read)).toBe(2);
  // The same text is not made settings of once more.
  expect(await project.read()).toBe(read);
  expect(await project.requestsFor(project.everywhere)).toBe(1);
  expect(await project.requestsFor(project.keys)).toBe(1);
  expect(await project.keys()).toEqual([PROJECT.key]);
});

test('new settings are read at once, whatever was remembered', async () => {
  const project = await aProject();
  await project.save(many(1_000));
  await project.read();
  await project.save(many(1_000, 'renamed'));
  expect(await project.read()).toEqual(many(1_000, 'renamed'));
});

test('a list that somebody writes anew under its name is read within five minutes', async () => {
  const project = await aProject();
  await project.put('gatehouse', { ...settings, accounts: [], accountsIn: ['gatehouse-accounts-ours'] });
  // It is not there yet, which is not remembered.
  expect(await project.read()).toMatchObject({ accounts: [], accountsIn: ['gatehouse-accounts-ours'] });
  await project.put('gatehouse-accounts-ours', manyAccounts(1));
  expect(await project.read()).toEqual(many(1));
  await project.put('gatehouse-accounts-ours', manyAccounts(2));
  expect(await project.read()).toEqual(many(1));
  await project.clock.advance(5 * MINUTE);
  expect(await project.read()).toEqual(many(2));
});

test('whoever dies while writing leaves the settings as they were', async () => {
  const project = await aProject();
  await project.save(many(1_000));
  // Two requests are a look at what there is and, after three lists, the property itself.
  for (const before of [1, 2, 3, 4]) {
    project.faults.planAfter(before, ['jira'], 'failed');
    await expect(project.save(many(1_000, 'renamed'))).rejects.toThrow('500');
    expect(project.faults.spent).toBe(true);
    expect(await project.read()).toEqual(many(1_000));
  }
});

test('settings that no number of lists holds are refused before anything is written', async () => {
  const project = await aProject();
  await project.save(many(1));
  await expect(project.save(many(60, 'n'.repeat(30_000)))).rejects.toThrow(SettingsTooLarge);
  expect(await project.read()).toEqual(many(1));
});

test('a list that cannot be taken away is told of, and the settings are written all the same', async () => {
  const project = await aProject();
  await project.save(many(400));
  project.faults.plan(
    'jira',
    'DELETE /rest/api/3/project/{projectIdOrKey}/properties/{propertyKey}',
    'throttled',
  );
  await project.save(many(2));
  expect(await project.read()).toEqual(many(2));
  expect(project.said).toEqual([expect.stringMatching(/^gatehouse-accounts-mark1-1 of project \d+ stays: /)]);
});
