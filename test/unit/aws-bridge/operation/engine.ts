import { randomUUID } from 'node:crypto';
import {
  type CheckpointDurableExecutionRequest,
  type DurableExecutionClient,
  type DurableExecutionInvocationInput,
  InvocationStatus,
  type Operation,
  type OperationStatus,
  type OperationUpdate,
  type withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import { DrivenClock } from '../../../sandbox/clock';

type Handler = ReturnType<typeof withDurableExecution>;
type Update = OperationUpdate & { readonly Id: string };

/** Where an invocation may die: before a checkpoint is stored, or after, its answer lost. */
export type Moment = `${'before' | 'after'} ${string}`;

class InvocationDied extends Error {
  override readonly name = 'InvocationDied';
}

/**
 * One durable execution in memory, on a driven clock: as much of Lambda's engine as the operation function meets.
 * The sandbox has the whole of it, over the wire; this one is for looking closely at the function alone.
 */
export class OneExecution {
  readonly clock = new DrivenClock();
  invocations = 0;
  answer: { readonly Status: string; readonly Result?: unknown; readonly Error?: unknown } | undefined;
  /** Every update of every checkpoint, as text: what the history would keep. */
  history = '';
  /** Decides where invocations die; asked once a moment. */
  dies: (moment: Moment) => boolean = () => false;
  readonly #operations = new Map<string, Operation>();
  readonly #handler: Handler;
  #token = 0;
  #scheduled = false;
  #changes = 0;

  constructor(
    makeHandler: (client: DurableExecutionClient, clock: DrivenClock) => Handler,
    payload: unknown,
  ) {
    const client: DurableExecutionClient = {
      checkpoint: (request) => Promise.resolve().then(() => this.#checkpoint(request)),
      getExecutionState: () => Promise.resolve({ Operations: [...this.#operations.values()] }),
    };
    this.#handler = makeHandler(client, this.clock);
    this.#operations.set('execution', {
      Id: 'execution',
      Type: 'EXECUTION',
      Status: 'STARTED',
      StartTimestamp: this.clock.now(),
      ExecutionDetails: { InputPayload: JSON.stringify(payload) },
    });
    this.#schedule(0);
  }

  /** Drives the clock until the execution has ended. */
  async end(within: number): Promise<void> {
    await this.clock.until(() => this.answer !== undefined, within, 'the end of the execution');
  }

  get names(): string[] {
    return [...this.#operations.values()].flatMap(({ Name }) => Name ?? []);
  }

  completeCallback(callbackId: string): void {
    for (const operation of this.#operations.values()) {
      if (operation.CallbackDetails?.CallbackId !== callbackId || operation.Status !== 'STARTED') continue;
      this.#turn(operation, 'SUCCEEDED');
    }
  }

  #schedule(delay: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.clock.after(delay, 'invocation', () => this.#invoke());
  }

  async #invoke(): Promise<void> {
    this.#scheduled = false;
    if (this.answer) return;
    this.invocations += 1;
    const before = this.#changes;
    const event: DurableExecutionInvocationInput = {
      DurableExecutionArn: `arn:aws:lambda:eu-west-1:100000000002:function:operation:1/durable-execution/it/${randomUUID()}`,
      CheckpointToken: String((this.#token += 1)),
      UpdatedOperationIds: [],
      InitialExecutionState: { Operations: [...this.#operations.values()], NextMarker: '' },
    };
    try {
      const answer = await this.#handler(event, aContext);
      if (answer.Status !== InvocationStatus.PENDING) this.answer = answer;
      else if (this.#changes > before) this.#schedule(0);
    } catch {
      this.#schedule(1000);
    }
  }

  #checkpoint({ CheckpointToken, Updates = [] }: CheckpointDurableExecutionRequest) {
    const updates = Updates.filter((update): update is Update => update.Id !== undefined);
    this.#perhapsDie('before', updates);
    if (CheckpointToken !== String(this.#token)) throw new InvocationDied('stale token');
    this.history += JSON.stringify(updates);
    const Operations = updates.map((update) => this.#apply(update));
    this.#perhapsDie('after', updates);
    return { CheckpointToken: String((this.#token += 1)), NewExecutionState: { Operations } };
  }

  #perhapsDie(when: 'before' | 'after', updates: readonly Update[]): void {
    for (const { Name = '', Action } of updates) {
      const moment: Moment = `${when} ${Name} ${Action}`;
      if (this.dies(moment)) throw new InvocationDied(moment);
    }
  }

  #apply(update: Update): Operation {
    const known = this.#operations.get(update.Id);
    const operation: Operation = known ?? {
      Id: update.Id,
      Type: update.Type,
      Status: 'STARTED',
      StartTimestamp: this.clock.now(),
      ...(update.Name !== undefined && { Name: update.Name }),
      ...(update.SubType !== undefined && { SubType: update.SubType }),
    };
    this.#operations.set(update.Id, operation);
    const details = {
      ...(update.Payload !== undefined && { Result: update.Payload }),
      ...(update.Error && { Error: update.Error }),
    };
    const attempt = operation.StepDetails?.Attempt ?? 0;
    if (update.Action === 'SUCCEED' || update.Action === 'FAIL') {
      operation.Status = update.Action === 'FAIL' ? 'FAILED' : 'SUCCEEDED';
      operation.StepDetails = { Attempt: attempt + 1, ...details };
    } else if (update.Action === 'RETRY') {
      const delay = (update.StepOptions?.NextAttemptDelaySeconds ?? 1) * 1000;
      operation.Status = 'PENDING';
      const at = new Date(this.clock.now().getTime() + delay);
      operation.StepDetails = { Attempt: attempt + 1, NextAttemptTimestamp: at, ...details };
      this.#later(operation, delay, 'READY');
    } else {
      operation.Status = 'STARTED';
      if (update.Type === 'CALLBACK' && !operation.CallbackDetails) {
        operation.CallbackDetails = { CallbackId: randomUUID() };
        this.#later(operation, (update.CallbackOptions?.TimeoutSeconds ?? 0) * 1000, 'TIMED_OUT');
      }
    }
    return operation;
  }

  #later(operation: Operation, delay: number, status: OperationStatus): void {
    const waiting = operation.Status;
    this.clock.after(delay, `${operation.Name ?? ''} ${status}`, () => {
      if (operation.Status === waiting) this.#turn(operation, status);
    });
  }

  #turn(operation: Operation, status: OperationStatus): void {
    operation.Status = status;
    this.#changes += 1;
    this.#schedule(0);
  }
}

const aContext = {
  functionName: 'operation',
  functionVersion: '1',
  awsRequestId: randomUUID(),
  getRemainingTimeInMillis: () => 60_000,
} as Parameters<Handler>[1];
