import { createHash } from 'node:crypto';
import { Gate, gateDigestOf } from '../../../aws-bridge/contract/gate';
import { aGate, aStackId, GATE_ID } from '../../builders/gate';
import { SITE } from '../../builders/orders';

test.each<[string, object]>([
  ['a stack that Service Catalog did not make', { stackId: aStackId().replace('SC-', 'XX-') }],
  ['a stack of another partition', { stackId: aStackId().replace('arn:aws:', 'arn:aws-cn:') }],
  ['something before the stack', { stackId: `x${aStackId()}` }],
  ['something behind the stack', { stackId: `${aStackId()}/` }],
  ['a stack without a region', { stackId: aStackId({ region: '' }) }],
  ["a stack without its product's identifier", { stackId: aStackId({ product: 'pp-' }) }],
  ['a stack of half an identifier', { stackId: aStackId().slice(0, -1) }],
  ['a product without a name', { product: '' }],
  ['a product of 201 characters', { product: 'a'.repeat(201) }],
  ['no address of a requester', { requesterEmail: '@' }],
  ['an address of 321 characters', { requesterEmail: 'a'.repeat(321) }],
  ['a parameter without a name', { parameters: { '': 'a' } }],
  ['a parameter whose name begins with a hyphen', { parameters: { '-a': 'a' } }],
  ['a parameter whose name ends with a hyphen', { parameters: { 'a-': 'a' } }],
  ['a parameter of 4,097 characters', { parameters: { A: 'a'.repeat(4097) } }],
  ['no moment at which it opened', { openedAt: 'yesterday' }],
])('a gate with %s is refused', (_, overrides) => {
  expect(Gate.safeParse({ ...aGate(), ...overrides }).success).toBe(false);
});

test('a gate may be of any stack that Service Catalog made, and show any parameter', () => {
  const stackId = aStackId({ region: 'ap-southeast-2', product: 'pp-a' });
  const parameters = { ['A'.repeat(255)]: 'a'.repeat(4096) };
  expect(Gate.safeParse({ ...aGate(), stackId, parameters }).success).toBe(true);
});

test("a gate's digest is the SHA-256 of its canonical JSON, in hexadecimal", () => {
  const canonical =
    `{"account":"100000000003","action":"create","deadline":"2026-03-02T22:00:00.000Z","gateId":"${GATE_ID}",` +
    '"openedAt":"2026-03-02T10:00:00.000Z","parameters":{"Size":"small"},"product":"WordPress","region":"eu-west-1",' +
    `"requesterEmail":"ada@example.com","site":"${SITE}","stackId":"${aStackId()}"}`;
  expect(gateDigestOf(aGate())).toBe(createHash('sha256').update(canonical).digest('hex'));
});
