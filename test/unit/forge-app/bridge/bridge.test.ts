import { signingKey } from '../../../../aws-bridge/contract/signature';
import { BridgeUnavailable, createBridge, type InvokeBridge } from '../../../../forge-app/bridge/bridge';
import { createSigningKeys } from '../../../../forge-app/secrets';
import { anOperation, NOW, SITE } from '../request/a-request';

const key = signingKey(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const unreachable: InvokeBridge = () => Promise.reject(new TypeError('fetch failed'));

const aBridge = (invoke: InvokeBridge, keyOf = () => Promise.resolve(key)) =>
  createBridge({ invoke, key: keyOf, now: () => NOW, newMessageId: () => 'm1' });

test('a delivery that the network loses is an answer, and no error', async () => {
  expect(await aBridge(unreachable).deliver(anOperation())).toEqual({ status: null, message: 'TypeError' });
});

test.each([
  ['is not set', {}],
  ['is not a webhook secret', { GATEHOUSE_WEBHOOK_SECRET: 'hunter2' }],
])(
  'a secret that %s is told as a fault of the set-up with the command, and nothing is sent',
  async (problem, env) => {
    const invoke = jest.fn(unreachable);
    const bridge = aBridge(
      invoke,
      createSigningKeys({ env, stored: () => Promise.resolve({}), now: () => NOW }).toBridge,
    );
    const answer = await bridge.deliver(anOperation());
    expect(answer.status).toBe('not set up');
    expect(answer.message).toContain(`GATEHOUSE_WEBHOOK_SECRET ${problem}`);
    expect(answer.message).toContain('forge variables set --encrypt GATEHOUSE_WEBHOOK_SECRET');
    expect(answer.message).not.toContain('hunter2');
    await expect(bridge.statesOf(SITE, ['x'])).rejects.toMatchObject({ name: 'SecretNotSetUp' });
    expect(invoke).not.toHaveBeenCalled();
  },
);

test('a question that gets no answer, or another than was agreed, is a bridge that is not available', async () => {
  const answering =
    (status: number, text: string): InvokeBridge =>
    () =>
      Promise.resolve({ status, headers: { get: () => null }, text: () => Promise.resolve(text) });
  for (const invoke of [unreachable, answering(503, ''), answering(200, '{}'), answering(200, 'no JSON')]) {
    await expect(aBridge(invoke).statesOf(SITE, ['x'])).rejects.toBeInstanceOf(BridgeUnavailable);
  }
});
