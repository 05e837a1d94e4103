import { printable } from '../order/printable';
import { joined } from './comment-text';
import type { Kind } from './record';

/*
 * What people read about decisions that cannot be acted on. Who raised a request can
 * ask and raise another one; moving a request is for agents. So each is told what they can do.
 */

export const declinedComment = (): string =>
  joined(
    'This request was declined. Nothing was launched in AWS.',
    'If you still need it, speak with the approver, then raise a new request.',
  );

/** Why nothing is launched although the request was moved on, and what to do. */
export interface Obstacle {
  /** The same for what is the same obstacle. */
  readonly by: string;
  /** For the reporter, in sentences; null where there is nothing that the reporter could do. */
  readonly reason: string | null;
  /** For the agents, in sentences. */
  readonly agents?: string;
}

export const MOVED_WITHOUT_APPROVAL: Obstacle = {
  by: 'no approval',
  reason:
    'This request was moved on without an approval. An approver has to decide first; the agents were told.',
  agents:
    'Move the request back to the status where it waits for its approval, so that an approver can decide.',
};
export const CLOSED: Readonly<Record<Kind, Obstacle>> = {
  launch: {
    by: 'closed',
    reason:
      'This request was approved, but it was closed before the launch began. Raise a new request if it is still needed.',
  },
  gate: {
    by: 'closed',
    reason: 'This request was approved, but it was closed before AWS was told.',
    agents:
      'If the approval is to count, move the request back to the approved status before the stack gives up.',
  },
};
export const ORDER_CHANGED: Obstacle = {
  by: 'order changed',
  reason:
    'The order was changed after it was checked, so what was approved is not what the request now holds. Raise a new request with the order that you want.',
};
/** What an approver has read has to be what is sent. */
export const SHOWN_OTHERWISE: Readonly<Record<Kind, Obstacle>> = {
  launch: {
    by: 'shown otherwise',
    reason:
      'The comment that showed the approver this order does not stand any more as it was written, so it cannot be told what was approved. Raise a new request with the order that you want.',
    agents:
      'Somebody has edited, hidden or deleted the comment of Gatehouse with this order, or changed what Gatehouse keeps of it. Find out who and why: the issue’s history and the audit log tell. This request cannot be launched any more.',
  },
  gate: {
    by: 'shown otherwise',
    reason:
      'The comment that showed the approver this stack does not stand any more as it was written, so it cannot be told what was approved. Launch the product again, and have that approved.',
    agents:
      'Somebody has edited, hidden or deleted the comment of Gatehouse that says what is decided about, or changed what Gatehouse keeps of it. Find out who and why: the issue’s history and the audit log tell. The stack gives up when its time is over; declining this request undoes it at once.',
  },
};
export const MOVED_TO_ANOTHER_PROJECT: Readonly<Record<Kind, Obstacle>> = {
  launch: {
    by: 'moved',
    reason:
      'This request was moved to another project, whose approvals and accounts are not those that its order was checked against. Raise a new request where you need it.',
  },
  gate: {
    by: 'moved',
    reason:
      'This request was moved to another project, whose approvers are not those who are asked for this account. What is decided there does not count.',
    agents: 'Move the request back to the project in which it was raised, so that an approver can decide.',
  },
};
export const NOT_OFFERED: Obstacle = {
  by: 'not offered',
  reason:
    'The product of this request is no longer offered with this type of request. Choose another product in a new request, or ask here.',
  agents:
    'The project’s settings no longer list this product for this type of request. List it again, and the order goes on by itself; otherwise close the request.',
};
export const ACCOUNT_NOT_ALLOWED: Obstacle = {
  by: 'account',
  reason:
    'The account or region of this request is no longer one that its reporter may use. Raise a new request for another one, or ask here.',
  agents:
    'The project’s settings no longer give the reporter’s organizations this account and region. Give it again, and the order goes on by itself; otherwise close the request.',
};
export const GATE_NOT_TAKEN: Obstacle = {
  by: 'gates',
  reason: 'Approvals for the account or region of this stack are no longer taken in this project.',
  agents:
    'The project’s settings no longer take approvals for this account and region. Put the section "gates", the account and the region back, and the decision counts by itself; otherwise let the stack give up.',
};
/** @param problem a sentence */
export const approvalVoid = (problem: string): Obstacle => ({
  by: `void: ${problem}`,
  reason: `${problem} Somebody else who is entitled has to decide; the agents were told.`,
  agents: `${problem} Move the request back to the status where it waits for its approval, so that somebody entitled can decide.`,
});
const NOTHING_DONE: Readonly<Record<Kind, string>> = {
  launch: 'Nothing was launched in AWS.',
  gate: 'Nothing was signalled to AWS.',
};
/** Approved, and neither closed nor where launches are made from. */
export const standsElsewhere = (status: string, approved: string, kind: Kind): Obstacle => ({
  by: `status: ${status}`,
  reason: null,
  agents: `This request was approved, but it stands in "${printable(status)}"; what AWS is told of stands in "${printable(approved)}". Move it there, or close it. ${NOTHING_DONE[kind]}`,
});
/** The obstacle that is none of the request's own: nothing can be judged without settings. */
export const BY_SETTINGS = 'settings';
/** @param problem sentences */
export const settingsUnusable = (problem: string): Obstacle => ({
  by: BY_SETTINGS,
  reason: null,
  agents: `This request was approved, but nothing is done in AWS while the project’s settings cannot be used. ${problem} Once they are put right, it goes on by itself within hours; to have it go on at once, move it out of its status and back.`,
});

/** In place of a comment that Jira does not take as it is. */
export const shortComment = (): string =>
  'There is news of this request that cannot be shown here. Agents find its state in the request’s property "gatehouse", and the reason in the log of the app; they will tell you.';
