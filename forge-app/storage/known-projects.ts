import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { PROJECTS_KEY } from './keys';

const Keys = z.array(z.string());

/**
 * Keys of the projects that have settings, as of the last time they were looked up.
 * @param ports.spend is told of every request to the storage
 */
export const createKnownProjects = (ports: {
  readonly lookUp: () => Promise<readonly string[]>;
  readonly spend: () => void;
}) => {
  const refresh = async (): Promise<readonly string[]> => {
    const keys = await ports.lookUp();
    ports.spend();
    await kvs.set(PROJECTS_KEY, [...keys]);
    return keys;
  };
  return {
    refresh,
    list: async (): Promise<readonly string[]> => {
      ports.spend();
      const kept = Keys.safeParse(await kvs.get<unknown>(PROJECTS_KEY)).data;
      // None at all may be how it looked while the app was not allowed to see any.
      return kept !== undefined && kept.length > 0 ? kept : refresh();
    },
  };
};
