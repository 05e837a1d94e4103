import { Filter, FilterConditions, kvs } from '@forge/kvs';

/** What is kept, under the name of the writing that it stems from. A write names the revision that it replaces. */
export interface Revised<Content> {
  readonly revision: string;
  readonly record: Content;
}

type Transaction = ReturnType<typeof kvs.transact>;

/**
 * An entity of the app's storage, written by compare-and-set.
 *
 * Forge documents neither the code of a failed condition nor that of a key that is taken, and an answer can be lost
 * after the write. So nothing is read out of an error: the value is read again, and its revision tells.
 * @param entity.read makes a value of what is stored; throws where it cannot be one
 * @param entity.newRevision a text that no other writing has
 * @param entity.spend is told of every request to the storage
 */
export const createCompareAndSet = <Content extends object>(entity: {
  readonly name: string;
  readonly read: (stored: unknown) => Revised<Content>;
  readonly newRevision: () => string;
  readonly spend: () => void;
}) => {
  const { name, spend } = entity;

  const load = async (key: string): Promise<Revised<Content> | undefined> => {
    spend();
    const value: unknown = await kvs.entity<Revised<Content>>(name).get(key);
    return value === undefined ? undefined : entity.read(value);
  };

  /** Whether a write that failed, or seemed to, is there: undefined where the value is still the one from before. */
  const outcomeOf = async (
    error: unknown,
    key: string,
    mine: string,
    before: string | undefined,
  ): Promise<boolean> => {
    const found = await load(key);
    if (found?.revision === mine) return true;
    if (found?.revision === before) throw error;
    return false;
  };

  return {
    load,

    /** @returns undefined where there is one already */
    create: async (key: string, record: Content): Promise<Revised<Content> | undefined> => {
      const value = { revision: entity.newRevision(), record };
      spend();
      try {
        await kvs.entity<Revised<Content>>(name).set(key, value, { keyPolicy: 'FAIL_IF_EXISTS' });
        return value;
      } catch (error) {
        return (await outcomeOf(error, key, value.revision, undefined)) ? value : undefined;
      }
    },

    /**
     * @param also adds what is to be written with it or not at all
     * @returns undefined where somebody else has written since `stored` was read
     */
    replace: async (
      key: string,
      stored: Revised<Content>,
      record: Content,
      also: (transaction: Transaction) => void = () => undefined,
    ): Promise<Revised<Content> | undefined> => {
      const value = { revision: entity.newRevision(), record };
      const conditions = new Filter<Revised<Content>>().and(
        'revision',
        FilterConditions.equalTo(stored.revision),
      );
      const transaction = kvs.transact().set<Revised<Content>>(key, value, { entityName: name, conditions });
      also(transaction);
      spend();
      try {
        await transaction.execute();
        return value;
      } catch (error) {
        return (await outcomeOf(error, key, value.revision, stored.revision)) ? value : undefined;
      }
    },
  };
};
