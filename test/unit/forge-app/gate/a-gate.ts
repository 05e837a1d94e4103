import { Gate } from '../../../../aws-bridge/contract/gate';
import type { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { SITE_ID } from '../../../sandbox/site';

export const GATE_ID = `gate-${'0123456789'.repeat(4)}`;
export const ACCOUNT = '100000000003';
const HOUR = 3_600_000;

/** A stack that waits for twelve hours from `openedAt` on. */
export const aGate = (openedAt: Date, overrides: Partial<Gate> = {}): Gate =>
  Gate.parse({
    gateId: GATE_ID,
    site: SITE_ID,
    action: 'create',
    product: 'Word press',
    stackId: `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/SC-${ACCOUNT}-pp-abcdefghijklm/5d9f3f0e-0000-4000-8000-000000000001`,
    account: ACCOUNT,
    region: 'eu-west-1',
    requesterEmail: 'Employee@Example.com',
    parameters: { InstanceType: 't3.micro' },
    openedAt: openedAt.toISOString(),
    deadline: new Date(openedAt.getTime() + 12 * HOUR).toISOString(),
    ...overrides,
  });

export const aGateProgress = (overrides: Partial<OperationProgress> = {}): OperationProgress => ({
  operationId: GATE_ID,
  site: SITE_ID,
  sequence: 1,
  state: 'expired',
  at: '2026-01-15T21:00:00.000Z',
  outputs: [],
  errors: [],
  ...overrides,
});
