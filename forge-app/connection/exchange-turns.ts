import { z } from 'zod';
import { Timestamp } from '../../aws-bridge/contract/identifiers';
import type { Direction } from '../secrets';
import { createCompareAndSet } from '../storage/compare-and-set';
import { EXCHANGE_ENTITY } from '../storage/keys';

const Value = z.strictObject({
  revision: z.string(),
  /** Until when somebody changes the secret, and nobody else. */
  record: z.strictObject({ until: Timestamp }),
});

/** Milliseconds: longer than any call of a page lives, so whoever had a turn that is over is dead. */
const TURN = 60_000;

/** @returns what was done; undefined where somebody else is at it, and then nothing was */
export type InTurn = <Result>(
  direction: Direction,
  act: () => Promise<Result>,
) => Promise<Result | undefined>;

/**
 * Lets one administrator at a time change a direction's secrets: where Forge keeps secrets, no write can be conditional.
 * @param ports.newRevision a text that no other writing has
 * @param ports.spend is told of every request to the storage
 */
export const createExchangeTurns = (ports: {
  readonly newRevision: () => string;
  readonly now: () => Date;
  readonly spend: () => void;
}): InTurn => {
  const turns = createCompareAndSet({
    ...ports,
    name: EXCHANGE_ENTITY,
    read: (stored) => Value.parse(stored),
  });
  const untilIn = (milliseconds: number) => ({
    until: new Date(ports.now().getTime() + milliseconds).toISOString(),
  });

  return async (direction, act) => {
    const before = await turns.load(direction);
    if (before && Date.parse(before.record.until) > ports.now().getTime()) return undefined;
    const mine = before
      ? await turns.replace(direction, before, untilIn(TURN))
      : await turns.create(direction, untilIn(TURN));
    if (!mine) return undefined;
    try {
      return await act();
    } finally {
      // Where it fails, the turn ends by itself.
      await turns.replace(direction, mine, untilIn(0)).catch(() => undefined);
    }
  };
};
