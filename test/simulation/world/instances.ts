/**
 * The environments that a function runs in. Each serves one invocation at a time and is kept for the next one; an
 * invocation that is lost, dead or not, takes its environment along.
 */
export const createInstances = <Instance>(make: () => Instance) => {
  const free: Instance[] = [];
  return {
    using: async <Result>(run: (instance: Instance) => Promise<Result>): Promise<Result> => {
      const instance = free.pop() ?? make();
      try {
        return await run(instance);
      } finally {
        free.push(instance);
      }
    },
  };
};
