import { z } from 'zod';

const Signal = z.looseObject({
  Status: z.enum(['SUCCESS', 'FAILURE']),
  UniqueId: z.string().min(1),
  Data: z.string().default(''),
  Reason: z.string().default(''),
});
type Signal = z.infer<typeof Signal>;

/** What has arrived at one wait condition handle. */
export interface Arrivals {
  readonly signals: readonly Signal[];
  /** Something was put there that is no signal. */
  readonly unparsable: boolean;
}

export const none: Arrivals = { signals: [], unparsable: false };

/** A repeated id changes nothing, whatever else the signal says. */
export const arrive = (arrivals: Arrivals, body: string): Arrivals => {
  const signal = read(body);
  if (!signal) return { ...arrivals, unparsable: true };
  if (arrivals.signals.some(({ UniqueId: known }) => known === signal.UniqueId)) return arrivals;
  return { ...arrivals, signals: [...arrivals.signals, signal] };
};

const read = (body: string): Signal | undefined => {
  try {
    return Signal.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
};

/** What a wait condition makes of what has arrived: goes on waiting, is met, or fails for a reason. */
export const verdictOn = (
  { signals, unparsable }: Arrivals,
  count: number,
): 'waits' | { readonly data: string } | { readonly failure: string } => {
  const failed = signals.find(({ Status: status }) => status === 'FAILURE');
  if (failed) {
    return {
      failure: `WaitCondition received failed message: '${failed.Reason}' for uniqueId: ${failed.UniqueId}`,
    };
  }
  if (unparsable) return { failure: 'Unparsable WaitCondition data' };
  if (signals.length < count) return 'waits';
  return { data: JSON.stringify(Object.fromEntries(signals.map(({ UniqueId, Data }) => [UniqueId, Data]))) };
};

export const timedOut = ({ signals }: Arrivals, count: number): string =>
  `WaitCondition timed out. Received ${signals.length} conditions when expecting ${count}`;
