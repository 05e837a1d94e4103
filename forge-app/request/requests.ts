import { decide, type RequestEvent } from './decide';
import { lookAt } from './look-at';
import { type Effect, hasEnded, type RequestRecord } from './record';

export interface StoredRequest {
  readonly revision: string;
  readonly record: RequestRecord;
}

/** Where requests are kept. */
export interface RequestStore {
  readonly load: (issueId: string) => Promise<StoredRequest | undefined>;
  /** @returns undefined where there is one already */
  readonly create: (record: RequestRecord) => Promise<StoredRequest | undefined>;
  /** @returns undefined where somebody else has written since `stored` was read */
  readonly replace: (stored: StoredRequest, record: RequestRecord) => Promise<StoredRequest | undefined>;
}

/**
 * Does one effect.
 * @param perform.again whether it may have been done before
 * @returns effects that became necessary instead
 * @throws IssueUnseen, OrderNotShown, and whatever else keeps it from being done now
 */
export type Perform = (effect: Effect, record: RequestRecord, again: boolean) => Promise<readonly Effect[]>;

/** Jira has no such issue, or does not show it to the app: which of them, it does not say. So nothing can be shown on it now. */
export class IssueUnseen extends Error {
  override readonly name = 'IssueUnseen';
  constructor(issueId: string, options?: ErrorOptions) {
    super(`Jira has no issue ${issueId} that the app may see`, options);
  }
}

/** Jira will not show the order on its request. */
export class OrderNotShown extends Error {
  override readonly name = 'OrderNotShown';
}

/** Many others wrote the same request at the same time. Trying again later helps. */
export class RequestContended extends Error {
  override readonly name = 'RequestContended';
  constructor(issueId: string) {
    super(`The record of issue ${issueId} was written by others each time it was to be written`);
  }
}

/**
 * - `settled`: everything that was decided has been done
 * - `busy`: another invocation is at work on this request, and does what is left
 */
export interface Applied {
  readonly record: RequestRecord;
  readonly effects: 'settled' | 'busy';
  /** Whether what was to be taken in has changed the request. */
  readonly changed: boolean;
}

export interface Requests {
  readonly find: (issueId: string) => Promise<RequestRecord | undefined>;
  /** The same for whoever changes it next: given to `apply`, it need not be read again. */
  readonly load: (issueId: string) => Promise<StoredRequest | undefined>;
  /** Keeps a request that is new, and does what it asks for; leaves one alone that is there already. */
  readonly open: (record: RequestRecord) => Promise<Applied>;
  /**
   * Takes an event in and does what it asks for, and whatever was left undone before.
   * @param request its issue's id, or the request as it was loaded: where that is older than what an event was made of, the event has
   * to change it, since only then does anybody notice that others have written meanwhile
   */
  readonly apply: (
    request: string | StoredRequest,
    ...events: readonly RequestEvent[]
  ) => Promise<Applied | undefined>;
}

/** Milliseconds: longer than any invocation lives, so whoever held an expired lease is dead. */
const LEASE = 60_000;
const WRITES_TRIED = 12;

/**
 * Requests, changed by events. A decision and the effects that it asks for are written down in one go; then one
 * invocation at a time does them in their order. What a crash leaves undone, the next event, a repeat of the same
 * event or the sweep finds in the outbox.
 */
export const createRequests = (ports: {
  readonly store: RequestStore;
  readonly perform: Perform;
  readonly now: () => Date;
  /** A name for this invocation that no other has. */
  readonly newHolder: () => string;
  /** Says in the app's log what nobody can be told in Jira. */
  readonly report: (problem: string) => void;
}): Requests => {
  const { store, perform, now } = ports;

  /**
   * Changes a record, however many others do so at the same time. `change` may run several times.
   * @param known the record as it was written last, as far as is known here: where nobody has written since, that spares reading it
   */
  const update = async (
    issueId: string,
    change: (record: RequestRecord) => RequestRecord,
    known?: StoredRequest,
  ): Promise<StoredRequest | undefined> => {
    let stored = known ?? (await store.load(issueId));
    for (let tried = 0; tried < WRITES_TRIED; tried += 1) {
      if (!stored) return undefined;
      const changed = change(stored.record);
      if (changed === stored.record) return stored;
      const replaced = await store.replace(stored, changed);
      if (replaced) {
        reportUnseen(stored.record, changed);
        return replaced;
      }
      stored = await store.load(issueId);
    }
    throw new RequestContended(issueId);
  };

  /** Whom it concerns may not see it in Jira either. */
  const reportUnseen = (before: RequestRecord, { issueId, requestKey, unseenSince, gone }: RequestRecord) => {
    const { message } = new IssueUnseen(issueId);
    if (gone && !before.gone) {
      ports.report(`${message}, and so it was for a day: its request ${requestKey} is let go`);
    } else if (unseenSince !== null && before.unseenSince === null) {
      ports.report(
        `${message}: its request ${requestKey} was deleted, or the app lacks the permission to browse the project, or its security level. It is looked for for a day`,
      );
    }
  };

  const scheduled = (record: RequestRecord): RequestRecord => ({ ...record, lookAt: lookAt(record, now()) });

  /** Takes the lease where there is something to do and nobody at it. */
  const claimed = (record: RequestRecord, holder: string): RequestRecord => {
    const { lease } = record;
    const free = lease === null || lease.holder === holder || Date.parse(lease.until) <= now().getTime();
    if (record.gone || record.outbox.length === 0 || !free) return record;
    return {
      ...record,
      lease: { holder, until: new Date(now().getTime() + LEASE).toISOString() },
      outbox: record.outbox.map((effect) => ({ ...effect, tried: true })),
    };
  };

  /** Does what is in the outbox, and what is added to it meanwhile. */
  const settle = async (
    start: StoredRequest,
    holder: string,
    fresh: ReadonlySet<string>,
    changed: boolean,
  ): Promise<Applied> => {
    let stored = start;
    let untried = fresh;
    while (stored.record.lease?.holder === holder) {
      const { record } = stored;
      const { done, instead, failure } = await work(record, untried);
      const before = new Set(record.outbox.map(({ id }) => id));
      const struckOff = (current: RequestRecord): RequestRecord => {
        // Where the answer to letting go was lost, somebody may hold it since. They do what is left, and find what is done.
        if (current.lease?.holder !== holder) return current;
        const left = current.outbox.filter(({ id }) => !done.has(id));
        const rest = { ...current, outbox: added(left, instead) };
        const shown = record.outbox.some(({ id, kind }) => kind !== 'deliver' && done.has(id));
        const events = [...(shown ? [{ type: 'seen' } as const] : []), ...consequencesOf(failure)];
        const after = events.reduce((before, event) => taken(before, event, now()), rest);
        const stop = isInTheWay(failure) || after.outbox.length === 0;
        return scheduled(stop ? { ...after, lease: null } : claimed(after, holder));
      };
      const next = await update(record.issueId, struckOff, stored);
      if (isInTheWay(failure) && !next?.record.gone) throw failure;
      if (!next) break;
      untried = new Set(next.record.outbox.map(({ id }) => id).filter((id) => !before.has(id)));
      stored = next;
    }
    return applied(stored.record, changed);
  };

  const applied = (record: RequestRecord, changed: boolean): Applied => ({
    record,
    effects: record.gone || record.outbox.length === 0 ? 'settled' : 'busy',
    changed,
  });

  /**
   * Comments stop at the first that fails: what follows was decided later and must not show earlier. The state and
   * the status follow all the same, so that whatever Jira has against a comment, people see where the request stands.
   */
  const work = async (record: RequestRecord, untried: ReadonlySet<string>) => {
    const done = new Set<string>();
    const instead: Effect[] = [];
    let failure: Error | undefined;
    for (const effect of record.outbox) {
      if (failure !== undefined && effect.kind === 'comment') continue;
      try {
        instead.push(...(await perform(effect, record, !untried.has(effect.id))));
        done.add(effect.id);
      } catch (error) {
        if (error instanceof OrderNotShown) done.add(effect.id);
        failure ??= error instanceof Error ? error : new Error(String(error));
        if (effect.kind !== 'comment' || consequencesOf(failure).length > 0) break;
      }
    }
    return { done, instead, failure };
  };

  const apply: Requests['apply'] = async (request, ...events) => {
    const [issueId, known] = typeof request === 'string' ? [request] : [request.record.issueId, request];
    const holder = ports.newHolder();
    let fresh: ReadonlySet<string> = new Set();
    let changed = false;
    const stored = await update(
      issueId,
      (current) => {
        const decided = events.reduce((before, event) => taken(before, event, now()), current);
        changed = decided !== current;
        fresh = untriedOf(decided);
        const next = claimed(decided, holder);
        return next === current && !isDue(current, now()) ? current : scheduled(next);
      },
      known,
    );
    if (!stored) return undefined;
    const { record } = stored;
    return record.lease?.holder === holder
      ? settle(stored, holder, fresh, changed)
      : applied(record, changed);
  };

  return {
    find: async (issueId) => (await store.load(issueId))?.record,
    load: store.load,
    apply,
    open: async (record) => {
      const holder = ports.newHolder();
      const created = await store.create(scheduled(claimed(record, holder)));
      // Whoever keeps it first does what it asks for, right away.
      if (created) return settle(created, holder, untriedOf(record), false);
      const known = await apply(record.issueId);
      if (!known) throw new RequestContended(record.issueId);
      return known;
    },
  };
};

/** What follows for the request from what keeps an effect from being done. */
const consequencesOf = (failure: Error | undefined): readonly RequestEvent[] => {
  if (failure instanceof IssueUnseen) return [{ type: 'unseen' }];
  if (failure instanceof OrderNotShown) return [{ type: 'order-not-shown', problem: failure.message }];
  return [];
};

/** Whether nothing more can be done now. What cannot be shown is no longer to be done. */
const isInTheWay = (failure: Error | undefined): failure is Error =>
  failure !== undefined && !(failure instanceof OrderNotShown);

/** A record with an event taken in: the same object where nothing changes. */
export const taken = (record: RequestRecord, event: RequestEvent, now: Date): RequestRecord => {
  const decision = decide(record, event, now);
  if (decision.effects.length === 0) return decision.record;
  return { ...decision.record, outbox: added(decision.record.outbox, decision.effects) };
};

const added = (outbox: readonly Effect[], effects: readonly Effect[]): Effect[] => [
  ...outbox,
  ...effects.filter(({ id }) => !outbox.some((effect) => effect.id === id)),
];

const untriedOf = ({ outbox }: RequestRecord): ReadonlySet<string> =>
  new Set(outbox.filter(({ tried }) => !tried).map(({ id }) => id));

const isDue = (record: RequestRecord, now: Date): boolean =>
  !hasEnded(record) && record.lookAt !== null && record.lookAt <= now.toISOString();
