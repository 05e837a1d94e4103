import type { Bridge } from '../bridge/bridge';
import type { FoundIssue, IssueSearch } from '../jira/issue-search';
import type { CheckOrder, Place } from '../request/check-order';
import { isOpen, isUnchecked } from '../request/decide';
import { isToBeDelivered } from '../request/on-its-way';
import type { LookForDecision } from '../request/look-for-decision';
import type { Applied, Requests, StoredRequest } from '../request/requests';
import { isMissed } from '../request/unseen';
import type { InFlight, InFlightIndex } from '../storage/in-flight';
import { type Asking, askBridge, FULL } from './ask-bridge';
import { findMissed, type Missed, type ProjectKeys, type Searched } from './missed';
import { inTurns, nextTry } from './turns';

/** What one sweep leaves to the next. */
export interface SweepMemory {
  /** Where the listing of requests under way goes on; null: at its beginning. */
  readonly cursor: string | null;
  readonly searched: Searched;
  readonly asking: Asking;
}

/** What a sweep had not enough requests left for. */
export interface SweepRest {
  readonly siteId: string;
  /** Sweeps in a row that it has been left by. */
  readonly sweeps: number;
}

interface Ports {
  readonly requests: Requests;
  readonly checkOrder: CheckOrder;
  readonly lookForDecision: LookForDecision;
  readonly bridge: Pick<Bridge, 'statesOf'>;
  readonly inFlight: InFlightIndex;
  readonly memory: {
    readonly recall: () => Promise<SweepMemory | undefined>;
    readonly keep: (memory: SweepMemory) => Promise<void>;
  };
  readonly projects: ProjectKeys;
  readonly search: IssueSearch;
  /** Has what is left swept after a minute. */
  readonly goOn: (rest: SweepRest) => Promise<void>;
  /** Requests that the app has made to Jira, its storage and the bridge, ever. */
  readonly spent: () => number;
  readonly now: () => Date;
  readonly report: (problem: string) => void;
}

/**
 * Requests that a sweep makes at most, about: Forge allows an app a hundred a minute, and people's own events need
 * some of them. Each kind of work may use up what is left to its mark, so that each has its share; what the others
 * leave is the missed requests' again.
 */
const MARK = { missed: 35, asked: 50, looks: 70, rest: 70 } as const;
/** Requests that a piece of work takes, about: it is begun only where so many are left. */
const PIECE = 8;
/** Requests that an order takes that was missed: its check, and the look for what has been decided about it. */
const ORDER = 25;
/** Sweeps in a row at most, a minute apart: the fifth is the next scheduled one. */
const IN_A_ROW = 4;
/** Milliseconds after which nothing new is begun; an invocation ends after 55 seconds. */
const TIME = 35_000;
const NOTHING: SweepMemory = { cursor: null, searched: {}, asking: FULL };

/**
 * Picks up what was missed: events that never came, a queue that lost one, callbacks that were not sent. What is
 * done is what the event would have done, so overlapping with it does no harm. Whatever a look comes to, the
 * request's next one is later: nothing that fails keeps anything else from its turn. Where more is due than one sweep
 * can do, the next one follows after a minute: what a long trouble has left is not to take as long again.
 * @returns what to do in one sweep; `sweeps` of them in a row came just before
 */
export const createSweep =
  (ports: Ports) =>
  async (place: Place, sweeps = 0): Promise<void> => {
    const { requests, inFlight, now, report } = ports;
    const started = now().getTime();
    const before = ports.spent();
    const affords = (mark: number, requests = PIECE): boolean =>
      ports.spent() - before + requests <= mark && now().getTime() - started <= TIME;
    let isAnythingLeft = false;

    /** One request's failure is no reason to neglect the others. */
    const guarded = async <Result>(what: string, act: () => Promise<Result>): Promise<Result | undefined> => {
      try {
        return await act();
      } catch (error) {
        report(`The sweep could not ${what}: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    };

    const later = (issueId: string, failures: number): Promise<void> =>
      inFlight.put(issueId, { lookAt: nextTry(failures, now()), failures: failures + 1 });

    /**
     * Checks an order, and what has been decided about it by now: whoever was not told of the order may not be told of
     * the decision either, and has waited for long enough.
     * @returns undefined where the issue is none of ours
     */
    const check = async (issueId: string): Promise<Applied | undefined> => {
      const applied = await ports.checkOrder(place, issueId);
      return applied && isOpen(applied.record) ? ports.lookForDecision(place, issueId) : applied;
    };

    /** Takes up orders while the mark allows. @returns those that are left */
    const takeUp = async (orders: readonly FoundIssue[], mark: number): Promise<readonly FoundIssue[]> => {
      for (const [index, { id }] of orders.entries()) {
        if (!affords(mark, ORDER)) return orders.slice(index);
        const checked = await guarded(`check the order of issue ${id}`, async () => {
          await check(id);
          return true;
        });
        // The search goes on without it; the index keeps it.
        if (!checked) await guarded(`remember issue ${id}`, () => later(id, 0));
      }
      return [];
    };

    const look = (request: StoredRequest): Promise<unknown> => {
      const { record } = request;
      const { issueId } = record;
      if (isUnchecked(record)) return check(issueId);
      const isLookedFor = isMissed(record) && record.outbox.length === 0 && !isToBeDelivered(record);
      if (isOpen(record) || isLookedFor) return ports.lookForDecision(place, issueId);
      if (isToBeDelivered(record)) return requests.apply(request, { type: 'delivery-overdue' });
      return requests.apply(request);
    };

    const lookAfter = async ({ issueId, failures }: InFlight): Promise<void> => {
      // First, so that even a look that ends the invocation is not the first of the next one.
      await later(issueId, failures);
      const request = await requests.load(issueId);
      const record = request?.record;
      if (!record) {
        if (!(await check(issueId))) await inFlight.forget(issueId);
      } else if (record.lookAt === null) await inFlight.forget(issueId);
      else if (record.lookAt > now().toISOString()) {
        // The listing lagged behind.
        await inFlight.put(issueId, { lookAt: record.lookAt, failures: 0 });
      } else await look(request);
    };

    const askAfter = async (due: readonly InFlight[], asking: Asking): Promise<Asking> => {
      const silent = due.flatMap(({ issueId, asks }) =>
        asks === null ? [] : [{ issueId, operationId: asks }],
      );
      const answer = await askBridge(ports.bridge, place.siteId, silent, asking);
      if (answer.failure !== undefined) report(`The sweep could not ask the bridge: ${answer.failure}`);
      else if (answer.news.length < silent.length) isAnythingLeft = true;
      for (const { issueId, event } of answer.news) {
        if (!affords(MARK.asked)) {
          isAnythingLeft = true;
          break;
        }
        const applied = await guarded(`take in the state of issue ${issueId}`, () =>
          requests.apply(issueId, ...(event === undefined ? [] : [event])),
        );
        if (!applied) await guarded(`remember issue ${issueId}`, () => later(issueId, 0));
        else if (applied.record.lookAt === null) {
          await guarded(`forget issue ${issueId}`, () => inFlight.forget(issueId));
        }
      }
      return answer.asking;
    };

    const memory = (await guarded('remember where it was', ports.memory.recall)) ?? NOTHING;

    const missed: Missed | undefined = await guarded('search for requests that were missed', async () =>
      findMissed(ports.search, {
        projects: ports.projects,
        before: memory.searched,
        appId: place.appId,
        now: now(),
      }),
    );
    const left = await takeUp(missed?.orders ?? [], MARK.missed);

    const listed = await guarded('list what is under way', () => inFlight.list(memory.cursor));
    const due = (listed?.entries ?? []).filter(({ lookAt }) => lookAt <= now().toISOString());
    const asking = await askAfter(due, memory.asking);
    for (const entry of inTurns(due.filter(({ asks }) => asks === null))) {
      if (!affords(MARK.looks)) {
        isAnythingLeft = true;
        break;
      }
      await guarded(`look after issue ${entry.issueId}`, () => lookAfter(entry));
    }

    const [firstLeft] = await takeUp(left, MARK.rest);
    await guarded('write down where it is', () =>
      ports.memory.keep({
        cursor: listed?.next ?? null,
        searched: missed?.searched(firstLeft) ?? memory.searched,
        asking,
      }),
    );
    if ((isAnythingLeft || firstLeft) && sweeps + 1 < IN_A_ROW) {
      await guarded('have the rest swept', () => ports.goOn({ siteId: place.siteId, sweeps: sweeps + 1 }));
    }
  };
