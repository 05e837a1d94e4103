import { type DurableContext, type DurableExecutionHandler, StepError } from '@aws/durable-execution-sdk-js';
import * as z from 'zod/mini';
import { ApprovedOperation } from '../contract/messages';
import { digestOf } from '../contract/order';
import type { OperationError, OperationProgress } from '../contract/progress';
import { GateAsked } from '../runtime/gate-asked';
import { TestAsked, type TestEnded } from '../runtime/test-asked';
import type { AnswerTest, TellApp } from './callback-port';
import { createConnectionTest } from './connection-test';
import { errorName } from './error-name';
import { createFollowedRecord } from './followed-record';
import { createFollowing, type FollowingPorts } from './following';
import { createGateOperation } from './gate/gate-operation';
import type { GatePorts } from './gate/gate-ports';
import { createLaunch, type LaunchPorts } from './launch';
import { lostTrack } from './lost-track';
import { type Finding, progressOf } from './progress';
import { forADay } from './retries';
import { createSteps } from './steps';
import { createTelling, type Tell } from './telling';

export interface OperationPorts extends LaunchPorts, FollowingPorts {
  /** The site that this bridge serves. */
  readonly site: string;
  readonly tellApp: TellApp;
  readonly answerTest: AnswerTest;
  /** What only gates need. */
  readonly gate: GatePorts;
}

/** The payload is neither an approved operation nor a gate nor a test. Names the failing paths; no value of it. */
export class PayloadMalformed extends Error {
  override readonly name = 'PayloadMalformed';
  constructor(paths: readonly string[]) {
    super(`The execution's payload is no operation; wrong: ${paths.join(', ')}`);
  }
}

const FOREIGN_SITE: OperationError = {
  code: 'ForeignSite',
  message: 'The operation belongs to another site than the one that this bridge serves.',
};
const ORDER_CHANGED: OperationError = {
  code: 'OrderChanged',
  message: 'The order is not the one that was approved: its digest differs. Nothing was launched.',
  remedy: 'Raise a new request, and tell the cloud platform team: an order changed on its way to AWS.',
};

/**
 * One operation, from its beginning to its end: a launch that was approved, or a gate whose approval is asked for; or a test
 * of the way to the app.
 * @returns a durable handler; its result is the last progress, or what came of the test
 * @throws PayloadMalformed from the handler: without a site and an id there is nobody to tell
 */
export const createOperation = (
  ports: OperationPorts,
): DurableExecutionHandler<unknown, OperationProgress | TestEnded> => {
  const launch = createLaunchOperation(ports);
  const gate = createGateOperation({ ...ports, ...ports.gate });
  const test = createConnectionTest(ports);
  return async (payload, context) => {
    const operation = operationIn(payload);
    switch (operation.kind) {
      case 'launch':
        return launch(operation, context);
      case 'gate':
        return gate(operation, context);
      case 'test':
        return test(operation, context);
    }
  };
};

/**
 * One approved operation, from its launch to its end.
 *
 * This runs again from the top whenever the engine resumes it, with the results of the steps that were done. So it
 * does nothing by itself: time, chance and calls are inside of steps, and everything between them is a pure decision.
 */
const createLaunchOperation =
  (ports: OperationPorts) =>
  async (
    operation: ApprovedOperation,
    context: Pick<DurableContext, 'step' | 'createCallback'>,
  ): Promise<OperationProgress> => {
    const steps = createSteps(context, operation.operationId, ports.log);
    const telling = createTelling(operation, steps, ports);
    let last: OperationProgress | undefined;
    const tell: Tell = async (finding) => (last = await telling(finding));
    const follow = createFollowing({ context, steps, tell }, ports);
    const followed = createFollowedRecord(ports);
    const launch = createLaunch(ports);
    const momentOf = (step: string) =>
      steps.run(step, forADay, () => Promise.resolve(ports.now().toISOString()));

    // Another site's request is not the app's that we could tell, so it is not told.
    if (operation.site !== ports.site) {
      return progressOf(operation, 1, refused(await momentOf('refuse'), FOREIGN_SITE));
    }
    try {
      if (digestOf(operation.order) !== operation.digest) {
        return await tell(refused(await momentOf('refuse'), ORDER_CHANGED));
      }
      const launched = await steps.run('launch', forADay, (_attempt, believes) =>
        launch(operation, believes),
      );
      return launched.accepted
        ? await follow(followed(operation, launched.record), launched.finding)
        : await tell(launched.finding);
    } catch (error) {
      // A step that had to be given up, or a mistake of ours. Somebody has to look, so somebody has to be told.
      return tell(lostTrack(operation, await momentOf('lose track'), codeOf(error), last));
    }
  };

const Payload = z.discriminatedUnion('kind', [ApprovedOperation, GateAsked, TestAsked]);

/** @throws PayloadMalformed */
const operationIn = (payload: unknown): z.infer<typeof Payload> => {
  const parsed = Payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new PayloadMalformed(parsed.error.issues.map(({ path }) => path.join('.') || 'the payload'));
};

const refused = (at: string, error: OperationError): Finding => ({
  state: 'refused',
  at,
  outputs: [],
  errors: [error],
});

/** A step's failure is known by the code that it left; an unforeseen error by its name only. */
const codeOf = (error: unknown): string => (error instanceof StepError ? error.message : errorName(error));
