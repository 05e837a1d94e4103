import type * as z from 'zod/mini';
import { Version } from '../../../aws-bridge/contract/catalog';
import { Choices, ChoosableType } from '../../../aws-bridge/contract/choices';
import { WayBack } from '../../../aws-bridge/contract/connection';
import { Gate, GateDecision } from '../../../aws-bridge/contract/gate';
import { ApprovedOperation, OperationsAnswer } from '../../../aws-bridge/contract/messages';
import { OperationProgress } from '../../../aws-bridge/contract/progress';
import { aVersion } from '../../builders/catalog';
import { aGate, GATE_ID } from '../../builders/gate';
import { anApprovedOperation, APPROVER, SITE } from '../../builders/orders';
import { aProgress } from '../../builders/progress';

const operationId = 'launch-10042-0123456789abcdef';
const aDecision = {
  ...{ gateId: GATE_ID, site: SITE, requestKey: 'IT-42', digest: '0a'.repeat(32), reason: null },
  ...{ approvers: [APPROVER], decidedAt: '2026-01-15T09:31:00.000Z' },
};

/* The two sides are updated apart: a word that one of them has always said must not become another one. */
test.each<[string, z.ZodMiniType, (word: unknown) => unknown, readonly (string | boolean)[]]>([
  ['kinds of operations', ApprovedOperation, (kind) => ({ ...anApprovedOperation(), kind }), ['launch']],
  [
    'states of operations',
    OperationProgress,
    (state) => ({ ...aProgress(), state }),
    [
      ...['provisioning', 'rolling-back', 'succeeded', 'tainted', 'failed', 'refused', 'lost'],
      ...['declined', 'expired', 'withdrawn'],
    ],
  ],
  [
    'executions without progress',
    OperationsAnswer,
    (execution) => ({ operations: [{ operationId, execution }] }),
    ['unknown', 'running', 'broken'],
  ],
  ['actions of gated stacks', Gate, (action) => ({ ...aGate(), action }), ['create', 'update']],
  ['decisions', GateDecision, (decision) => ({ ...aDecision, decision }), ['approved', 'declined']],
  ["versions' guidance", Version, (guidance) => ({ ...aVersion(), guidance }), ['DEFAULT', 'DEPRECATED']],
  [
    'types that can be chosen from',
    ChoosableType,
    (type) => type,
    [
      ...['AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::KeyPair::KeyName', 'AWS::EC2::SecurityGroup::Id'],
      ...['AWS::EC2::Subnet::Id', 'AWS::EC2::VPC::Id'],
    ],
  ],
  [
    'reasons why nothing can be chosen',
    Choices,
    (reason) => ({ outcome: 'refused', type: 'AWS::EC2::VPC::Id', reason }),
    ['no-role', 'denied', 'region-disabled'],
  ],
  ['ways back so far', WayBack, (state) => ({ state }), ['under-way', 'taken']],
  [
    'ways back that failed',
    WayBack,
    (why) => ({ state: 'failed', why, status: null }),
    ['no-key', 'unreachable', 'refused', 'not-understood', 'broken'],
  ],
])('the words for %s are those that the other side knows, and no others', (_, schema, containing, words) => {
  expect(words.filter((word) => !schema.safeParse(containing(word)).success)).toStrictEqual([]);
  const others = ['', 'other', null, ...words.map((word) => `${word}s`)];
  expect(others.filter((word) => schema.safeParse(containing(word)).success)).toStrictEqual([]);
});
