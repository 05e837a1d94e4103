import { z } from 'zod';
import { Timestamp } from '../../aws-bridge/contract/identifiers';

const KeptSecret = z.strictObject({
  /** Names this one secret among all; it says nothing of its value. */
  id: z.string(),
  secret: z.string(),
  since: Timestamp,
});
export type KeptSecret = z.infer<typeof KeptSecret>;

/** A direction's secrets as the installation keeps them. */
export const KeptSecrets = z.strictObject({ current: KeptSecret.optional(), next: KeptSecret.optional() });
export type KeptSecrets = z.infer<typeof KeptSecrets>;

/**
 * A secret that comes in: at once where there was none, else beside the one that holds, until both sides know it.
 * @param deployed whether the deployment's default holds where nothing is stored
 * @returns undefined where another one is on its way in already
 */
export const broughtIn = (
  kept: KeptSecrets,
  fresh: KeptSecret,
  deployed: boolean,
): KeptSecrets | undefined => {
  if (kept.next) return undefined;
  return kept.current || deployed ? { ...kept, next: fresh } : { current: fresh };
};

/** The next secret takes over, and the one before is dropped. @returns undefined where it is not the next one */
export const switchedOver = ({ next }: KeptSecrets, id: string): KeptSecrets | undefined =>
  next?.id === id ? { current: next } : undefined;

/** The next secret is given up. @returns undefined where it is not the next one */
export const givenUp = ({ current, next }: KeptSecrets, id: string): KeptSecrets | undefined =>
  next?.id === id ? { ...(current && { current }) } : undefined;
