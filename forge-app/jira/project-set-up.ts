import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraNotFound } from './jira-client';

const IssueTypes = z.array(
  z.object({ id: z.string(), name: z.string(), statuses: z.array(z.object({ name: z.string() })) }),
);
const Permissions = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});

/** What the app needs in a project, as Jira's `mypermissions` calls it. */
const NEEDED = [
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'TRANSITION_ISSUES',
  'ADD_COMMENTS',
  'MODIFY_REPORTER',
  'SERVICEDESK_AGENT',
] as const;
export type NeededPermission = (typeof NEEDED)[number];

export interface IssueType {
  readonly id: string;
  readonly name: string;
  /** Names of the statuses that its workflow has. */
  readonly statuses: readonly string[];
}

export interface ProjectSetUp {
  readonly issueTypes: (projectId: string) => Promise<readonly IssueType[]>;
  /** Those that the app needs in the project and does not have. */
  readonly missingPermissions: (projectId: string) => Promise<readonly NeededPermission[]>;
  /** Writes a project's property as whoever looks at the page; Jira decides whether they may. */
  readonly writeProperty: (projectId: string, key: string, value: unknown) => Promise<void>;
  /** The same for taking one away; one that is not there is as good. */
  readonly deleteProperty: (projectId: string, key: string) => Promise<void>;
}

export const createProjectSetUp = ({
  asApp,
  asVisitor,
}: {
  readonly asApp: JiraClient;
  readonly asVisitor: JiraClient;
}): ProjectSetUp => ({
  issueTypes: async (projectId) => {
    const types = await asApp.read(
      IssueTypes,
      `the statuses of project ${projectId}`,
      asApp.requestJira(route`/rest/api/3/project/${projectId}/statuses`),
    );
    return types.map(({ id, name, statuses }) => ({
      id,
      name,
      statuses: statuses.map((status) => status.name),
    }));
  },

  missingPermissions: async (projectId) => {
    const { permissions } = await asApp.read(
      Permissions,
      'the app’s permissions',
      asApp.requestJira(
        route`/rest/api/3/mypermissions?projectId=${projectId}&permissions=${NEEDED.join(',')}`,
      ),
    );
    return NEEDED.filter((key) => permissions[key]?.havePermission !== true);
  },

  writeProperty: (projectId, key, value) =>
    asVisitor.done(
      `the property ${key} of project ${projectId}`,
      asVisitor.requestJira(route`/rest/api/3/project/${projectId}/properties/${key}`, {
        method: 'PUT',
        body: JSON.stringify(value),
      }),
    ),

  deleteProperty: async (projectId, key) => {
    try {
      await asVisitor.done(
        `the property ${key} of project ${projectId}`,
        asVisitor.requestJira(route`/rest/api/3/project/${projectId}/properties/${key}`, {
          method: 'DELETE',
        }),
      );
    } catch (error) {
      if (!(error instanceof JiraNotFound)) throw error;
    }
  },
});
