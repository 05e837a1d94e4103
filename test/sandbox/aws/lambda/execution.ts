import { randomBytes, randomUUID } from 'node:crypto';
import type { ErrorObject, ExecutionStatus, Operation } from '@aws-sdk/client-lambda';
import { type FunctionDefinition, functionArn, VERSION } from './functions';

/** The answer to a checkpoint, kept so that the same request can be answered again. */
export interface CheckpointAnswer {
  readonly CheckpointToken: string | undefined;
  readonly NewExecutionState: { readonly Operations: readonly Operation[] };
}

/** How an execution ended. */
export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly result?: string | undefined;
  readonly error?: ErrorObject | undefined;
}

/** One durable execution: what it has done so far, and the one token that may write to it. */
export class Execution {
  readonly definition: FunctionDefinition;
  readonly name: string;
  readonly arn: string;
  readonly payload: string;
  readonly startedAt: Date;
  readonly operations = new Map<string, Operation>();
  /** Operations that changed since the function was last told of them. */
  readonly changed = new Set<string>();
  readonly clientTokens = new Map<string, { readonly at: Date; readonly answer: CheckpointAnswer }>();
  readonly whenEnded: Promise<Ending>;
  status: ExecutionStatus = 'RUNNING';
  ending: Ending | undefined;
  endedAt: Date | undefined;
  token: string | undefined;
  invocations = 0;
  /** Whether an invocation is at it that is not known to have died. */
  invoked = false;
  /** Invocations that died one after the other. */
  deaths = 0;
  #settle: (ending: Ending) => void = () => undefined;
  readonly #executionOperationId = randomUUID();

  constructor(definition: FunctionDefinition, name: string, payload: string, now: Date) {
    this.definition = definition;
    this.name = name;
    this.payload = payload;
    this.startedAt = now;
    this.arn = `${functionArn(definition)}:${VERSION}/durable-execution/${name}/${randomUUID()}`;
    this.operations.set(this.#executionOperationId, {
      Id: this.#executionOperationId,
      Type: 'EXECUTION',
      Status: 'STARTED',
      StartTimestamp: now,
      ExecutionDetails: { InputPayload: payload },
    });
    this.whenEnded = new Promise((resolve) => (this.#settle = resolve));
  }

  /** The next token; every earlier one is worthless from now on. */
  renewToken(): string {
    this.token = randomBytes(24).toString('base64url');
    return this.token;
  }

  /** The operations that changed since last asked, and forgets that they did. */
  takeChanged(): Operation[] {
    const taken = [...this.changed].flatMap((id) => this.operations.get(id) ?? []);
    this.changed.clear();
    return taken;
  }

  end(ending: Ending, now: Date): void {
    if (this.ending) return;
    this.ending = ending;
    this.status = ending.status;
    this.endedAt = now;
    this.token = undefined;
    const operation = this.operations.get(this.#executionOperationId);
    if (operation) {
      this.operations.set(this.#executionOperationId, {
        ...operation,
        Status: ending.status,
        EndTimestamp: now,
      });
    }
    this.#settle(ending);
  }

  /**
   * What a new invocation has to know: everything but the inside of contexts that are finished, unless they asked for
   * their children to be replayed.
   */
  state(): Operation[] {
    const hidden = new Set<string>();
    const shown: Operation[] = [];
    for (const [id, operation] of this.operations) {
      const parent = this.operations.get(operation.ParentId ?? '');
      const finished = parent?.Status === 'SUCCEEDED' || parent?.Status === 'FAILED';
      const folded = finished && !parent.ContextDetails?.ReplayChildren;
      if (parent && (folded || hidden.has(parent.Id ?? ''))) hidden.add(id);
      else shown.push(operation);
    }
    return shown;
  }
}
