import type { GateId } from '../../contract/gate';
import { cut } from '../progress';
import type { Signal } from './gate-ports';

/** Characters of a reason that CloudFormation is given. */
const LONGEST_REASON = 500;

/** One line that every console shows: what an approver wrote may have line breaks, or characters that hide others. */
const printable = (text: string): string =>
  cut(
    text
      .toWellFormed()
      .replace(/[\p{C}\p{Z}]+/gu, ' ')
      .trim(),
    LONGEST_REASON,
  );

const signal = (
  gateId: GateId,
  status: Signal['status'],
  outcome: string,
  reason: string,
  data: string,
): Signal => ({ status, uniqueId: `${gateId}-${outcome}`, reason: printable(reason), data });

/** What the people who launched a product call the place where it was decided. */
const where = (requestKey: string | undefined): string => requestKey ?? 'Jira';

export const approvedSignal = (gateId: GateId, requestKey: string | undefined): Signal =>
  signal(gateId, 'SUCCESS', 'approved', `Approved in ${where(requestKey)}`, where(requestKey));

/** The approval that counts is that of the portal's launch. */
export const launchedSignal = (gateId: GateId): Signal =>
  signal(gateId, 'SUCCESS', 'launched', 'Launched by an approved request', 'Jira');

export const declinedSignal = (
  gateId: GateId,
  requestKey: string | undefined,
  reason: string | undefined,
): Signal =>
  signal(
    gateId,
    'FAILURE',
    'declined',
    `Declined in ${where(requestKey)}${reason === undefined ? '; the approver gave no reason' : `: ${reason}`}`,
    where(requestKey),
  );

export const expiredSignal = (gateId: GateId, requestKey: string | undefined): Signal =>
  signal(
    gateId,
    'FAILURE',
    'expired',
    requestKey === undefined
      ? 'Gatehouse could not ask for the approval in Jira in time'
      : `Nobody decided on ${requestKey} in time`,
    where(requestKey),
  );

/** @param why no approval can be had */
export const refusedSignal = (gateId: GateId, why: string): Signal =>
  signal(gateId, 'FAILURE', 'refused', why, 'Jira');
