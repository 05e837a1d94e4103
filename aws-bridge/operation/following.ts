import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { isFinal, type OperationProgress } from '../contract/progress';
import type { Log } from '../runtime/log';
import type { Finding, Subject } from './progress';
import { isNews } from './record-meaning';
import { forADay, forHalfAnHour } from './retries';
import { createRounds } from './rounds';
import type { Believes, Steps } from './steps';
import type { Tell } from './telling';
import type { EnterTenant } from './tenant-port';
import { MOST_LOOKS, quietAfter, timeLimit } from './time-limit';
import type { RegisterWaiter } from './waiters-port';

export interface FollowingPorts {
  readonly enterTenant: EnterTenant;
  readonly registerWaiter: RegisterWaiter;
  readonly now: () => Date;
  readonly log: Log;
}

/** Something under way in a tenant account: the record of a launch, or a gate's stack. */
export interface Followed extends Subject {
  /** The stack whose events say that it may have changed, as waiterKey writes it. */
  readonly stack: string;
  /** How long it is waited for to begin with; see quietAtFirst. */
  readonly quiet: number;
  /** Rounds that the operation may have waited for something else before. */
  readonly roundsBefore: number;
  /** Looks at it, in one attempt at a step; `told` is what was told of it last. */
  readonly look: (told: OperationProgress | undefined, believes: Believes) => Promise<Finding>;
  /** Adds to a failure what does not show at first sight. */
  readonly explain: (failure: Finding) => Promise<Finding>;
  readonly givenUp: (at: string, told: OperationProgress | undefined) => Finding;
}

/** Follows what is under way to its end and tells every change on the way. */
export const createFollowing = (
  durable: {
    readonly context: Pick<DurableContext, 'createCallback'>;
    readonly steps: Steps;
    readonly tell: Tell;
  },
  ports: FollowingPorts,
) => {
  const { steps, tell } = durable;
  const inRounds = createRounds(durable, ports);

  /** @param started what is told before anything else, once whoever asks the table finds the operation there */
  return async (followed: Followed, started?: Finding): Promise<OperationProgress> => {
    const { operationId, stack } = followed;
    let told: OperationProgress | undefined;
    let quiet = followed.quiet;

    const end = await inRounds<OperationProgress>({
      operationId,
      event: 'stack event',
      stack,
      most: MOST_LOOKS,
      before: followed.roundsBefore,
      begin: (_n, heard) => {
        if (heard !== undefined) quiet = quietAfter(quiet, heard);
        return Promise.resolve(timeLimit(quiet));
      },
      look: async (n) => {
        if (n === 1 && started) told = await tell(started);
        const found = await steps.run(`describe ${n}`, forADay, async (_attempt, believes) => {
          const finding = await followed.look(told, believes);
          ports.log({ outcome: 'found', operationId, state: finding.state });
          return finding;
        });
        if (found.state === 'failed' || found.state === 'tainted') {
          const explained = await steps.tryTo('explain', forHalfAnHour, () => followed.explain(found));
          return { end: await tell(explained ?? found) };
        }
        if (isFinal(found.state)) return { end: await tell(found) };
        if (isNews(told?.state, found.state)) told = await tell(found);
        return undefined;
      },
    });
    if (end) return end;
    const at = await steps.run('stop following', forADay, () => Promise.resolve(ports.now().toISOString()));
    return tell(followed.givenUp(at, told));
  };
};
