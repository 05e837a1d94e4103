import { printable, sentence } from '../order/printable';

/*
 * What people read about decisions, and about the way of an approved order to the bridge. Who raised a request can
 * ask and raise another one; moving a request is for agents. So each is told what they can do.
 */

const paragraphs = (...parts: readonly string[]): string => parts.join('\n\n');

export const declinedComment = (): string =>
  paragraphs(
    'This request was declined. Nothing was launched in AWS.',
    'If you still need it, speak with the approver, then raise a new request.',
  );

export const blockedComment = (reason: string): string => paragraphs(reason, 'Nothing was launched in AWS.');

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
export const CLOSED_BEFORE_LAUNCH: Obstacle = {
  by: 'closed',
  reason:
    'This request was approved, but it was closed before the launch began. Raise a new request if it is still needed.',
};
export const ORDER_CHANGED: Obstacle = {
  by: 'order changed',
  reason:
    'The order was changed after it was checked, so what was approved is not what the request now holds. Raise a new request with the order that you want.',
};
export const MOVED_TO_ANOTHER_PROJECT: Obstacle = {
  by: 'moved',
  reason:
    'This request was moved to another project, whose approvals and accounts are not those that its order was checked against. Raise a new request where you need it.',
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
/** @param problem a sentence */
export const approvalVoid = (problem: string): Obstacle => ({
  by: `void: ${problem}`,
  reason: `${problem} Somebody else who is entitled has to decide; the agents were told.`,
  agents: `${problem} Move the request back to the status where it waits for its approval, so that somebody entitled can decide.`,
});
/** Approved, and neither closed nor where launches are made from. */
export const standsElsewhere = (status: string, approved: string): Obstacle => ({
  by: `status: ${status}`,
  reason: null,
  agents: `This request was approved, but it stands in "${printable(status)}"; what is to be launched stands in "${printable(approved)}". Move it there, or close it. Nothing was launched in AWS.`,
});
/** The obstacle that is none of the request's own: nothing can be judged without settings. */
export const BY_SETTINGS = 'settings';
/** @param problem sentences */
export const settingsUnusable = (problem: string): Obstacle => ({
  by: BY_SETTINGS,
  reason: null,
  agents: `This request was approved, but nothing is launched while the project’s settings cannot be used. ${problem} Once they are put right, it goes on by itself within hours; to have it go on at once, move it out of its status and back.`,
});

/** @param problem a clause, without its full stop */
export const orderNotShownComment = (problem: string): string =>
  paragraphs(
    `The order of this request could not be shown to its approver: ${sentence(printable(problem))}`,
    'So it cannot be launched, whatever is decided. Ask the reporter to raise a new request with shorter or plainer values, and close this one.',
  );

export const deliveryTroubleComment = (problem: string, attempts: number): string =>
  paragraphs(
    `The approved order has not reached the bridge in AWS after ${attempts} attempts: ${sentence(printable(problem))}`,
    'It is tried again for 24 hours after its approval. Check the connection to the bridge: its address, the webhook secret on both sides, and the health of its ingress function.',
  );

export const undeliverableComment = (problem: string): string =>
  paragraphs(
    `The approved order could not be handed to the bridge in AWS: ${sentence(printable(problem))}`,
    'Nothing is tried any more. Put the cause right, then move the request out of the approved status and back into it: the same order is then sent again, provided that its approval still stands.',
  );

/** For the reporter, once, when the hand-over takes long or has been given up. */
export const delayedComment = (): string =>
  paragraphs(
    'Your approved order has not reached AWS yet, because of a technical problem. The agents were told.',
    'You need not do anything: do not raise it again, or it may be launched twice.',
  );

/** For the reporter, when an order is no longer to be launched that may have reached AWS. */
export const recalledComment = (): string =>
  paragraphs(
    'This request no longer stands as it was approved, so its order is not sent to AWS any more.',
    'Whether AWS has taken it already is being found out; you will be told here.',
  );

export const takenBackComment = (): string => 'The order had not reached AWS: nothing was launched.';

export const resumedComment = (): string =>
  'This request stands as it was approved again: its order is sent to AWS.';

export const tooLateComment = (): string =>
  paragraphs(
    'AWS had taken this order before it was called off, so its launch goes on.',
    'If it is not wanted any more, ask here for what was launched to be terminated.',
  );

export const tooLateDetail = (): string =>
  'The order was declined, withdrawn or changed after the bridge had taken it. If what it launches is not wanted, terminate the provisioned product in Service Catalog once the launch has ended.';

export const recallTroubleComment = (problem: string, attempts: number): string =>
  paragraphs(
    `The order of this request no longer stands, but the bridge in AWS could not be asked whether it has taken it, in ${attempts} attempts: ${sentence(printable(problem))}`,
    'It is asked again for 24 hours. Check the connection to the bridge: its address, the webhook secret on both sides, and the health of its ingress function.',
  );

export const recallUnknownComment = (problem: string): string =>
  paragraphs(
    `The order of this request no longer stands, but it is not known whether AWS has taken it: ${sentence(printable(problem))}`,
    'Look for a provisioned product with this operation’s suffix in Service Catalog, and terminate it unless it is wanted. Then tell the reporter.',
  );

/** In place of a comment that Jira does not take as it is. */
export const shortComment = (): string =>
  'There is news of this request that cannot be shown here. Agents find its state in the request’s property "gatehouse", and the reason in the log of the app; they will tell you.';
