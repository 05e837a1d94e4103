import { createHash } from 'node:crypto';
import { OperationApproved, OperationProgressed } from '../../aws-bridge/contract/messages';
import { anApprovedOperation } from '../builders/orders';
import { aProgress } from '../builders/progress';
import type { Genuine } from './message-cases';

/** A key of one direction; made up, and the same in every run. */
const key = (direction: string): Buffer => createHash('sha256').update(`battery ${direction}`).digest();

/** What the app sends the bridge once an order is approved. */
export const anApprovedMessage = (now: Date): Genuine => {
  const data = anApprovedOperation();
  const message = OperationApproved.parse({ type: 'operation.approved', timestamp: now.toISOString(), data });
  return {
    id: data.operationId,
    body: Buffer.from(JSON.stringify(message)),
    now,
    key: key('to the bridge'),
    otherKey: key('to the app'),
    parses: true,
  };
};

/** What the bridge tells the app of an operation. */
export const aMessage = (now: Date): Genuine => {
  const data = aProgress();
  const message = OperationProgressed.parse({
    type: 'operation.progressed',
    timestamp: now.toISOString(),
    data,
  });
  return {
    id: `${data.operationId}_${data.sequence}`,
    body: Buffer.from(JSON.stringify(message)),
    now,
    key: key('to the app'),
    otherKey: key('to the bridge'),
    parses: true,
  };
};
