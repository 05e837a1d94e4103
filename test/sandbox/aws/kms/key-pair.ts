import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);
const made = new Map<string, Promise<KeyPair>>();

/** Private keys as PEM, by what `keyPairOf` calls them; for a sandbox that is to open once more what was sealed before. */
export interface KeptKeys {
  readonly read: (id: string) => string | undefined;
  readonly write: (id: string, pem: string) => void;
}
let kept: KeptKeys | undefined;

/** From here on, key pairs are taken from where they are kept, and kept there. */
export const keepKeyPairs = (keys: KeptKeys): void => {
  made.clear();
  kept = keys;
};

const fromPem = (pem: string): KeyPair => {
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
};

const makeAndKeep = async (id: string, modulusLength: number): Promise<KeyPair> => {
  const before = kept?.read(id);
  if (before !== undefined) return fromPem(before);
  const pair = await generate('rsa', { modulusLength });
  kept?.write(id, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return pair;
};

/**
 * The RSA key pair behind a key. It takes seconds to generate one, so a process makes one for a key's ARN once somebody
 * needs it, and every sandbox in that process has the same.
 * @param modulusLength bits
 */
export const keyPairOf = (arn: string, modulusLength: number): Promise<KeyPair> => {
  const id = `${arn} ${modulusLength}`;
  const pair = made.get(id) ?? makeAndKeep(id, modulusLength);
  made.set(id, pair);
  return pair;
};
