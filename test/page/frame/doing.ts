import { useCallback, useState } from 'react';

/** Something that somebody does with a button: whether it is under way, and why it was refused. */
export const useDoing = () => {
  const [doing, setDoing] = useState(false);
  const [problem, setProblem] = useState<unknown>(undefined);
  const run = useCallback(async (what: () => Promise<unknown>): Promise<void> => {
    setDoing(true);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      setProblem(error);
    } finally {
      setDoing(false);
    }
  }, []);
  return { doing, problem, run };
};
