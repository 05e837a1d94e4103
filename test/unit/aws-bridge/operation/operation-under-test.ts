import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { CallbackFailed } from '../../../../aws-bridge/operation/callback-port';
import { createLaunchPathMemory } from '../../../../aws-bridge/operation/launch-paths';
import type { OpenSealed } from '../../../../aws-bridge/operation/open-sealed';
import { createOperation } from '../../../../aws-bridge/operation/operation';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { anOperation, SITE } from './builders';
import { OneExecution } from './engine';
import { standInGate } from './stand-in-gate';
import { StandInTenant } from './stand-in-tenant';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The operation function on the real SDK, with everything that it calls in hand. */
export class OperationUnderTest {
  readonly tenant = new StandInTenant();
  readonly told: OperationProgress[] = [];
  /** Every message that reached the app, with those that it did not take. */
  readonly bodies: string[] = [];
  readonly log: LogLine[] = [];
  readonly waiters = new Map<string, string>();
  /** Answers of the app to come; without any it takes what it is told. */
  readonly appAnswers: ('delivered' | 'gone' | number)[] = [];
  readonly entering: unknown[] = [];
  readonly registering: unknown[] = [];
  entered = 0;
  /** Opens what the order holds sealed; it holds nothing unless a test says so. */
  openSealed: OpenSealed = () => Promise.reject(new Error('nothing is sealed'));
  readonly execution: OneExecution;

  constructor(payload: unknown = anOperation()) {
    this.execution = new OneExecution(
      (durableExecutionClient, clock) =>
        withDurableExecution(
          createOperation({
            site: SITE,
            enterTenant: async () => {
              this.entered += 1;
              if (this.entering.length > 0) throw this.entering.shift();
              return Promise.resolve(this.tenant);
            },
            paths: createLaunchPathMemory(),
            openSealed: (sealed, context) => this.openSealed(sealed, context),
            registerWaiter: async ({ stack, callbackId }) => {
              if (this.registering.length > 0) throw this.registering.shift();
              this.waiters.set(stack, callbackId);
              return Promise.resolve();
            },
            tellApp: async (progress) => {
              this.bodies.push(JSON.stringify(progress));
              const answer = this.appAnswers.shift() ?? 'delivered';
              if (typeof answer === 'number') throw new CallbackFailed(`answered ${answer}`);
              if (answer === 'delivered') this.told.push(OperationProgress.parse(progress));
              return Promise.resolve(answer);
            },
            answerTest: () => Promise.resolve({ state: 'taken' }),
            gate: standInGate(),
            log: (line) => void this.log.push(line),
            now: clock.now,
          }),
          { durableExecutionClient },
        ),
      payload,
    );
  }

  /** After `delay` milliseconds the record is as given, and an event of the stack says so unless it gets lost. */
  becomes(
    delay: number,
    description: Partial<StandInTenant['description']>,
    options: { event?: boolean; productStatus?: string } = {},
  ): void {
    this.execution.clock.after(delay, 'the record changes', () => {
      this.tenant.description = { ...this.tenant.description, ...description };
      this.tenant.productStatus = options.productStatus ?? this.tenant.productStatus;
      if (options.event ?? true) this.wake();
    });
  }

  wake(): void {
    for (const callbackId of this.waiters.values()) this.execution.completeCallback(callbackId);
  }

  async end(within = DAY): Promise<OperationProgress> {
    await this.execution.end(within);
    const result = this.execution.answer?.Result;
    return OperationProgress.parse(JSON.parse(typeof result === 'string' ? result : 'null'));
  }
}
