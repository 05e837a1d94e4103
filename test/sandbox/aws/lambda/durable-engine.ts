import { randomBytes, randomUUID } from 'node:crypto';
import type { ErrorObject, Operation, OperationStatus, OperationUpdate } from '@aws-sdk/client-lambda';
import type { Clock } from '../../clock';
import type { Journal } from '../../journal';
import { AwsError } from '../service';
import { applyUpdate, HEARTBEAT_TIMED_OUT, type Timer } from './apply-update';
import { checkUpdates, PAYLOAD_LIMIT } from './checkpoint-rules';
import { type CheckpointAnswer, type Ending, Execution } from './execution';
import { invokeDurable } from './durable-invocation';
import type { FunctionDefinition } from './functions';
import { page } from './page';

const DAY = 86_400_000;
/** Milliseconds that a checkpoint's client token is remembered. */
const CLIENT_TOKEN_LIFE = 900_000;
const NAME = /^[a-zA-Z0-9-_]{1,64}$/;

/** Milliseconds between two attempts at an invocation that keeps dying, at most. */
const LONGEST_BACKOFF = 60_000;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

export interface CheckpointRequest {
  readonly DurableExecutionArn: string;
  readonly CheckpointToken: string;
  readonly Updates?: readonly OperationUpdate[];
  readonly ClientToken?: string;
}

export interface StateRequest {
  readonly DurableExecutionArn: string;
  readonly CheckpointToken: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/**
 * Keeps durable executions: their operations, timers and callbacks, the one valid checkpoint token of each, and
 * invokes the function again whenever something that it waits for has changed.
 */
export class DurableEngine {
  readonly executions: Execution[] = [];
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #pageSize: number;
  readonly #callbacks = new Map<string, { readonly execution: Execution; readonly operationId: string }>();
  readonly #heartbeats = new Map<string, { readonly seconds: number; beats: number }>();

  /** @param pageSize operations that an invocation's event carries at most; the rest is read page by page */
  constructor(clock: Clock, journal: Journal, pageSize: number) {
    this.#clock = clock;
    this.#journal = journal;
    this.#pageSize = pageSize;
  }

  /**
   * Starts an execution, or finds the one that has the name already.
   * @throws AwsError `DurableExecutionAlreadyStartedException` where the name stands for something else
   */
  start(definition: FunctionDefinition, name: string | undefined, payload: string): Execution {
    if (name !== undefined && !NAME.test(name)) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value '${name}' at 'durableExecutionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME.source}`,
      );
    }
    const known = this.executions.find(
      (execution) =>
        execution.name === name &&
        execution.definition.account === definition.account &&
        execution.definition.region === definition.region,
    );
    if (known) {
      if (known.definition.name === definition.name && known.payload === payload) return known;
      throw new AwsError(
        'DurableExecutionAlreadyStartedException',
        `The durable execution ${known.name} has already been started with another payload`,
        409,
      );
    }
    const execution = new Execution(definition, name ?? randomUUID(), payload, this.#clock.now());
    this.executions.push(execution);
    const limit = definition.durable?.executionTimeoutSeconds ?? 0;
    this.#clock.after(limit * 1000, `time limit of ${execution.name}`, () =>
      this.end(execution, {
        status: 'TIMED_OUT',
        error: { ErrorMessage: `Execution timed out after ${limit} seconds` },
      }),
    );
    this.#schedule(execution, 0, () => true);
    return execution;
  }

  /** @throws AwsError `ResourceNotFoundException` also past the retention */
  find(arn: string): Execution {
    const execution = this.executions.find((candidate) => candidate.arn === arn);
    if (!execution)
      throw new AwsError('ResourceNotFoundException', `Durable execution not found: ${arn}`, 404);
    return execution;
  }

  /** @throws AwsError for a token that is not the current one */
  checkpoint(request: CheckpointRequest): CheckpointAnswer {
    const execution = this.find(request.DurableExecutionArn);
    const now = this.#clock.now();
    const clientToken = request.ClientToken;
    const earlier = clientToken === undefined ? undefined : execution.clientTokens.get(clientToken);
    if (earlier && now.getTime() - earlier.at.getTime() < CLIENT_TOKEN_LIFE) return earlier.answer;
    requireToken(execution, request.CheckpointToken);
    const updates = request.Updates ?? [];
    checkUpdates(updates, execution.operations);
    for (const update of updates) this.#apply(execution, update);
    const answer: CheckpointAnswer = {
      // The checkpoint that ends an execution yields no further token.
      CheckpointToken: execution.status === 'RUNNING' ? execution.renewToken() : undefined,
      NewExecutionState: { Operations: execution.takeChanged() },
    };
    if (clientToken !== undefined) execution.clientTokens.set(clientToken, { at: now, answer });
    return answer;
  }

  /** A page of what an invocation's event did not carry. @throws AwsError as {@link checkpoint} does */
  state(request: StateRequest): object {
    const execution = this.find(request.DurableExecutionArn);
    requireToken(execution, request.CheckpointToken);
    const size = Math.min(request.MaxItems || 1000, this.#pageSize);
    const { items: Operations, NextMarker } = page(execution.state(), request.Marker, size);
    return { Operations, NextMarker };
  }

  end(execution: Execution, ending: Ending): void {
    if (execution.status !== 'RUNNING') return;
    execution.end(ending, this.#clock.now());
    const days = execution.definition.durable?.retentionDays ?? 1;
    this.#clock.after(days * DAY, `retention of ${execution.name}`, () => {
      this.executions.splice(this.executions.indexOf(execution), 1);
    });
  }

  /** The ARN of the execution that a callback belongs to. */
  executionOf(callbackId: string): Execution | undefined {
    return this.#callbacks.get(callbackId)?.execution;
  }

  succeedCallback(callbackId: string, result: string | undefined): void {
    if (Buffer.byteLength(result ?? '') > PAYLOAD_LIMIT) throw invalid('Callback result is too large.');
    this.#closeCallback(callbackId, 'SUCCEEDED', result === undefined ? {} : { Result: result });
  }

  failCallback(callbackId: string, error: ErrorObject | undefined): void {
    this.#closeCallback(callbackId, 'FAILED', { Error: error ?? {} });
  }

  heartbeat(callbackId: string): void {
    const { execution, operation } = this.#openCallback(callbackId);
    const heartbeat = this.#heartbeats.get(callbackId);
    if (!heartbeat) return;
    heartbeat.beats += 1;
    this.#arm(execution, operation, {
      after: heartbeat.seconds * 1000,
      status: 'TIMED_OUT',
      message: HEARTBEAT_TIMED_OUT,
    });
  }

  #openCallback(callbackId: string): { execution: Execution; operation: Operation } {
    const known = this.#callbacks.get(callbackId);
    const operation = known?.execution.operations.get(known.operationId);
    if (!known || !operation) throw invalid('Invalid callback id');
    if (operation.Status !== 'STARTED' || known.execution.status !== 'RUNNING') {
      throw new AwsError('CallbackTimeoutException', 'The callback has already been closed or has expired');
    }
    return { execution: known.execution, operation };
  }

  #closeCallback(callbackId: string, status: OperationStatus, details: object): void {
    const { execution, operation } = this.#openCallback(callbackId);
    this.#settle(execution, {
      ...operation,
      Status: status,
      EndTimestamp: this.#clock.now(),
      CallbackDetails: { ...operation.CallbackDetails, ...details },
    });
  }

  #apply(execution: Execution, update: OperationUpdate): void {
    if (update.Type === 'EXECUTION') {
      this.end(
        execution,
        update.Action === 'SUCCEED'
          ? { status: 'SUCCEEDED', result: update.Payload }
          : { status: 'FAILED', error: update.Error },
      );
      return;
    }
    const id = update.Id ?? '';
    const callbackId = randomBytes(32).toString('hex');
    const { operation, timers } = applyUpdate(
      execution.operations.get(id),
      update,
      this.#clock.now(),
      callbackId,
    );
    execution.operations.set(id, operation);
    execution.changed.add(id);
    if (operation.CallbackDetails?.CallbackId === callbackId) {
      this.#callbacks.set(callbackId, { execution, operationId: id });
      const seconds = update.CallbackOptions?.HeartbeatTimeoutSeconds;
      if (seconds) this.#heartbeats.set(callbackId, { seconds, beats: 0 });
    }
    for (const timer of timers) this.#arm(execution, operation, timer);
  }

  #arm(execution: Execution, operation: Operation, timer: Timer): void {
    const id = operation.Id ?? '';
    const heartbeat =
      timer.message === HEARTBEAT_TIMED_OUT
        ? this.#heartbeats.get(operation.CallbackDetails?.CallbackId ?? '')
        : undefined;
    const beats = heartbeat?.beats;
    this.#clock.after(timer.after, `${operation.Name ?? operation.Type ?? ''} of ${execution.name}`, () => {
      const current = execution.operations.get(id);
      if (current !== operation || execution.status !== 'RUNNING' || heartbeat?.beats !== beats) return;
      const ended = timer.status === 'READY' ? {} : { EndTimestamp: this.#clock.now() };
      const details = timer.message && {
        CallbackDetails: { ...current.CallbackDetails, Error: { ErrorMessage: timer.message } },
      };
      this.#settle(execution, { ...current, Status: timer.status, ...ended, ...details });
    });
  }

  #settle(execution: Execution, operation: Operation): void {
    execution.operations.set(operation.Id ?? '', operation);
    execution.changed.add(operation.Id ?? '');
    this.#schedule(execution, 0, () => execution.changed.size > 0);
  }

  #schedule(execution: Execution, delay: number, due: () => boolean): void {
    this.#clock.after(delay, `invocation of ${execution.name}`, async () => {
      if (execution.status === 'RUNNING' && due()) await this.#invoke(execution);
    });
  }

  async #invoke(execution: Execution): Promise<void> {
    // Whoever is at it is told of changes with its next checkpoint, or invoked again when it has ended.
    if (execution.invoked) return;
    execution.invoked = true;
    const answer = await invokeDurable(execution, this.#pageSize);
    execution.invoked = false;
    if (answer.Status === 'DIED') {
      // Nothing that the dead invocation may still send counts.
      execution.renewToken();
      execution.deaths += 1;
      const backoff = Math.min(1000 * 2 ** (execution.deaths - 1), LONGEST_BACKOFF);
      this.#schedule(execution, backoff, () => true);
    } else {
      execution.deaths = 0;
      this.#schedule(execution, 0, () => execution.changed.size > 0);
    }
    this.#journal.record({
      at: this.#clock.now(),
      caller: 'lambda',
      service: 'lambda',
      operation: 'Invocation',
      status: answer.Status === 'DIED' ? 500 : 200,
      detail: {
        FunctionName: execution.definition.name,
        DurableExecutionName: execution.name,
        invocation: execution.invocations,
        outcome: answer.Status === 'DIED' ? 'died' : answer.Status,
        ...(answer.Status === 'DIED' && { error: answer.reason }),
      },
    });
    if (answer.Status === 'SUCCEEDED') this.end(execution, { status: 'SUCCEEDED', result: answer.Result });
    if (answer.Status === 'FAILED') this.end(execution, { status: 'FAILED', error: answer.Error });
  }
}

const requireToken = (execution: Execution, token: string): void => {
  if (execution.token === undefined || execution.token !== token) throw invalid('Invalid checkpoint token');
};
