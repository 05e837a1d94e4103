/** Runs what reads the machine's clock at another moment. */
export const withClock = <Result>(now: Date, run: () => Result): Result => {
  const real = Date.now;
  Date.now = () => now.getTime();
  try {
    return run();
  } finally {
    Date.now = real;
  }
};
