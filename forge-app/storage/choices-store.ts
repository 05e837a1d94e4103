import { kvs } from '@forge/kvs';
import { type ChoicesStore, KeptChoices } from '../choices/known-choices';
import { choicesKey } from './keys';

/**
 * Answers of tenant accounts in the app's storage, which deletes them by itself.
 * @param spend is told of every request to the storage
 */
export const createChoicesStore = (spend: () => void): ChoicesStore => ({
  get: async (account, region, type) => {
    spend();
    return KeptChoices.safeParse(await kvs.get<unknown>(choicesKey(account, region, type))).data;
  },
  set: async (account, region, kept, minutes) => {
    spend();
    await kvs.set(choicesKey(account, region, kept.choices.type), kept, {
      ttl: { value: minutes, unit: 'MINUTES' },
    });
  },
});
