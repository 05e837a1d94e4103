import { kvs } from '@forge/kvs';
import { type SigningKey, signingKey } from '../../aws-bridge/contract/signature';
import type { SecretStore } from './secret-store';
import { BegunTest, TestArrival, type TestVerdict, verdictOn, type WhichKey } from './test-verdict';
import type { Tried, TryBridge } from './try-bridge';

const BEGUN_KEY = 'connection:test';
/** Apart, because the callback may come in while the test is still written down. */
const ARRIVED_KEY = 'connection:test-arrived';

export interface ConnectionTests {
  /** Begins a test; another one that is under way is forgotten. */
  readonly begin: (siteId: string, signedWith: WhichKey) => Promise<TestVerdict>;
  /** What the newest test has shown by now; undefined where there was none. */
  readonly outcome: (siteId: string) => Promise<TestVerdict | undefined>;
  /** The newest callback that came in, whenever that was. */
  readonly arrival: () => Promise<TestArrival | undefined>;
  /**
   * Takes in the callback of a test.
   * @param isSignedWith whether the message was signed with a key
   * @returns whether it is that of the newest test
   */
  readonly take: (testId: string, isSignedWith: (key: SigningKey) => boolean) => Promise<boolean>;
}

export const createConnectionTests = (ports: {
  readonly tryBridge: TryBridge;
  readonly secrets: Pick<SecretStore, 'read'>;
  /** The key that signs for the bridge now; throws where there is none. */
  readonly currentKey: () => Promise<SigningKey>;
  readonly newTestId: () => string;
  readonly now: () => Date;
  /** Is told of every request to the storage. */
  readonly spend: () => void;
}): ConnectionTests => {
  const kept = (key: string): Promise<unknown> => {
    ports.spend();
    return kvs.get<unknown>(key);
  };
  const keep = (key: string, value: BegunTest | TestArrival): Promise<void> => {
    ports.spend();
    return kvs.set(key, value);
  };
  const keyOf = async (which: WhichKey): Promise<SigningKey | undefined> => {
    const next = which === 'next' ? (await ports.secrets.read('to-bridge')).next : undefined;
    if (next) return signingKey(next.secret);
    return ports.currentKey().catch(() => undefined);
  };

  const tried = async (siteId: string, { testId, signedWith }: BegunTest): Promise<Tried> => {
    const key = await keyOf(signedWith);
    return key
      ? ports.tryBridge({ site: siteId, testId }, key)
      : { state: 'closed', why: 'no-key', status: null };
  };

  const arrivalOf = async (): Promise<TestArrival | undefined> =>
    TestArrival.safeParse(await kept(ARRIVED_KEY)).data;

  const begunTest = async (): Promise<BegunTest | undefined> =>
    BegunTest.safeParse(await kept(BEGUN_KEY)).data;

  return {
    arrival: arrivalOf,

    begin: async (siteId, signedWith) => {
      const test: BegunTest = { testId: ports.newTestId(), begunAt: ports.now().toISOString(), signedWith };
      await keep(BEGUN_KEY, test);
      const answered = await tried(siteId, test);
      return verdictOn(test, answered, await arrivalOf(), ports.now());
    },

    outcome: async (siteId) => {
      const test = await begunTest();
      if (!test) return undefined;
      const arrival = await arrivalOf();
      const told: Tried =
        arrival?.testId === test.testId
          ? { state: 'open', wayBack: { state: 'taken' } }
          : await tried(siteId, test);
      // The callback may have come in while the bridge was asked.
      return verdictOn(
        test,
        told,
        arrival?.testId === test.testId ? arrival : await arrivalOf(),
        ports.now(),
      );
    },

    take: async (testId, isSignedWith) => {
      const test = await begunTest();
      if (test?.testId !== testId) return false;
      const { next } = await ports.secrets.read('from-bridge');
      const verifiedWith = next && isSignedWith(signingKey(next.secret)) ? 'next' : 'current';
      const arrival: TestArrival = {
        testId: test.testId,
        arrivedAt: ports.now().toISOString(),
        verifiedWith,
      };
      await keep(ARRIVED_KEY, arrival);
      return true;
    },
  };
};
