import type { CatalogStore } from './catalog-store';
import type { CatalogSyncResult } from './catalog-sync';

/** What one synchronisation has left to the next. */
export interface CatalogRest {
  readonly siteId: string;
  /** Only the newest is followed: another begun synchronisation, or an event that comes twice, leaves no second row of them. */
  readonly turn: string;
  /** Synchronisations in a row that it has been left by. */
  readonly rounds: number;
}

/** Synchronisations in a row at most, a minute apart: the hourly one begins anew. */
const IN_A_ROW = 55;
const TURN_KEY = 'catalog:turn';

/**
 * Synchronises the catalogue; what one run has no room for follows a minute later, until all of it is kept. A round that fails
 * is one that has brought nothing.
 */
export const createSyncInRounds = (ports: {
  readonly sync: (siteId: string) => Promise<CatalogSyncResult>;
  readonly store: Pick<CatalogStore, 'get' | 'set'>;
  /** Has what is left synchronised after a minute. */
  readonly goOn: (rest: CatalogRest) => Promise<void>;
  /** A text that no other turn has. */
  readonly newTurn: () => string;
  readonly report: (problem: string) => void;
}) => {
  const { report } = ports;

  const guarded = async <Result>(what: string, act: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await act();
    } catch (error) {
      report(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };

  const leave = (siteId: string, rounds: number): Promise<void> =>
    guarded('Going on with the synchronisation of the catalogue', async () => {
      const turn = ports.newTurn();
      await ports.store.set(TURN_KEY, turn);
      await ports.goOn({ siteId, turn, rounds });
    });

  return {
    /** @throws what synchronising throws */
    begin: async (siteId: string): Promise<CatalogSyncResult> => {
      const result = await ports.sync(siteId);
      if (!result.complete) await leave(siteId, 1);
      return result;
    },

    /** Never throws: what fails is tried again, by the next round or by the hourly synchronisation. */
    goOn: async ({ siteId, turn, rounds }: CatalogRest): Promise<void> => {
      const newest = await guarded('Going on with the synchronisation of the catalogue', () =>
        ports.store.get(TURN_KEY),
      );
      if (newest !== turn) return;
      const result = await guarded('Synchronising the catalogue', () => ports.sync(siteId));
      if (result?.complete !== true && rounds < IN_A_ROW) await leave(siteId, rounds + 1);
    },
  };
};
