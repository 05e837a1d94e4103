import * as z from 'zod/mini';
import { Choices, type ChoosableType } from '../../aws-bridge/contract/choices';

/** What is asked of one tenant account. */
export interface ChoicesQuestion {
  readonly account: string;
  readonly region: string;
  readonly types: readonly ChoosableType[];
}

/** What an account had of one type, and when it said so. */
export const KeptChoices = z.strictObject({ at: z.iso.datetime(), choices: Choices });
export type KeptChoices = z.infer<typeof KeptChoices>;

/** Where answers are kept for a while. What cannot be read any more is as if it had never been kept. */
export interface ChoicesStore {
  readonly get: (account: string, region: string, type: ChoosableType) => Promise<KeptChoices | undefined>;
  readonly set: (account: string, region: string, kept: KeptChoices, minutes: number) => Promise<void>;
}

/** Minutes for which an answer is believed: short enough that whoever makes a network finds it soon. */
const LISTED = 5;
/** Minutes for which a refusal is believed: whoever has put it right wants to see it. */
const REFUSED = 1;

const lifetimeOf = ({ outcome }: Choices): number => (outcome === 'listed' ? LISTED : REFUSED);

/**
 * Asks the bridge what an account has, for those types only that it was not asked for lately, and all of them at once; so a
 * form that many people fill in does not ask AWS for each of them.
 * @param ports.ask throws where the bridge does not answer; then nothing is told
 */
export const createKnownChoices =
  (ports: {
    readonly ask: (siteId: string, question: ChoicesQuestion) => Promise<readonly Choices[]>;
    readonly store: ChoicesStore;
    readonly now: () => Date;
    /** Takes what cannot be told on the page. */
    readonly report: (problem: string) => void;
  }) =>
  async (siteId: string, { account, region, types }: ChoicesQuestion): Promise<readonly Choices[]> => {
    const now = ports.now();
    const kept = await Promise.all(types.map((type) => ports.store.get(account, region, type)));
    const known = new Map(
      // The platform may take its time to delete what is over.
      kept.flatMap((found) =>
        found !== undefined && isFresh(found, now) ? [[found.choices.type, found.choices] as const] : [],
      ),
    );
    const missing = types.filter((type) => !known.has(type));
    const told = missing.length === 0 ? [] : await ports.ask(siteId, { account, region, types: missing });
    const stored = await Promise.allSettled(
      told.map((choices) =>
        ports.store.set(account, region, { at: now.toISOString(), choices }, lifetimeOf(choices)),
      ),
    );
    for (const result of stored) {
      if (result.status === 'rejected')
        ports.report(`What ${account} has to choose from could not be kept: ${String(result.reason)}`);
    }
    const all = new Map([...known, ...told.map((choices) => [choices.type, choices] as const)]);
    return types.flatMap((type) => all.get(type) ?? []);
  };

const isFresh = ({ at, choices }: KeptChoices, now: Date): boolean => {
  const age = now.getTime() - Date.parse(at);
  return age >= 0 && age < lifetimeOf(choices) * 60_000;
};
