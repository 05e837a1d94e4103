/** Runs one thing after the other, in the order in which they came: what people do, and what simulated time brings. */
export const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Value>(run: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
};
export type Turns = ReturnType<typeof createTurns>;
