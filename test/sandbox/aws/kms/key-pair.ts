import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Private keys as PEM, by what names a pair; for a sandbox that is to open once more what was sealed before. */
export interface KeptKeys {
  readonly read: (id: string) => string | undefined;
  readonly write: (id: string, pem: string) => void;
}

/**
 * The RSA key pair behind a key, the same each time.
 * @param arn of the key
 * @param modulusLength bits
 */
export type KeyPairOf = (arn: string, modulusLength: number) => Promise<KeyPair>;

const generate = promisify(generateKeyPair);

const fromPem = (pem: string): KeyPair => {
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

/** Key pairs, each made once somebody needs it. @param kept where they are taken from and kept, beyond this process */
export const createKeyPairs = (kept?: KeptKeys): KeyPairOf => {
  const made = new Map<string, Promise<KeyPair>>();
  const makeAndKeep = async (id: string, modulusLength: number): Promise<KeyPair> => {
    const before = kept?.read(id);
    if (before !== undefined) return fromPem(before);
    const pair = await generate('rsa', { modulusLength });
    kept?.write(id, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    return pair;
  };
  return (arn, modulusLength) => {
    const id = `${arn} ${modulusLength}`;
    const pair = made.get(id) ?? makeAndKeep(id, modulusLength);
    made.set(id, pair);
    return pair;
  };
};

/** Those of every sandbox that keeps none: it takes seconds to generate one, so a process does it once for a key's ARN. */
export const keyPairOfProcess = createKeyPairs();
