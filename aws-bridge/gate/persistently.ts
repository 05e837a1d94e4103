/** Milliseconds between attempts. Lambda repeats the event after a minute; this is for what lasts a moment. */
const PAUSES = [1_000, 3_000];

/**
 * Tries again where trying again may help.
 * @throws what the last attempt threw
 */
export const persistently = async <Result>(
  attempt: () => Promise<Result>,
  ports: {
    readonly mayPass: (error: unknown) => boolean;
    readonly pause: (milliseconds: number) => Promise<void>;
  },
): Promise<Result> => {
  for (const milliseconds of PAUSES) {
    try {
      return await attempt();
    } catch (error) {
      if (!ports.mayPass(error)) throw error;
      await ports.pause(milliseconds);
    }
  }
  return attempt();
};
