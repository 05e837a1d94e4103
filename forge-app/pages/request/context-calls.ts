import { z } from 'zod';
import type { Issue, Issues } from '../../jira/issue';
import type { Place } from '../../request/check-order';
import type { RequestRecord } from '../../request/record';
import type { Requests } from '../../request/requests';
import type { Access } from '../access';
import { type Answer, ok, type Refusal, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Visitor } from '../visitor';
import { agentView, peopleIn } from './agent-view';
import type { Cancel } from './cancel';
import type { Resync } from './resync';
import type { Retry } from './retry';
import { carriesOrder } from './panel-calls';
import type { AgentView, Opened, Person } from './view';

const Seen = z.object({ stamp: z.string().min(1).max(300) });

export interface IssueContextPorts {
  readonly access: Pick<Access, 'rightsIn'>;
  readonly requests: Pick<Requests, 'find'>;
  readonly issues: Issues;
  /** People of whom Jira tells the visitor the name. */
  readonly people: (accountIds: readonly string[]) => Promise<readonly Person[]>;
  /** What a project's settings call an account; null where they do not name it. */
  readonly accountName: (projectId: string, account: string) => Promise<string | null>;
  readonly placeOf: (visitor: Visitor) => Place;
  readonly resync: Resync;
  readonly cancel: Cancel;
  readonly retry: Retry;
  /** Says in the app's log that a view is not complete. */
  readonly report: (problem: string) => void;
}

/** What the panel on an issue asks for, and what agents do there. */
export const createIssueContextCalls = (ports: IssueContextPorts): Readonly<Record<string, PageCall>> => {
  const { requests } = ports;

  const issueOf = (visitor: Visitor): Promise<Issue | undefined> =>
    visitor.issue === undefined
      ? Promise.resolve(undefined)
      : ports.issues.issue(visitor.issue.id, ports.placeOf(visitor).appId);

  /** Names are an embellishment: whom Jira does not name is shown by their id. */
  const namesIn = async (record: RequestRecord): Promise<ReadonlyMap<string, string>> => {
    const ids = peopleIn(record);
    try {
      return new Map((await ports.people(ids)).map(({ id, name }) => [id, name]));
    } catch (error) {
      ports.report(`People cannot be named: ${error instanceof Error ? error.message : String(error)}`);
      return new Map();
    }
  };

  const shown = async (issue: Issue, record: RequestRecord, isAgent: boolean): Promise<AgentView> => {
    const gateAccount = record.fixed?.kind === 'gate' ? record.fixed.gate.account : null;
    const [names, accountName] = await Promise.all([
      namesIn(record),
      gateAccount === null ? null : ports.accountName(record.projectId, gateAccount),
    ]);
    return agentView(record, { property: { value: issue.property }, accountName, names, isAgent });
  };

  /** An action of an agent of the project on one of its requests. */
  const forAgents =
    <Value>(
      action: (on: {
        readonly place: Place;
        readonly record: RequestRecord;
        readonly by: string;
        readonly payload: unknown;
      }) => Promise<Answer<Value>>,
    ): PageCall =>
    async (visitor, payload): Promise<Answer<Value> | Refusal> => {
      const { accountId, issue } = visitor;
      if (accountId === undefined) return refused('signed-out');
      if (issue === undefined) return refused('not-yours');
      const { agent, browses } = await ports.access.rightsIn({ issueId: issue.id });
      if (!agent || !browses) return refused('not-yours');
      const record = await requests.find(issue.id);
      if (!record) return refused('not-yours');
      return action({ place: ports.placeOf(visitor), record, by: accountId, payload });
    };

  return {
    'issue-context.open': async (visitor) => {
      if (visitor.accountId === undefined) return refused('signed-out');
      if (visitor.issue === undefined) return refused('not-yours');
      const { browses, agent } = await ports.access.rightsIn({ issueId: visitor.issue.id });
      if (!browses) return refused('not-yours');
      const [issue, record] = await Promise.all([issueOf(visitor), requests.find(visitor.issue.id)]);
      if (!issue) return refused('not-yours');
      if (record) return ok<Opened<AgentView>>(await shown(issue, record, agent));
      return ok<Opened<AgentView>>(carriesOrder(issue) ? 'soon' : null);
    },

    'request.resync': forAgents(({ place, record, by }) => ports.resync(place, record, by)),
    'request.cancel': forAgents(({ record, by, payload }) =>
      ports.cancel(record, { by, seen: Seen.parse(payload).stamp }),
    ),
    'request.retry': forAgents(({ place, record, by, payload }) =>
      ports.retry(place, record, { by, seen: Seen.parse(payload).stamp }),
    ),
  };
};
