import type { Issues } from '../../jira/issue';
import { JiraRefused } from '../../jira/jira-client';
import { sameStatus, type Transitions } from '../../jira/transitions';
import { stampOf } from '../../request/agent-actions';
import { nextAttempt, retryOf } from '../../request/attempts';
import type { Place } from '../../request/check-order';
import { type Conclusion, standingOf } from '../../request/conclude';
import { ENTITY_PROPERTY } from '../../request/entity-property';
import type { Look } from '../../request/look';
import type { Handover, RequestRecord } from '../../request/record';
import type { Requests } from '../../request/requests';
import type { SettingsReading } from '../../settings/project-settings';
import { type Answer, ok, type Refusal, refused } from '../answer';

/** Who does something, and what they were shown before. */
export interface Seeing {
  readonly by: string;
  /** The stamp of what the page has shown. */
  readonly seen: string;
}

/** Sends again what was given up, or launches again what is known to have left nothing. */
export type Retry = (place: Place, record: RequestRecord, seeing: Seeing) => Promise<Answer<null>>;

export const createRetry = (ports: {
  readonly requests: Pick<Requests, 'apply'>;
  readonly look: Look;
  readonly issues: Issues;
  readonly transitions: Transitions;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
}): Retry => {
  const { requests, look } = ports;

  const apply = async (
    { issueId }: RequestRecord,
    seeing: Seeing,
    handover: Handover,
  ): Promise<Answer<null>> => {
    const applied = await requests.apply(issueId, { type: 'retried', ...seeing, handover });
    return applied?.changed ? ok(null) : refused('changed');
  };

  const sendAgain = async (place: Place, record: RequestRecord, seeing: Seeing): Promise<Answer<null>> => {
    const { handover, issueId, operationId } = record;
    const seen = await look(place, record, 'first');
    if (seen === 'unseen') return refused('unavailable');
    if (handover === null) return refused('changed');
    switch (standingOf(handover, seen.conclusion)) {
      case 'stands':
        return apply(record, seeing, handover);
      case 'recalled':
        await requests.apply(issueId, { type: 'recalled', operationId });
        return refused('changed', { detail: why(seen.conclusion) });
      case 'unjudged':
        return refused('not-set-up', { detail: why(seen.conclusion) });
    }
  };

  /**
   * A launch that failed has moved its request to the status of failures, out of which nothing is launched. So it is moved back
   * before anything else; where the workflow has no way back, an agent has to find one.
   * @returns why it does not stand where launches are made from
   */
  const movedBack = async ({ issueId, projectId }: RequestRecord): Promise<Refusal | undefined> => {
    const settings = await ports.settingsOf(projectId);
    const issue = await ports.issues.issue(issueId, ENTITY_PROPERTY);
    if (settings.outcome !== 'read') return refused('not-set-up');
    if (!issue) return refused('unavailable');
    const { approved, failed } = settings.settings.statuses;
    if (sameStatus(issue.status, approved)) return undefined;
    const noWay = refused('changed', {
      detail: `the request stands in "${issue.status}"; it has to be moved to "${approved}" first`,
    });
    if (!sameStatus(issue.status, failed)) return noWay;
    const way = await ports.transitions.to(issueId, approved);
    if (way === undefined) return noWay;
    try {
      await ports.transitions.take(issueId, way);
      return undefined;
    } catch (error) {
      // Somebody else moved it, or a condition forbids it; the judgement that follows sees which.
      if (error instanceof JiraRefused) return undefined;
      throw error;
    }
  };

  const launchAgain = async (place: Place, record: RequestRecord, seeing: Seeing): Promise<Answer<null>> => {
    const next = nextAttempt(record, place.siteId);
    const inspected = await look(place, next, 'first', 'approved');
    if (inspected === 'unseen') return refused('unavailable');
    if (inspected.conclusion?.type !== 'decided') {
      return refused('changed', { detail: why(inspected.conclusion) });
    }
    const obstacle = await movedBack(record);
    if (obstacle !== undefined) return obstacle;
    const stands = await look(place, next, 'first');
    if (stands === 'unseen') return refused('unavailable');
    return stands.conclusion?.type === 'decided'
      ? apply(record, seeing, stands.conclusion.handover)
      : refused('changed', { detail: why(stands.conclusion) });
  };

  return (place, record, seeing) => {
    if (stampOf(record) !== seeing.seen) return Promise.resolve(refused('changed'));
    switch (retryOf(record)) {
      case 'send':
        return sendAgain(place, record, seeing);
      case 'launch':
        return launchAgain(place, record, seeing);
      case null:
        return Promise.resolve(refused('changed'));
    }
  };
};

/** Why something is not launched, in the words of the comments. */
const why = (conclusion: Conclusion): string => {
  switch (conclusion?.type) {
    case 'declined':
      return 'the request was declined';
    case 'blocked':
      return conclusion.agents ?? conclusion.reason ?? conclusion.by;
    case 'waiting':
    case 'withdrawn':
    case 'decided':
    case undefined:
      return 'the request does not stand as it was approved';
  }
};
