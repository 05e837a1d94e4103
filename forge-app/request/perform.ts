import { JiraNotFound, JiraRefused } from '../jira/jira-client';
import type { Issue, Issues } from '../jira/issue';
import type { IssueProperties } from '../jira/issue-property';
import type { CustomerRequests } from '../jira/request';
import { sameStatus, type Transitions } from '../jira/transitions';
import type { SettingsReading } from '../settings/project-settings';
import { noWayComment, referenceLine, signed } from './comments';
import { shortComment } from './decision-comments';
import { ORDER_COMMENT } from './effects';
import { ENTITY_PROPERTY, entityProperty } from './entity-property';
import type { Effect, RequestRecord, StatusRole } from './record';
import { IssueUnseen, OrderNotShown, type Perform } from './requests';

/** The queue that `onDelivery` consumes. */
export interface DeliveryQueue {
  readonly push: (operationId: string, delaySeconds: number) => Promise<void>;
}

interface Ports {
  readonly queue: DeliveryQueue;
  readonly issues: Issues;
  readonly requests: Pick<CustomerRequests, 'addComment' | 'hasComment'>;
  readonly properties: IssueProperties;
  readonly transitions: Transitions;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
  readonly now: () => Date;
  /** Says in the app's log what nobody can be told in Jira. */
  readonly report: (problem: string) => void;
}

/** Milliseconds. */
const DAY = 24 * 3_600_000;

/** Does the effects of decisions. Each leaves things as they are where it has been done before. */
export const createPerform = (ports: Ports): Perform => {
  const comment = async (
    effect: Extract<Effect, { kind: 'comment' }>,
    record: RequestRecord,
    again: boolean,
  ): Promise<void> => {
    const reference = referenceLine(record.operationId, effect.id);
    if (again && (await ports.requests.hasComment(record.issueId, reference))) return;
    const add = (body: string) =>
      ports.requests.addComment(record.issueId, {
        body: signed(body, reference),
        public: effect.audience === 'customer',
      });
    const refusedWith = (error: unknown): error is JiraRefused | JiraNotFound =>
      isMalformed(error) || (isForbidden(error) && waited(record) > DAY);
    try {
      await add(effect.body);
    } catch (error) {
      if (!refusedWith(error)) throw error;
      // Nothing is left out of an issue that Jira does not show at all: it may show it again.
      if (error instanceof JiraNotFound) await issueOf(record);
      // What is decided about has to be shown in full.
      if (effect.id === ORDER_COMMENT && record.fixed !== null) {
        throw new OrderNotShown(error.message, { cause: error });
      }
      ports.report(`${error.message}. A shorter comment is tried instead (${reference})`);
      await add(shortComment()).catch((second: unknown) => {
        if (!refusedWith(second)) throw second;
        ports.report(`${second.message}. The comment is left out (${reference})`);
      });
    }
  };

  const waited = ({ since }: RequestRecord): number => ports.now().getTime() - Date.parse(since);

  const issueOf = async ({ issueId }: RequestRecord): Promise<Issue> => {
    const issue = await ports.issues.issue(issueId, ENTITY_PROPERTY);
    if (!issue) throw new IssueUnseen(issueId);
    return issue;
  };

  const transition = async (
    effect: Extract<Effect, { kind: 'transition' }>,
    record: RequestRecord,
  ): Promise<readonly Effect[]> => {
    // Before the settings: of a project that the app may not see Jira says that there are none.
    const stands = await issueOf(record);
    const settings = await ports.settingsOf(record.projectId);
    if (settings.outcome !== 'read') return [noWay(effect.to, effect.to)];
    const status = settings.settings.statuses[effect.to];
    // Where it was moved to another project, a status of the same name is none of ours.
    if (stands.projectId !== record.projectId) return [noWay(effect.to, status)];
    if (sameStatus(stands.status, status)) return [];
    const offered = await ports.transitions.to(record.issueId, status);
    if (offered !== undefined) {
      try {
        await ports.transitions.take(record.issueId, offered);
        return [];
      } catch (error) {
        // Somebody else moved it, or a condition forbids it: the status tells which.
        if (!(error instanceof JiraRefused)) throw error;
      }
    }
    return sameStatus((await issueOf(record)).status, status) ? [] : [noWay(effect.to, status)];
  };

  const does = async (effect: Effect, record: RequestRecord, again: boolean): Promise<readonly Effect[]> => {
    switch (effect.kind) {
      case 'deliver':
        await ports.queue.push(record.operationId, effect.delaySeconds);
        return [];
      case 'property':
        await ports.properties.put(record.issueId, ENTITY_PROPERTY, entityProperty(record));
        return [];
      case 'comment':
        await comment(effect, record, again);
        return [];
      case 'transition':
        return transition(effect, record);
    }
  };

  return async (effect, record, again) => {
    try {
      return await does(effect, record, again);
    } catch (error) {
      // Jira says so of rights that are missing and of resources of their own, too: what it says of the issue itself counts.
      if (error instanceof JiraNotFound) await issueOf(record);
      throw error;
    }
  };
};

const isMalformed = (error: unknown): error is JiraRefused =>
  error instanceof JiraRefused && error.status === 400;

/** Rights can be mended, so what they forbid, or hide, is tried for a day. */
const isForbidden = (error: unknown): error is JiraRefused | JiraNotFound =>
  error instanceof JiraNotFound || (error instanceof JiraRefused && error.status === 403);

const noWay = (to: StatusRole, status: string): Effect => ({
  kind: 'comment',
  id: `no-way-${to}`,
  tried: false,
  audience: 'agents',
  body: noWayComment(status),
});
