import type { Bridge } from '../bridge/bridge';
import type { IssueSearch } from '../jira/issue-search';
import { readOrderForm } from '../order/order-form';
import type { CheckOrder, Place } from '../request/check-order';
import { isOpen, isToBeDelivered, isUnchecked, type RequestEvent } from '../request/decide';
import type { LookForDecision } from '../request/look-for-decision';
import { hasEnded, type RequestRecord } from '../request/record';
import type { Requests } from '../request/requests';

interface Ports {
  readonly requests: Requests;
  readonly checkOrder: CheckOrder;
  readonly lookForDecision: LookForDecision;
  readonly bridge: Pick<Bridge, 'statesOf'>;
  readonly inFlight: {
    /** Those first that have waited longest for a look. */
    readonly list: () => Promise<readonly { readonly issueId: string; readonly lookAt: string }[]>;
    readonly forget: (issueId: string) => Promise<void>;
  };
  /** Keys of the projects that have settings. */
  readonly projects: () => Promise<readonly string[]>;
  readonly search: IssueSearch;
  readonly now: () => Date;
  readonly report: (problem: string) => void;
}

/**
 * Outgoing requests that a sweep may make, about: Forge allows an app a hundred a minute, and people's own events
 * need some of them.
 */
const BUDGET = 70;
/** Outgoing requests that each way of looking after a request takes at most, about. */
const COST = { load: 1, look: 9, ask: 4, ended: 10, check: 12 } as const;
/** Milliseconds after which nothing new is begun; an invocation ends after 55 seconds. */
const TIME = 35_000;
/** As many operations as one question to the bridge may name. */
const MAX_ASKED = 25;

/**
 * Picks up what was missed: events that never came, a queue that lost one, callbacks that were not sent. What is
 * done is what the event would have done, so overlapping with it does no harm. It costs as much as is due, and
 * never more than a run may: the oldest come first, the rest next time.
 */
export const createSweep =
  (ports: Ports) =>
  async (place: Place): Promise<void> => {
    const { requests, now, report } = ports;
    const started = now().getTime();
    let budget = BUDGET;
    const affords = (cost: number): boolean => {
      if (budget < cost || now().getTime() - started > TIME) return false;
      budget -= cost;
      return true;
    };
    /** One request's failure is no reason to neglect the others. */
    const guarded = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        report(`The sweep could not ${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };

    const lookAfter = async (record: RequestRecord): Promise<void> => {
      const { issueId } = record;
      if (isUnchecked(record)) await ports.checkOrder(place, issueId);
      else if (isOpen(record)) await ports.lookForDecision(place, issueId);
      else if (isToBeDelivered(record)) await requests.apply(issueId, { type: 'delivery-overdue' });
      else await requests.apply(issueId);
    };

    const takeUp = async (): Promise<readonly RequestRecord[]> => {
      const silent: RequestRecord[] = [];
      const due = (await ports.inFlight.list()).filter(({ lookAt }) => lookAt <= now().toISOString());
      for (const { issueId } of due) {
        if (!affords(COST.load)) break;
        await guarded(`look after issue ${issueId}`, async () => {
          const record = await requests.find(issueId);
          if (!record) {
            if (!(await ports.checkOrder(place, issueId))) await ports.inFlight.forget(issueId);
          } else if (isSilent(record)) {
            if (silent.length < MAX_ASKED && affords(COST.ask)) silent.push(record);
          } else if (affords(COST.look)) await lookAfter(record);
        });
      }
      return silent;
    };

    const askAfter = async (silent: readonly RequestRecord[]): Promise<void> => {
      const ids = silent.map(({ operationId }) => operationId);
      const { operations } = await ports.bridge.statesOf(place.siteId, ids);
      for (const answered of operations) {
        const record = silent.find(({ operationId }) => operationId === answered.operationId);
        if (!record || (answered.execution === 'ended' && !affords(COST.ended))) continue;
        const event: RequestEvent =
          answered.execution === 'ended'
            ? { type: 'progressed', progress: answered.progress }
            : { type: 'asked', execution: answered.execution };
        await guarded(`take in the state of ${answered.operationId}`, () =>
          requests.apply(record.issueId, event),
        );
      }
    };

    const findMissed = async (): Promise<void> => {
      const projects = await ports.projects();
      if (projects.length === 0) return;
      const found = await ports.search.first(missedRequests(projects), place.appId);
      const orders = found.filter(({ property }) => readOrderForm(property).outcome !== 'absent');
      for (const { id } of orders) {
        if (!affords(COST.check)) return;
        await guarded(`check the order of issue ${id}`, () => ports.checkOrder(place, id));
      }
    };

    let silent: readonly RequestRecord[] = [];
    await guarded('list what is under way', async () => {
      silent = await takeUp();
    });
    if (silent.length > 0) await guarded('ask the bridge', () => askAfter(silent));
    if (affords(COST.look)) await guarded('search for requests that were missed', findMissed);
  };

/** Accepted by the bridge and not heard of since. */
const isSilent = (record: RequestRecord): boolean =>
  record.outbox.length === 0 &&
  record.operation !== null &&
  !hasEnded(record) &&
  record.state !== 'stuck' &&
  record.delivery !== null &&
  record.delivery.acceptedAt !== null;

/**
 * Requests without a state though their event is long due. An hour is many times what Forge takes to deliver and
 * repeat an event.
 */
export const missedRequests = (projectKeys: readonly string[]): string => {
  const keys = projectKeys.map((key) => `"${key}"`).join(', ');
  return `project in (${keys}) AND created >= -60m AND gatehouseState is EMPTY ORDER BY created ASC`;
};
