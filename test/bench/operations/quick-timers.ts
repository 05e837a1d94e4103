/** Milliseconds: the durable SDK's pause before it ends an invocation that waits is 20. */
const SHORT = 50;

/**
 * Has short pauses of this process take no time. The durable SDK makes one before it ends an invocation that waits; it is the
 * same for whoever uses the SDK, and its jitter would hide what is measured.
 */
export const skipShortPauses = (): void => {
  const { setTimeout: later } = globalThis;
  // Only what has a handle of Node's own is ever cleared here.
  globalThis.setTimeout = ((work: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) =>
    later(work, delay <= SHORT ? 0 : delay, ...given)) as typeof setTimeout;
};
