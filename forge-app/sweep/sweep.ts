import type { Bridge } from '../bridge/bridge';
import type { FoundIssue, IssueSearch } from '../jira/issue-search';
import type { CheckOrder, Place } from '../request/check-order';
import { isOpen, isUnchecked } from '../request/decide';
import { isToBeDelivered } from '../request/on-its-way';
import type { LookForDecision } from '../request/look-for-decision';
import type { Applied, Requests, StoredRequest } from '../request/requests';
import type { InFlight, InFlightIndex } from '../storage/in-flight';
import { type Asking, askBridge, FULL } from './ask-bridge';
import { findMissed, type Missed, type Searched } from './missed';
import { inTurns, nextTry } from './turns';

/** What one sweep leaves to the next. */
export interface SweepMemory {
  /** Where the listing of requests under way goes on; null: at its beginning. */
  readonly cursor: string | null;
  readonly searched: Searched;
  readonly asking: Asking;
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
  /** Keys of the projects that have settings. */
  readonly projects: () => Promise<readonly string[]>;
  readonly search: IssueSearch;
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
const MARK = { missed: 30, asked: 45, looks: 70, rest: 70 } as const;
/** Requests that one piece of work takes, about: it is begun only where so many are left. */
const PIECE = 8;
/** Milliseconds after which nothing new is begun; an invocation ends after 55 seconds. */
const TIME = 35_000;
const NOTHING: SweepMemory = { cursor: null, searched: {}, asking: FULL };

/**
 * Picks up what was missed: events that never came, a queue that lost one, callbacks that were not sent. What is
 * done is what the event would have done, so overlapping with it does no harm. Whatever a look comes to, the
 * request's next one is later: nothing that fails keeps anything else from its turn.
 */
export const createSweep =
  (ports: Ports) =>
  async (place: Place): Promise<void> => {
    const { requests, inFlight, now, report } = ports;
    const started = now().getTime();
    const before = ports.spent();
    const affords = (mark: number): boolean =>
      ports.spent() - before + PIECE <= mark && now().getTime() - started <= TIME;

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

    /** Requests whose orders were checked, and for whose decisions the mark left nothing. */
    const unlooked: string[] = [];

    /**
     * Checks an order, and what has been decided about it by now: whoever was not told of the order may not be told of the decision
     * either, and has waited for long enough.
     * @returns undefined where the issue is none of ours
     */
    const check = async (issueId: string, mark: number): Promise<Applied | undefined> => {
      const applied = await ports.checkOrder(place, issueId);
      if (!applied || !isOpen(applied.record)) return applied;
      if (affords(mark)) return ports.lookForDecision(place, issueId);
      unlooked.push(issueId);
      return applied;
    };

    /** Takes up orders while the mark allows. @returns those that are left */
    const takeUp = async (orders: readonly FoundIssue[], mark: number): Promise<readonly FoundIssue[]> => {
      for (const [index, { id }] of orders.entries()) {
        if (!affords(mark)) return orders.slice(index);
        const checked = await guarded(`check the order of issue ${id}`, async () => {
          await check(id, mark);
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
      if (isUnchecked(record)) return check(issueId, MARK.looks);
      if (isOpen(record)) return ports.lookForDecision(place, issueId);
      if (isToBeDelivered(record)) return requests.apply(request, { type: 'delivery-overdue' });
      return requests.apply(request);
    };

    const lookAfter = async ({ issueId, failures }: InFlight): Promise<void> => {
      // First, so that even a look that ends the invocation is not the first of the next one.
      await later(issueId, failures);
      const request = await requests.load(issueId);
      const record = request?.record;
      if (!record) {
        if (!(await check(issueId, MARK.looks))) await inFlight.forget(issueId);
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
      for (const { issueId, event } of answer.news) {
        if (!affords(MARK.asked)) break;
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
        projects: await ports.projects(),
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
      if (!affords(MARK.looks)) break;
      await guarded(`look after issue ${entry.issueId}`, () => lookAfter(entry));
    }

    for (const issueId of unlooked) {
      if (!affords(MARK.rest)) break;
      await guarded(`look after issue ${issueId}`, () => ports.lookForDecision(place, issueId));
    }
    const [firstLeft] = await takeUp(left, MARK.rest);
    await guarded('write down where it is', () =>
      ports.memory.keep({
        cursor: listed?.next ?? null,
        searched: missed?.searched(firstLeft) ?? memory.searched,
        asking,
      }),
    );
  };
