import { AsyncLocalStorage } from 'node:async_hooks';

/** What an app's functions took: processor time in milliseconds, and calls by what was asked for. */
export interface Spent {
  readonly cpu: number;
  readonly calls: Readonly<Record<string, number>>;
}

type ForgeFetch = (destination: object, target: string, init?: object) => Promise<Response>;

interface Waiting {
  readonly ask: () => Promise<Response>;
  readonly answered: (answer: Promise<Response>) => void;
}

/** Milliseconds of processor time of this process. */
const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What a call of @forge/* asks for, in few words. */
const kindOf = (destination: object, target: string, init: object = {}): string => {
  const { type, remote } = destination as Readonly<Record<string, string | undefined>>;
  const { method = 'GET' } = init as { readonly method?: string };
  if (type === 'kvs') return /\/(get|query)$/.test(target) ? 'storage reads' : 'storage writes';
  if (type === 'frc') return 'bridge';
  if (remote === 'stargate') return 'queue';
  // Jira takes a search's query in a body.
  return method === 'GET' || target.includes('/search/') ? 'Jira reads' : 'Jira writes';
};

export type AppMeter = ReturnType<typeof createAppMeter>;

/** The meter of whichever app is at work. */
const metered = new AsyncLocalStorage<AppMeter>();

let attached = false;

/** Has every call of @forge/* pass its app's meter. Has to come after the platform's globals are in place. */
export const attachMeters = (): void => {
  if (attached) return;
  attached = true;
  // The Forge runtime's own global, which has no type.
  const { __forge_fetch__: send } = globalThis as unknown as { readonly __forge_fetch__: ForgeFetch };
  const measured: ForgeFetch = (destination, target, init) => {
    const ask = () => send(destination, target, init);
    return metered.getStore()?.outside(kindOf(destination, target, init), () => whole(ask())) ?? ask();
  };
  Object.defineProperty(globalThis, '__forge_fetch__', { configurable: true, value: measured });
};

/** The answer with its body read, so that reading it takes the app no time. */
const whole = async (answer: Promise<Response>): Promise<Response> => {
  const response = await answer;
  const { status, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, { status, headers });
};

/**
 * Measures what an app's functions take of the processor and of the wire, and nothing of what the platform's stand-ins do to
 * answer: while they are at it the app waits, and the meter stands still. So what stands in may be as slow as it likes with
 * ten thousand of everything.
 *
 * For functions that run one after the other.
 */
export const createAppMeter = () => {
  let cpu = 0;
  let calls: Record<string, number> = {};
  let since = 0;
  let waiting: Waiting[] = [];

  const pause = async (): Promise<void> => {
    // What the app still does with the answers before, it does now.
    await turn();
    await turn();
    cpu += processor() - since;
    const asked = waiting;
    waiting = [];
    const answers = await Promise.allSettled(asked.map(({ ask }) => ask()));
    since = processor();
    for (const [index, { answered }] of asked.entries()) {
      const answer = answers[index];
      if (answer?.status === 'fulfilled') answered(Promise.resolve(answer.value));
      else answered(Promise.reject(answer?.reason as Error));
    }
  };

  const meter = {
    /** Runs one of the app's functions. */
    run: async <Result>(act: () => Promise<Result>): Promise<Result> => {
      since = processor();
      try {
        return await metered.run(meter, act);
      } finally {
        cpu += processor() - since;
      }
    },

    /** Lets the platform answer while the meter stands still. */
    outside: (kind: string, ask: () => Promise<Response>): Promise<Response> =>
      new Promise((answered) => {
        calls = { ...calls, [kind]: (calls[kind] ?? 0) + 1 };
        waiting.push({ ask, answered });
        if (waiting.length === 1) void pause();
      }),

    /** What was spent since this was asked last. */
    take: (): Spent => {
      const taken = { cpu, calls };
      cpu = 0;
      calls = {};
      return taken;
    },
  };
  return meter;
};

/** All calls together. */
export const totalOf = ({ calls }: Pick<Spent, 'calls'>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
