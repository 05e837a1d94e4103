import { createHash } from 'node:crypto';
import type { Home } from './catalog';
import type { ProvisionRecord } from './provisioned-products';
import { invalidParameters } from './refusals';

/** What a provision, update or terminate token stood for. How long the real service knows that is undocumented. */
export interface TokenMemory {
  /**
   * The record of an earlier request with this token, while it is remembered; else the one that `begin` makes.
   * @throws AwsError `InvalidParametersException` when the earlier request asked for something else
   */
  once(home: Home, token: string, request: object, begin: () => ProvisionRecord): ProvisionRecord;
}

/** @param span milliseconds of simulated time until a token is forgotten */
export const createTokenMemory = (now: () => Date, span: number): TokenMemory => {
  const remembered = new Map<string, { digest: string; record: ProvisionRecord; at: number }>();
  return {
    once: (home, token, request, begin) => {
      const key = keyOf(home, token);
      const digest = digestOf(request);
      const earlier = remembered.get(key);
      if (earlier && now().getTime() - earlier.at < span) {
        if (earlier.digest === digest) return earlier.record;
        throw invalidParameters(
          `Token ${token} was used before with other parameters. Repeat the same request, or use another token.`,
        );
      }
      const record = begin();
      remembered.set(key, { digest, record, at: now().getTime() });
      return record;
    },
  };
};

const keyOf = ({ account, region }: Home, token: string): string => `${account}/${region}/${token}`;

/** The language of messages is no part of what is asked for. */
const digestOf = (request: object): string =>
  createHash('sha256')
    .update(JSON.stringify({ ...request, AcceptLanguage: undefined }))
    .digest('hex');
