import { createJiraClient } from '../../../../forge-app/jira/jira-client';
import { createProjects } from '../../../../forge-app/jira/project';
import { ok } from '../../../../forge-app/pages/answer';
import { createPageResolver } from '../../../../forge-app/pages/page-resolver';
import { aSite } from '../../sandbox/atlassian/tiny-app';

test('a property that has not changed is the same value, one that has is another at once', async () => {
  const read: unknown[] = [];
  const site = await aSite(() => {
    const projects = createProjects(createJiraClient(() => undefined));
    const ask = async () => {
      read.push(await projects.property('10000', 'gatehouse'));
      return ok(null);
    };
    const report = (problem: string): never => {
      throw new Error(problem);
    };
    return { resolve: createPageResolver({ ask }, report) };
  });
  const write = (value: unknown) =>
    site.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
  const { key } = site.site.raiseRequest({ as: 'employee', requestTypeId: '101', summary: 'A bucket' });
  const look = () =>
    site.callResolver({
      ...{ as: 'employee', module: 'portal-panel', functionKey: 'ask', forged: true },
      extension: { portal: { id: 1 }, request: { key } },
    });

  await look();
  await write({ accounts: [1] });
  await look();
  await look();
  await write({ accounts: [2] });
  await look();
  expect(read).toEqual([undefined, { accounts: [1] }, { accounts: [1] }, { accounts: [2] }]);
  expect(read[2]).toBe(read[1]);
});
