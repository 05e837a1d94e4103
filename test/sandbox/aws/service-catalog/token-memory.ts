import { createHash } from 'node:crypto';
import type { Home } from './catalog';
import { invalidParameters } from './refusals';

/** What a provision or terminate token stood for. How long the real service knows that is undocumented. */
export interface TokenMemory {
  /**
   * The record that an earlier request with this token made, while it is remembered.
   * @throws AwsError `InvalidParametersException` when that request asked for something else
   */
  recall(home: Home, token: string, request: object): string | undefined;
  remember(home: Home, token: string, request: object, recordId: string): void;
}

/** @param span milliseconds of simulated time until a token is forgotten */
export const createTokenMemory = (now: () => Date, span: number): TokenMemory => {
  const remembered = new Map<string, { digest: string; recordId: string; at: number }>();
  return {
    recall: (home, token, request) => {
      const earlier = remembered.get(keyOf(home, token));
      if (!earlier || now().getTime() - earlier.at >= span) return undefined;
      if (earlier.digest !== digestOf(request))
        throw invalidParameters(
          `Token ${token} was used before with other parameters. Repeat the same request, or use another token.`,
        );
      return earlier.recordId;
    },
    remember: (home, token, request, recordId) =>
      void remembered.set(keyOf(home, token), {
        digest: digestOf(request),
        recordId,
        at: now().getTime(),
      }),
  };
};

const keyOf = ({ account, region }: Home, token: string): string => `${account}/${region}/${token}`;

const digestOf = (request: object): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');
