/** Goes through things in the order in which they wait for each other, many at a time. */
export interface Procession {
  start(): void;
  /** One is through: whatever waited only for it begins. */
  through(name: string): void;
}

/**
 * @param waitsFor what has to be through before each; names that are no keys are not waited for
 * @param on.begin may call `through` at once
 * @param on.end called once, when all are through
 */
export const createProcession = (
  waitsFor: ReadonlyMap<string, ReadonlySet<string>>,
  on: { readonly begin: (name: string) => void; readonly end: () => void },
): Procession => {
  const begun = new Set<string>();
  const done = new Set<string>();
  let ended = false;
  const proceed = (): void => {
    if (ended) return;
    if (done.size === waitsFor.size) {
      ended = true;
      on.end();
      return;
    }
    for (const [name, others] of waitsFor) {
      if (begun.has(name)) continue;
      if ([...others].some((other) => waitsFor.has(other) && !done.has(other))) continue;
      begun.add(name);
      on.begin(name);
    }
  };
  return {
    start: proceed,
    through: (name) => {
      done.add(name);
      proceed();
    },
  };
};
