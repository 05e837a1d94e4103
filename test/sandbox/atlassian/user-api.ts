import { json } from './loopback';
import { listed } from './jira-beans';
import { PROJECT } from './jira-site';
import { type Account, type Group, has, isPermission } from './people';
import {
  type Call,
  jiraError,
  jiraUser,
  licensed,
  platformPage,
  type Route,
  type SiteContext,
} from './routes';

const GLOBAL = new Set(['ADMINISTER']);

/** Users, groups, and what the caller may: Jira's platform REST API v3. */
export const userRoutes = (context: SiteContext): Route[] => {
  const { site, directory, groups, url } = context;
  const scope = 'read:jira-user';

  /** "Browse users and groups" is for whoever has a licence. */
  const browsesUsers = ({ caller }: Call): void => {
    if (!licensed(caller)) throw jiraError(403, 'You may not browse users and groups.');
  };

  const userOf = ({ query }: Call): Account => {
    const account = directory.find(query.get('accountId') ?? '');
    if (!account) throw jiraError(404, 'Specified user does not exist or you do not have the permission.');
    return account;
  };

  const placeOf = ({ query, caller }: Call): void => {
    const projectWanted = query.get('projectId') ?? query.get('projectKey');
    const issueWanted = query.get('issueId') ?? query.get('issueKey');
    const browses = has(caller.account, 'BROWSE_PROJECTS');
    const noProject =
      projectWanted !== null && ![PROJECT.id, PROJECT.key].some((own) => own === projectWanted);
    if (projectWanted !== null && (noProject || !browses)) {
      throw jiraError(404, `No project could be found with id '${projectWanted}'.`);
    }
    if (issueWanted !== null && (!site.find(issueWanted) || !browses)) {
      throw jiraError(404, 'Issue does not exist or you do not have permission to see it.');
    }
  };

  const myPermissions = (call: Call) => {
    const wanted = listed(call.query, 'permissions');
    if (wanted.length === 0) throw jiraError(400, 'The permissions query parameter is required.');
    placeOf(call);
    const beans = wanted.map((key) => {
      if (!isPermission(key)) throw jiraError(400, `Unrecognized permission: ${key}`);
      const type = GLOBAL.has(key) ? 'GLOBAL' : 'PROJECT';
      const havePermission = has(call.caller.account, key);
      return [key, { id: key, key, name: key, type, description: '', havePermission }];
    });
    return json(200, { permissions: Object.fromEntries(beans) as object });
  };

  const named = ({ id, name }: Group) => ({
    groupId: id,
    name,
    self: `${url()}/rest/api/3/group?groupId=${id}`,
  });

  const picked = (call: Call) => {
    const query = (call.query.get('query') ?? '').toLowerCase();
    const visible = licensed(call.caller) ? groups : [];
    const excluded = [...listed(call.query, 'exclude'), ...listed(call.query, 'excludeId')];
    const all = visible
      .filter(({ id, name }) => name.includes(query) && ![id, name].some((one) => excluded.includes(one)))
      .toSorted((a, b) => a.name.localeCompare(b.name));
    const shown = all.slice(0, Number(call.query.get('maxResults') ?? 20));
    return json(200, {
      header: `Showing ${shown.length} of ${all.length} matching groups`,
      total: all.length,
      groups: shown.map(({ id, name }) => ({ groupId: id, name, html: name, labels: [] })),
    });
  };

  const searchedUsers = (call: Call) => {
    const query = (call.query.get('query') ?? '').toLowerCase();
    const wanted = call.query.get('accountId');
    const people = licensed(call.caller) ? directory.people : [];
    const all = people.filter(({ accountId, displayName, emailAddress = '' }) =>
      wanted === null
        ? [displayName, emailAddress].some((text) => text.toLowerCase().includes(query))
        : accountId === wanted,
    );
    const { values } = platformPage(all, call.query, 1000);
    return json(
      200,
      values.map(({ accountId }) => jiraUser(context, accountId)),
    );
  };

  return [
    {
      method: 'GET',
      template: '/rest/api/3/mypermissions',
      scope: 'read:jira-work',
      answer: myPermissions,
    },
    {
      method: 'GET',
      template: '/rest/api/3/group/bulk',
      scope,
      answer: (call) => {
        browsesUsers(call);
        const ids = listed(call.query, 'groupId');
        const names = listed(call.query, 'groupName');
        const all = groups.filter(
          ({ id, name }) =>
            (ids.length === 0 && names.length === 0) || ids.includes(id) || names.includes(name),
        );
        const page = platformPage(all, call.query);
        return json(200, { ...page, values: page.values.map(({ id, name }) => ({ groupId: id, name })) });
      },
    },
    { method: 'GET', template: '/rest/api/3/groups/picker', scope, answer: picked },
    {
      method: 'GET',
      template: '/rest/api/3/user/groups',
      scope,
      answer: (call) => {
        browsesUsers(call);
        const { accountId } = userOf(call);
        return json(200, groups.filter(({ members }) => members.includes(accountId)).map(named));
      },
    },
    {
      method: 'GET',
      template: '/rest/api/3/user',
      scope,
      answer: (call) => {
        browsesUsers(call);
        return json(200, jiraUser(context, userOf(call).accountId));
      },
    },
    {
      method: 'GET',
      template: '/rest/api/3/user/bulk',
      scope,
      answer: (call) => {
        browsesUsers(call);
        const wanted = listed(call.query, 'accountId');
        const all = directory.people.filter(({ accountId }) => wanted.includes(accountId));
        const page = platformPage(all, call.query, 10);
        return json(200, { ...page, values: page.values.map((one) => jiraUser(context, one.accountId)) });
      },
    },
    { method: 'GET', template: '/rest/api/3/user/search', scope, answer: searchedUsers },
    {
      method: 'GET',
      template: '/rest/api/3/myself',
      scope,
      answer: ({ caller }) => json(200, jiraUser(context, caller.account.accountId)),
    },
  ];
};
