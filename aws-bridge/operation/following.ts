import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { ApprovedOperation } from '../contract/messages';
import { isFinal, type OperationProgress } from '../contract/progress';
import type { Log } from '../runtime/log';
import { waiterKey } from '../runtime/waiter-key';
import { createExplain, createLook, isUnexplained } from './look';
import { givenUpFollowing } from './lost-track';
import type { Finding } from './progress';
import { isNews } from './record-meaning';
import { briefly, forADay, forHalfAnHour } from './retries';
import { stackNameOf } from './stack-failure';
import type { Steps } from './steps';
import type { Tell } from './telling';
import type { EnterTenant, LaunchRecord } from './tenant-port';
import { MOST_LOOKS, quietAfter, quietAtFirst, timeLimit } from './time-limit';
import type { RegisterWaiter } from './waiters-port';

/** Milliseconds that an entry of the waiters' table outlives its time limit: its steps may take a while. */
const WAITER_MARGIN = 3_600_000;

export interface FollowingPorts {
  readonly enterTenant: EnterTenant;
  readonly registerWaiter: RegisterWaiter;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Follows a record to its end and tells every change on the way.
 *
 * Registering comes before looking: whatever changes after the look finds somebody registered. An event says only
 * "look again"; without one the time limit says it, so a lost event costs time and nothing else.
 */
export const createFollowing =
  (
    operation: ApprovedOperation,
    durable: {
      readonly context: Pick<DurableContext, 'createCallback'>;
      readonly steps: Steps;
      readonly tell: Tell;
    },
    ports: FollowingPorts,
  ) =>
  async (record: LaunchRecord, started: OperationProgress): Promise<OperationProgress> => {
    const { context, steps, tell } = durable;
    const look = createLook(ports);
    const explain = createExplain(ports);
    const stack = waiterKey({
      account: operation.order.account,
      region: operation.order.region,
      stackName: stackNameOf(operation.order.account, record.provisionedProductId),
    });
    let told = started;
    let quiet = quietAtFirst(record.provisionedProductType);

    for (let n = 1; n <= MOST_LOOKS; n++) {
      const seconds = timeLimit(quiet);
      const [event, callbackId] = await context.createCallback(`stack event ${n}`, { timeout: { seconds } });

      await steps.tryTo(`register ${n}`, briefly, async () => {
        const expiresAt = new Date(ports.now().getTime() + seconds * 1000 + WAITER_MARGIN);
        await ports.registerWaiter({ stack, callbackId, expiresAt });
      });
      const found = await steps.run(`describe ${n}`, forADay, async (attempt) =>
        noting(ports.log, operation, await look(operation, record, told, attempt)),
      );
      if (isUnexplained(found)) {
        const explained = await steps.tryTo('explain', forHalfAnHour, () =>
          explain(operation, record, found),
        );
        return tell(explained ?? found);
      }
      if (isFinal(found.state)) return tell(found);
      if (isNews(told.state, found.state)) told = await tell(found);

      const heard = await event.then(
        () => true,
        () => false,
      );
      quiet = quietAfter(quiet, heard);
    }
    const at = await steps.run('stop following', forADay, () => Promise.resolve(ports.now().toISOString()));
    return tell(givenUpFollowing(operation, at, told));
  };

const noting = (log: Log, { operationId }: ApprovedOperation, found: Finding): Finding => {
  log({ outcome: 'found', operationId, state: found.state });
  return found;
};
