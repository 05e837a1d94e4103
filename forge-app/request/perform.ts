import { JiraNotFound, JiraRefused } from '../jira/jira-client';
import type { Issues } from '../jira/issue';
import type { IssueProperties } from '../jira/issue-property';
import type { CustomerRequests } from '../jira/request';
import { sameStatus, type Transitions } from '../jira/transitions';
import type { SettingsReading } from '../settings/project-settings';
import { noWayComment, referenceLine, signed } from './comments';
import { ENTITY_PROPERTY, entityProperty } from './entity-property';
import type { Effect, RequestRecord, StatusRole } from './record';
import { IssueGone, type Perform } from './requests';

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
  /** Says in the app's log what nobody can be told in Jira. */
  readonly report: (problem: string) => void;
}

/** Does the effects of decisions. Each leaves things as they are where it has been done before. */
export const createPerform = (ports: Ports): Perform => {
  const comment = async (
    effect: Extract<Effect, { kind: 'comment' }>,
    record: RequestRecord,
    again: boolean,
  ): Promise<void> => {
    const reference = referenceLine(record.operationId, effect.id);
    if (again && (await ports.requests.hasComment(record.issueId, reference))) return;
    try {
      await ports.requests.addComment(record.issueId, {
        body: signed(effect.body, reference),
        public: effect.audience === 'customer',
      });
    } catch (error) {
      // What Jira calls malformed stays so; it must not hold up everything that comes after it.
      if (!(error instanceof JiraRefused) || error.status !== 400) throw error;
      ports.report(`${error.message}. The comment is left out (${reference})`);
    }
  };

  const transition = async (
    effect: Extract<Effect, { kind: 'transition' }>,
    record: RequestRecord,
  ): Promise<readonly Effect[]> => {
    const settings = await ports.settingsOf(record.projectId);
    if (settings.outcome !== 'read') return [noWay(effect.to, effect.to)];
    const status = settings.settings.statuses[effect.to];
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
    const issue = await ports.issues.issue(record.issueId, ENTITY_PROPERTY);
    if (!issue) throw new IssueGone(record.issueId);
    return sameStatus(issue.status, status) ? [] : [noWay(effect.to, status)];
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
      if (error instanceof JiraNotFound) throw new IssueGone(record.issueId, { cause: error });
      throw error;
    }
  };
};

const noWay = (to: StatusRole, status: string): Effect => ({
  kind: 'comment',
  id: `no-way-${to}`,
  tried: false,
  audience: 'agents',
  body: noWayComment(status),
});
