import { type Gate, type GateDecision, gateDigestOf } from '../../../../aws-bridge/contract/gate';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { aGate } from '../../../builders/gate';
import { aRequest, NOW } from './a-request';

const gate = aGate();

/** A request about a stack that waits for its approval. */
export const aRequestOf = (about: Gate, overrides: Partial<RequestRecord> = {}): RequestRecord =>
  aRequest({
    operationId: about.gateId,
    fixed: {
      kind: 'gate',
      gate: about,
      digest: gateDigestOf(about),
      at: NOW.toISOString(),
      reporter: 'ann',
      approvedBlind: [],
    },
    ...overrides,
  });

export const aGateRequest = (overrides: Partial<RequestRecord> = {}): RequestRecord =>
  aRequestOf(gate, overrides);

export const aGateDecision = (overrides: Partial<GateDecision> = {}): GateDecision => ({
  gateId: gate.gateId,
  site: gate.site,
  requestKey: 'IT-42',
  digest: gateDigestOf(gate),
  decision: 'approved',
  approvers: ['bob'],
  decidedAt: NOW.toISOString(),
  reason: null,
  ...overrides,
});
