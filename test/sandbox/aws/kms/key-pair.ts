import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);
const made = new Map<string, Promise<KeyPair>>();

/**
 * The RSA key pair behind a key. It takes seconds to generate one, so a process makes one for a key's ARN once somebody
 * needs it, and every sandbox in that process has the same.
 * @param modulusLength bits
 */
export const keyPairOf = (arn: string, modulusLength: number): Promise<KeyPair> => {
  const id = `${arn} ${modulusLength}`;
  const pair = made.get(id) ?? generate('rsa', { modulusLength });
  made.set(id, pair);
  return pair;
};
