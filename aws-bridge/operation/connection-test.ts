import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { WayBack } from '../contract/connection';
import type { Log } from '../runtime/log';
import type { TestAsked, TestEnded } from '../runtime/test-asked';
import type { AnswerTest } from './callback-port';
import { briefly } from './retries';
import { createSteps } from './steps';

export interface ConnectionTestPorts {
  readonly answerTest: AnswerTest;
  readonly log: Log;
  readonly now: () => Date;
}

/** Calls the app by the way of every callback, once: whoever tests wants to know at once how that comes out. */
export const createConnectionTest =
  ({ answerTest, log, now }: ConnectionTestPorts) =>
  async ({ testId, site }: TestAsked, context: Pick<DurableContext, 'step'>): Promise<TestEnded> => {
    const steps = createSteps(context, testId, log);
    const wayBack = await steps.tryTo('answer', briefly, async () => {
      const came: WayBack = await answerTest({ testId, site }, now().toISOString());
      log({
        outcome: came.state === 'failed' ? `test-${came.why}` : `test-${came.state}`,
        operationId: testId,
        ...(came.state === 'failed' && came.status !== null && { status: came.status }),
      });
      return came;
    });
    return { testId, wayBack: wayBack ?? { state: 'failed', why: 'broken', status: null } };
  };
