import { type SigningKey, signingKey } from '../../../../aws-bridge/contract/signature';
import { createSigningKeys, deploymentDefault, type StoredSecrets } from '../../../../forge-app/secrets';

const secret = (seed: number): string => `whsec_${Buffer.alloc(32, seed).toString('base64')}`;
const is = (key: SigningKey | undefined, seed: number): boolean =>
  key?.equals(signingKey(secret(seed))) === true;

/** Keys over a storage whose state can be changed, on a clock that is driven. */
const keysWith = (env: Record<string, string>, kept: StoredSecrets = {}) => {
  const state = { kept, fails: false, reads: 0, now: 0 };
  const keys = createSigningKeys({
    env,
    stored: () => {
      state.reads += 1;
      return state.fails ? Promise.reject(new Error('storage is away')) : Promise.resolve(state.kept);
    },
    now: () => new Date(state.now),
  });
  return { keys, state };
};
const DEPLOYED = { GATEHOUSE_WEBHOOK_SECRET: secret(1), GATEHOUSE_CALLBACK_SECRETS: secret(2) };

test('what was deployed holds as long as nothing is stored', async () => {
  const { keys } = keysWith(DEPLOYED);
  expect(is(await keys.toBridge(), 1)).toBe(true);
  expect((await keys.fromBridge()).map((key) => is(key, 2))).toEqual([true]);
});

test('what is stored counts, whatever was deployed', async () => {
  const { keys } = keysWith(DEPLOYED, { current: secret(3) });
  expect(is(await keys.toBridge(), 3)).toBe(true);
  expect((await keys.fromBridge()).map((key) => is(key, 3))).toEqual([true]);
});

test('while secrets are exchanged the current one signs, and both verify; also beside one that was deployed', async () => {
  const exchanging = keysWith({}, { current: secret(3), next: secret(4) }).keys;
  expect(is(await exchanging.toBridge(), 3)).toBe(true);
  expect((await exchanging.fromBridge()).map((key) => is(key, 4))).toEqual([false, true]);
  const beside = keysWith(DEPLOYED, { next: secret(4) }).keys;
  expect((await beside.fromBridge()).map((key) => [is(key, 2), is(key, 4)])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test('the storage is asked once in half a minute, and at once after something was stored', async () => {
  const { keys, state } = keysWith({}, { current: secret(3) });
  await keys.toBridge();
  state.now = 29_000;
  await keys.toBridge();
  expect(state.reads).toBe(1);
  state.now = 30_000;
  await keys.toBridge();
  expect(state.reads).toBe(2);
  state.kept = { current: secret(5) };
  keys.forget();
  expect(is(await keys.toBridge(), 5)).toBe(true);
});

test('while the storage is away, what is known serves on; without that nothing is signed with another secret', async () => {
  const { keys, state } = keysWith(DEPLOYED, { current: secret(3) });
  await keys.toBridge();
  state.fails = true;
  state.now = 120_000;
  expect(is(await keys.toBridge(), 3)).toBe(true);
  await expect(keys.fromBridge()).rejects.toThrow('storage is away');
});

test.each([
  [{}, 'missing'],
  [{ GATEHOUSE_WEBHOOK_SECRET: 'hunter2' }, 'unusable'],
  [DEPLOYED, 'set'],
] as const)('what a deployment brings along is told without its value: %#', (env, expected) => {
  expect(deploymentDefault(env, 'to-bridge')).toBe(expected);
});
