import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type Patch, buildWorker, codeOf } from './build';
import type { ScheduleOutcome, ScheduleRequest } from './schedule';

/** Schedules to be run one after the other. */
export interface Task {
  readonly requests: readonly ScheduleRequest[];
  readonly withPlaces?: boolean;
  readonly traced?: boolean;
}

export interface TaskResult {
  readonly outcomes: readonly ScheduleOutcome[];
  readonly trace: readonly string[];
}

/** A worker ended by itself, which no schedule may make it do. */
class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}

export interface Workers {
  /** Digest of all the code that they run. */
  readonly code: string;
  readonly run: (task: Task) => Promise<TaskResult>;
  /** Runs many, a batch at a time on every worker, and hands on what each came to. */
  readonly runAll: (
    requests: Iterable<ScheduleRequest>,
    take: (outcome: ScheduleOutcome) => void,
    options?: { readonly withPlaces?: boolean; readonly enough?: () => boolean },
  ) => Promise<void>;
  readonly close: () => void;
}

const BATCH = 10;

const perform = async (worker: ChildProcess, task: Task): Promise<TaskResult> => {
  worker.send(task);
  const ended = new AbortController();
  try {
    return await Promise.race([
      once(worker, 'message', { signal: ended.signal }).then(([result]) => result as TaskResult),
      once(worker, 'exit', { signal: ended.signal }).then(([status]) => {
        throw new WorkerEnded(`A worker of the simulation ended with status ${String(status)}`);
      }),
    ]);
  } finally {
    ended.abort();
  }
};

/**
 * Processes that run schedules, each with the product's code in it.
 * @param patches what is changed of that code
 */
export const startWorkers = async (count: number, patches: readonly Patch[] = []): Promise<Workers> => {
  const file = await buildWorker(patches);
  const all = await Promise.all(
    Array.from({ length: count }, async () => {
      const worker = fork(file, [], { execArgv: ['--max-old-space-size=2048'] });
      await once(worker, 'message');
      return worker;
    }),
  );
  const free = [...all];
  const waiting: ((worker: ChildProcess) => void)[] = [];

  const using = async <Result>(run: (worker: ChildProcess) => Promise<Result>): Promise<Result> => {
    const worker = free.pop() ?? (await new Promise<ChildProcess>((resolve) => waiting.push(resolve)));
    try {
      return await run(worker);
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else free.push(worker);
    }
  };

  return {
    code: codeOf(file),
    run: (task) => using((worker) => perform(worker, task)),

    runAll: async (requests, take, { withPlaces = false, enough = () => false } = {}) => {
      const iterator = requests[Symbol.iterator]();
      const batch = (): ScheduleRequest[] => {
        const taken: ScheduleRequest[] = [];
        while (taken.length < BATCH) {
          const next = iterator.next();
          if (next.done) break;
          taken.push(next.value);
        }
        return taken;
      };
      await Promise.all(
        all.map(async () => {
          for (let next = batch(); next.length > 0 && !enough(); next = batch()) {
            const { outcomes } = await using((worker) => perform(worker, { requests: next, withPlaces }));
            outcomes.forEach(take);
          }
        }),
      );
    },

    close: () => {
      for (const worker of all) worker.kill();
      rmSync(file, { force: true });
    },
  };
};
