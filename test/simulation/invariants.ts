import { createHash } from 'node:crypto';
import type { Issue } from '../sandbox/atlassian/jira-site';
import { PERSON } from '../sandbox/site';
import { STATUS } from '../sandbox/atlassian/workflow';
import { CALL_FAULTS, type Met } from './faults';
import type { Launch } from './observations';
import type { Wish } from './people';
import { UNSPEAKABLE, type World } from './world/world';

/** What has to hold, in the words of the design. */
export const INVARIANTS = {
  approved: 'nothing is launched or let on without a final approval by somebody entitled to give it',
  exact: 'what is launched is exactly what was approved',
  once: 'one approved operation takes effect once',
  told: 'an operation ends in a state that the request shows, and shows what is so',
  'in time': 'what is decided or over is done and shown within minutes of the end of the trouble',
  prompt: 'where one call goes wrong at most, what happens in AWS is shown within minutes',
  'once said': 'nobody is told the same twice',
  secret: 'no secret and no pre-signed address is anywhere to be read',
  sound: 'nothing asks for what no service has',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Milliseconds within which things are put right once nothing goes wrong any more. */
const SOON = 15 * MINUTE;
/** Milliseconds within which a change in AWS is shown where one call went wrong at most: less than the time limit of a wait. */
const PROMPTLY = 3 * MINUTE;
/** The same where nothing goes wrong but that no event of a stack arrives, or that it finds nobody registered. */
const WITHOUT_EVENTS = 5 * MINUTE;
/** Milliseconds after a clock was put forward in which an invocation may take one for dead that is not. */
const AFTER_A_JUMP = MINUTE;
/** Whether a fault held an operation up before it was registered for its stack's events, which is its fourth checkpoint. */
const isLateToRegister = ({ place, fault }: Met): boolean =>
  (place.endsWith('> dynamodb PutItem #1') && (fault === 'unreachable' || fault === 'dies before')) ||
  (/> lambda CheckpointDurableExecution #[1-4]$/.test(place) && fault === 'slow');

/** Milliseconds between two looks at a world. */
const LOOKS = 10 * SECOND;
/** Milliseconds for which a settled world is awaited: a gate's time limit, and then some. */
const PATIENCE = 3 * 60 * MINUTE;
/** Milliseconds that an invocation may act on what it has seen before. */
const IN_FLIGHT = 2 * MINUTE;

/** The property that the app shows on a request. */
interface Shown {
  readonly state: string;
  readonly operation: string;
  readonly digest?: string;
}
export const shownOn = (issue: Issue): Shown | undefined =>
  issue.properties.get('gatehouse') as Shown | undefined;

/** States that somebody can see and that do not change by themselves. */
const OVER = new Set([
  'refused-order',
  'declined',
  'blocked',
  'succeeded',
  'tainted',
  'failed',
  'refused',
  'lost',
  'expired',
  'withdrawn',
  'stuck',
]);

/** SHA-256 over an order's canonical JSON, made without the product's own code. */
const digestOf = (order: Readonly<Record<string, unknown>>): string => {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        )
      : value;
  return createHash('sha256')
    .update(JSON.stringify(sorted(order)))
    .digest('hex');
};

const orderIn = ({ input, account, region }: Launch, requester: string) => ({
  ...{
    productId: input.ProductId,
    provisioningArtifactId: input.ProvisioningArtifactId,
    account,
    region,
    pathId: null,
    requester,
  },
  parameters: Object.fromEntries((input.ProvisioningParameters ?? []).map(({ Key, Value }) => [Key, Value])),
  tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
  // Whatever makes it one of its kind comes last.
  name: input.ProvisionedProductName.slice(0, input.ProvisionedProductName.lastIndexOf('-')),
});

/** The order that the app makes of a form; the request's key is its one tag. */
const askedFor = ({ form, issue }: Wish) => ({
  ...{ ...form, pathId: null, requester: PERSON.employee },
  tags: { 'gatehouse:request': issue?.key ?? '' },
});

const minutes = (milliseconds: number): string => (milliseconds / MINUTE).toFixed(1);

/** The last thing that people decided about a wish before a moment; undefined where nothing was. */
const decidedBy = ({ decisions }: Wish, moment: number) => decisions.findLast(({ at }) => at <= moment);

/** Whether people did nothing about it but what the main job has. */
const isPlain = ({ decisions, moved, tampered, cancelled }: Wish): boolean =>
  decisions.length <= 1 && !moved && tampered === undefined && !cancelled;

/** Whether nothing stands in the way of a launch: it was approved where it has to be, and that was all. */
export const isToBeLaunched = (wish: Wish): boolean => {
  const [only] = wish.decisions;
  const approved = only?.decision === 'approved' && only.entitled && only.digest !== undefined;
  return wish.kind === 'launch' && wish.issue !== undefined && isPlain(wish) && (wish.free || approved);
};

/**
 * What is wrong with a launch, whoever made it.
 * @param handedOver when the bridge was told of it
 */
export const wrongWith = function* (launch: Launch, wish: Wish, handedOver: number): Generator<Violation> {
  const before = handedOver - IN_FLIGHT;
  const approval = wish.decisions.find(
    ({ at, decision, entitled }) => at <= launch.at && decision === 'approved' && entitled,
  );
  if (!wish.free && !approval) yield { invariant: 'approved', what: 'nobody entitled had approved it' };
  if (!wish.free && decidedBy(wish, before)?.decision === 'declined') {
    yield { invariant: 'approved', what: 'it had been declined when it was handed over' };
  }
  if (wish.takenBack !== undefined && wish.takenBack < before)
    yield { invariant: 'approved', what: 'it had been taken back when it was handed over' };
  const digest = digestOf(orderIn(launch, PERSON.employee));
  const approved = wish.free
    ? []
    : wish.decisions.filter(({ at, decision }) => at <= launch.at && decision === 'approved');
  if (approved.length > 0 && !approved.some(({ digest: seen }) => seen === digest)) {
    yield { invariant: 'exact', what: 'no approver was shown the order that was launched' };
  }
  if (wish.tampered === undefined && digest !== digestOf(askedFor(wish))) {
    yield { invariant: 'exact', what: 'it is not what was asked for' };
  }
};

/** Looks at a world from the outside: what exists in the accounts, what was decided, and what the requests show. */
export const createInspection = (world: World, wishes: readonly Wish[]) => {
  const { observations, forge, aws, weather } = world;
  /** When nothing is wrong any more. What the app has put off by a clock that was ahead is due by that clock: nothing tells it that it was. */
  const healed = world.faultsEnd + Math.max(0, weather.appSkew);

  const launchesOf = (wish: Wish): readonly Launch[] =>
    observations.launches.filter(({ by }) => wish.issue !== undefined && by === wish.issue.key);

  /** What is there of a wish, and whether it still changes. */
  const reality = (wish: Wish): { readonly status: string; readonly since: number } | undefined => {
    const id = wish.provisionedProductId ?? launchesOf(wish).at(-1)?.provisionedProductId;
    return id === undefined ? undefined : observations.standing(id);
  };

  /** Why this is not yet as it has to be in the end; undefined where it is. */
  const unsettled = (wish: Wish): string | undefined => {
    const { issue } = wish;
    const there = reality(wish);
    if (!issue)
      return wish.kind === 'gate' && there?.status === 'UNDER_CHANGE'
        ? 'the stack of a gate waits, and nobody was asked'
        : undefined;
    const shown = shownOn(issue);
    if (!shown) return 'the request shows nothing';
    const { state } = shown;
    if (there?.status === 'UNDER_CHANGE') return `its stack is under way, and the request says ${state}`;
    if (!OVER.has(state) && state !== 'awaiting-approval')
      return `everything is over, and the request says ${state}`;
    const last = wish.decisions.at(-1);
    if (
      state === 'awaiting-approval' &&
      (last !== undefined || wish.free) &&
      !forge.site.pendingApproval(issue)
    )
      return `it was decided, and the request says ${state}`;
    if (wish.kind === 'launch' && there?.status === 'AVAILABLE' && state !== 'succeeded')
      return `it is there, and the request says ${state}`;
    if (
      wish.kind === 'launch' &&
      there?.status === 'ERROR' &&
      state !== 'failed' &&
      !isAskedAgain(wish, there)
    )
      return `it failed, and the request says ${state}`;
    if (!there && (state === 'succeeded' || state === 'failed'))
      return `nothing was launched, and the request says ${state}`;
    if (wish.kind === 'gate' && there && state === 'awaiting-approval')
      return 'its stack waits no more, and the request still asks';
    if (wish.kind === 'gate' && there?.status === 'ERROR' && state === 'succeeded')
      return 'its stack failed, and the request says succeeded';
    const wanted = { succeeded: STATUS.done, failed: STATUS.failed }[state];
    const movedBack = wish.movedBack && state === 'failed' && issue.status.name === STATUS.approved;
    if (wanted !== undefined && !wish.moved && !movedBack && issue.status.name !== wanted)
      return `it ${state}, and the request stands in "${issue.status.name}"`;
    return undefined;
  };

  /** Whether what had failed was to be launched again, and somebody moved the request: then it may wait for people once more. */
  const isAskedAgain = ({ retried, moved }: Wish, { since }: { readonly since: number }): boolean =>
    retried !== undefined && retried > since && moved;

  const launches = function* (wish: Wish): Generator<Violation> {
    const made = launchesOf(wish);
    const tokens = new Set(made.map(({ token }) => token));
    if (tokens.size < made.length)
      yield { invariant: 'once', what: `${made.length} products of ${tokens.size} operations` };
    const alive = made.filter(
      ({ provisionedProductId: id }) => observations.standing(id)?.status !== 'ERROR',
    );
    if (alive.length > 1) yield { invariant: 'once', what: `${alive.length} products for one request` };
    for (const launch of made) {
      yield* wrongWith(launch, wish, observations.startOf(launch.token));
    }
  };

  const requestsFor = (id: string) =>
    forge.site.issues.filter(({ description }) => description.includes(`${id}/`));

  /**
   * Whether the app died between raising a gate's request and writing it down, and searched for it while none was shown to it. Nothing
   * tells it that there is one, so it raises another; the first shows nothing, and whoever decides there decides about nothing.
   */
  const isRaisedUnseen = ({ provisionedProductId: id }: Wish): boolean =>
    id !== undefined &&
    weather.unseen?.withheld === 'issues' &&
    world.platform.met.some(
      ({ place }) => place.startsWith('on-bridge-callback') && place.includes('_opened >'),
    ) &&
    requestsFor(id).length === 2;

  const gate = function* (wish: Wish): Generator<Violation> {
    const id = wish.provisionedProductId;
    if (id === undefined) return;
    const { length } = requestsFor(id);
    if (length > 1) yield { invariant: 'once', what: `${length} requests for one gate` };
    const there = observations.standing(id);
    const approved = wish.decisions.some(({ decision, entitled }) => decision === 'approved' && entitled);
    if (there?.status === 'AVAILABLE' && !approved)
      yield { invariant: 'approved', what: 'a stack went on that nobody had approved' };
    const last = wish.decisions.at(-1);
    if (last?.decision === 'declined' && there?.status === 'ERROR') {
      const late = there.since - Math.max(last.at, healed);
      if (late > SOON)
        yield { invariant: 'in time', what: `a declined stack failed ${minutes(late)} minutes later` };
    }
  };

  const said = function* (wish: Wish): Generator<Violation> {
    // Where the app's clock was behind, every lease runs out in the moment in which it is put right, whoever is still at work.
    const isAfterJump = (moment: number): boolean =>
      weather.appSkew < 0 && moment >= world.faultsEnd && moment <= world.faultsEnd + AFTER_A_JUMP;
    const before = new Set<string>();
    for (const { body, public: visible, created } of wish.issue?.comments ?? []) {
      const words = `${String(visible)} ${body}`;
      if (before.has(words) && !isAfterJump(created.getTime()))
        yield { invariant: 'once said', what: words.slice(0, 120) };
      before.add(words);
    }
  };

  /**
   * Milliseconds within which news is to be shown; undefined where too much goes wrong to say. Where no message was lost or late, no
   * clock is wrong, the app sees every request and at most one call went wrong, nobody has to look for news. Where that held an operation up before it had registered, its
   * stack may have been over by then, its events found nobody, and a record that is behind says that it is under way.
   */
  const promptly = (): number | undefined => {
    const { losesStackEvents, appSkew, bridgeSkew, unseen, startsWait } = weather;
    const { met } = world.platform;
    if (appSkew !== 0 || bridgeSkew !== 0 || unseen || startsWait > 0) return undefined;
    if (losesStackEvents) return met.length === 0 ? WITHOUT_EVENTS : undefined;
    const arrived = met.every(({ fault }) => CALL_FAULTS.some((known) => known === fault));
    if (!arrived || met.length > 1) return undefined;
    return weather.recordDelay > 0 && met.some(isLateToRegister) ? WITHOUT_EVENTS : PROMPTLY;
  };

  /** @param settledAt when all of it was as it has to be, for good */
  const prompt = function* (wish: Wish, settledAt: number | undefined): Generator<Violation> {
    const meddled = wish.moved || wish.cancelled || wish.tampered !== undefined;
    const there = reality(wish);
    const within = promptly();
    if (within === undefined || meddled || !there || settledAt === undefined) return;
    const took = settledAt - there.since;
    // A record that is behind its stack cannot be seen before.
    if (took > within + weather.recordDelay)
      yield { invariant: 'prompt', what: `it was shown ${minutes(took)} minutes after it was over` };
    const decided = wish.decisions.at(-1);
    const good = decided?.decision === 'approved' && decided.entitled && decided.digest !== undefined;
    if (wish.kind === 'gate' && good && there.status !== 'AVAILABLE')
      yield { invariant: 'prompt', what: 'its stack was approved and did not go on' };
    // What was answered before it was shown counts for nothing.
    const began = Math.max(decided?.at ?? 0, wish.retried ?? 0);
    // What an event of Jira's or the bridge's came to nothing about is the next sweep's.
    const waits = world.sweepLeftOut() && world.platform.met.some(({ place }) => place.startsWith('on-'));
    if (decided?.digest !== undefined && settledAt - began > SOON && !waits)
      yield {
        invariant: 'prompt',
        what: `it was over ${minutes(settledAt - began)} minutes after it was decided`,
      };
  };

  const secrets = function* (): Generator<Violation> {
    const texts = function* (): Generator<string> {
      yield* world.logged;
      for (const { summary, description, comments, properties } of forge.site.issues) {
        yield `${summary} ${description} ${comments.map(({ body }) => body).join(' ')} ${JSON.stringify([...properties])}`;
      }
      for (const { payload, ending, operations } of aws.lambda.engine.executions) {
        yield `${payload} ${ending?.result ?? ''} ${JSON.stringify(ending?.error ?? '')}`;
        for (const { StepDetails, CallbackDetails } of operations.values()) {
          yield `${StepDetails?.Result ?? ''} ${JSON.stringify(StepDetails?.Error ?? '')} ${CallbackDetails?.Result ?? ''}`;
        }
      }
    };
    for (const text of texts()) {
      if (UNSPEAKABLE.some((word) => text.includes(word)))
        yield { invariant: 'secret', what: text.slice(0, 80) };
    }
  };

  /** An operation has one durable execution, whoever asks for it how often. */
  const executions = function* (): Generator<Violation> {
    const counts = new Map<string, number>();
    for (const { payload } of aws.lambda.engine.executions) {
      const { operationId, gate: asked } = JSON.parse(payload) as {
        readonly operationId?: string;
        readonly gate?: { readonly gateId: string };
      };
      const id = operationId ?? asked?.gateId ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const [id, count] of counts)
      if (count > 1) yield { invariant: 'once', what: `${count} executions of ${id}` };
  };

  /** What people had decided when all went well from then on has to come about. */
  const outcome = function* (wish: Wish): Generator<Violation> {
    if (!isPlain(wish) || !wish.issue) return;
    const [only] = wish.decisions;
    const state = shownOn(wish.issue)?.state;
    if (isToBeLaunched(wish) && !reality(wish)) {
      yield {
        invariant: 'told',
        what: `it was approved and never launched; the request says ${state ?? 'nothing'}`,
      };
    }
    if (only?.decision === 'declined' && wish.kind === 'launch' && state !== 'declined') {
      yield { invariant: 'told', what: `it was declined, and the request says ${state ?? 'nothing'}` };
    }
    if (state === 'lost' || state === 'stuck')
      yield { invariant: 'told', what: `the request ends as ${state}` };
  };

  return {
    /**
     * Lets time pass until everything is settled.
     * @returns what is broken, and the milliseconds that it took from the end of the faults, or of what happens in AWS
     */
    settle: async (): Promise<{ readonly violations: readonly Violation[]; readonly longest: number }> => {
      const { time, faultsEnd } = world;
      const settledAt = new Map<Wish, number>();
      const violations: Violation[] = [];
      for (
        let moment = world.start;
        moment <= faultsEnd + PATIENCE && (moment <= faultsEnd || settledAt.size < wishes.length);
        moment += LOOKS
      ) {
        await time.until(moment);
        for (const wish of wishes) {
          if (unsettled(wish) === undefined) settledAt.set(wish, settledAt.get(wish) ?? moment);
          else settledAt.delete(wish);
        }
      }
      let longest = 0;
      for (const wish of wishes) {
        if (isRaisedUnseen(wish)) {
          violations.push(...[...gate(wish)].filter(({ invariant }) => invariant === 'approved'));
          continue;
        }
        const why = unsettled(wish);
        if (why !== undefined) violations.push({ invariant: 'told', what: why });
        const due = Math.max(healed, reality(wish)?.since ?? 0);
        const took = Math.max(0, (settledAt.get(wish) ?? due) - due);
        longest = Math.max(longest, took);
        if (took > SOON) violations.push({ invariant: 'in time', what: `it took ${minutes(took)} minutes` });
        const found = wish.kind === 'launch' ? launches(wish) : gate(wish);
        violations.push(...found, ...outcome(wish), ...prompt(wish, settledAt.get(wish)), ...said(wish));
      }
      violations.push(...secrets(), ...executions());
      for (const { by } of observations.launches) {
        if (!wishes.some(({ issue }) => issue?.key === by))
          violations.push({ invariant: 'approved', what: `a launch for ${by}, which nobody asked for` });
      }
      for (const what of world.broken) violations.push({ invariant: 'sound', what });
      return { violations, longest };
    },
  };
};
