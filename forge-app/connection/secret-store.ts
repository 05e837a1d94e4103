import { kvs } from '@forge/kvs';
import type { Direction, StoredSecrets } from '../secrets';
import { KeptSecrets } from './rotation';

const keyOf = (direction: Direction): string => `connection:secret:${direction}`;

export interface SecretStore {
  readonly read: (direction: Direction) => Promise<KeptSecrets>;
  readonly write: (direction: Direction, kept: KeptSecrets) => Promise<void>;
}

/**
 * The installation's own secrets, in that part of Forge's storage that is encrypted and never listed.
 * @param spend is told of every request to the storage
 */
export const createSecretStore = (spend: () => void): SecretStore => ({
  read: async (direction) => {
    spend();
    return KeptSecrets.parse((await kvs.getSecret<unknown>(keyOf(direction))) ?? {});
  },
  write: async (direction, kept) => {
    spend();
    await kvs.setSecret(keyOf(direction), kept);
  },
});

export const storedSecrets =
  ({ read }: Pick<SecretStore, 'read'>) =>
  async (direction: Direction): Promise<StoredSecrets> => {
    const { current, next } = await read(direction);
    return { current: current?.secret, next: next?.secret };
  };
