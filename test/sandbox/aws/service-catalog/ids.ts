import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Thirteen characters as Service Catalog's identifiers have them, the same for the same text. */
const thirteen = (text: string): string =>
  Array.from(createHash('sha256').update(text).digest().subarray(0, 13), (byte) =>
    alphabet.charAt(byte % alphabet.length),
  ).join('');

/** What identifiers begin with. */
type Kind = 'cons' | 'pa' | 'port' | 'pp' | 'prod' | 'prodview' | 'rec' | 'share' | 'tag';

export interface Ids {
  next(kind: Kind): string;
  /** A launch path is one portfolio's product seen from one account; its id is as lasting as they are. */
  launchPath(portfolioId: string, productId: string, account: string): string;
}

/** Identifiers of the real form that a run with the same seed repeats. */
export const createIds = (seed: string): Ids => {
  let made = 0;
  return {
    next: (kind) => `${kind}-${thirteen(`${seed}/${kind}/${made++}`)}`,
    launchPath: (...parts) => `lpv3-${thirteen([seed, ...parts].join('/'))}`,
  };
};
