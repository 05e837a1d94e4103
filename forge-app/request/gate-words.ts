import type { Gate } from '../../aws-bridge/contract/gate';
import { printable, sentence } from '../order/printable';
import { joined } from './comment-text';
import type { Words } from './words';

const WHERE_TO_LOOK = 'Look at the stack in CloudFormation, in the account that this request names.';

/** What the reporter, the approvers and the agents of a stack read that waits for its approval. */
export const GATE_WORDS: Words = {
  headlines: {
    provisioning: 'The stack was approved, and AWS goes on with it.',
    'rolling-back': 'AWS is undoing the stack.',
    succeeded: 'The stack is complete.',
    tainted: 'AWS reported an error, but the stack is there and can be used.',
    failed: 'The stack was approved but failed, and AWS has undone it.',
    refused: 'AWS did not go on with the stack.',
    lost: 'What became of the stack could not be found out. It may be there.',
    declined: 'The stack was declined, and AWS has undone it.',
    expired: 'Nobody decided in time, so AWS has undone the stack.',
    withdrawn: 'The stack does not wait for an approval any more, so nothing was signalled to it.',
  },
  whatToDo: {
    tainted: 'Check it before you rely on it. The agents of this service desk were told.',
    failed: 'Put right what is named above and launch it again, or ask here: the agents were told.',
    refused: 'Put right what is named above and launch it again, or ask here: the agents were told.',
    declined: 'If it is still needed, speak with the approver, then launch it again.',
    expired: 'If it is still needed, launch it again and let the approvers know.',
    lost: 'An agent looks at it and answers here.',
  },
  blocked: (reason) => joined(reason, 'Nothing was signalled to AWS: the stack goes on waiting.'),
  notShown: (problem) =>
    joined(
      `What there is to decide about could not be shown on this request: ${sentence(printable(problem))}`,
      'So it cannot be approved; it can be declined. The product should show fewer parameters, or shorter ones.',
    ),
  deliveryTrouble: (problem, attempts) =>
    joined(
      `The decision has not reached the bridge in AWS after ${attempts} attempts: ${sentence(printable(problem))}`,
      'It is tried again until the stack gives up. Check the connection to the bridge: its address, the webhook secret on both sides, and the health of its ingress function.',
    ),
  undeliverable: (problem) =>
    joined(
      `The decision could not be handed to the bridge in AWS: ${sentence(printable(problem))}`,
      'Nothing is tried any more, and the stack goes on waiting until its time is up. If the cause can be put right before that, do so, then press "Send again" on this request, or move it out of its status and back into it: the same decision is then sent again, provided that it still stands.',
    ),
  delayed:
    'The decision has not reached AWS yet, because of a technical problem. The agents were told. You need not do anything.',
  recalled: joined(
    'This request no longer stands as it was decided, so the decision is not sent to AWS any more.',
    'If it had reached AWS before, it counts there; you will be told here.',
  ),
  takenBack:
    'The earlier decision is not sent to AWS any more. If it had arrived before it was called off, it counts, and what AWS makes of it is told here.',
  resumed: 'This request stands as it was decided again: the decision is sent to AWS.',
  takenAllTheSame: 'AWS had taken the decision before it was called off, so it counts.',
  takenAllTheSameDetail:
    'The decision was taken back after the bridge had taken it. If what AWS makes of the stack is not wanted, terminate the provisioned product in Service Catalog once it has ended.',
  recallTrouble: (problem, attempts) =>
    joined(
      `The decision on this request no longer stands, but the bridge in AWS could not be asked about it, in ${attempts} attempts: ${sentence(printable(problem))}`,
      'It is asked again for 24 hours. Check the connection to the bridge: its address, the webhook secret on both sides, and the health of its ingress function.',
    ),
  recallUnknown: (problem) =>
    joined(
      `The decision on this request no longer stands, but it is not known whether AWS has taken it: ${sentence(printable(problem))}`,
      `${WHERE_TO_LOOK} Then tell the reporter.`,
    ),
  broken: () =>
    joined(
      'The bridge does not follow this stack any more, so nothing more will be told about it.',
      `${WHERE_TO_LOOK} Then tell the reporter, and close this request.`,
    ),
};

/** For those who decided when there was nothing left to decide about. */
export const lateComment = (approvers: readonly string[]): string =>
  `${mentions(approvers)} This decision came too late: the stack does not wait for it any more. Nothing was signalled to AWS.`;

/** Mentions people, so that Jira tells them. */
export const mentions = (accountIds: readonly string[]): string =>
  accountIds.map((accountId) => `[~accountid:${accountId}]`).join(' ');

/** Asks those who have still to decide. */
export const reminderComment = (gate: Gate, asked: readonly string[], now: Date): string =>
  joined(
    `${mentions(asked)} A stack still waits for your decision.`,
    `${timeLeft(gate, now)} If nobody decides by then, AWS undoes it.`,
  );

/** For the agents, where the approval step asks nobody. */
export const nobodyAskedComment = (gate: Gate, now: Date): string =>
  joined(
    'The stack still waits, but this request asks nobody for a decision.',
    `${timeLeft(gate, now)} Move the request to the status where it waits for its approval, and see that it names approvers. If nobody decides by then, AWS undoes the stack.`,
  );

/** A moment as people read it, such as `2026-01-15 09:00 UTC`. */
export const moment = (timestamp: string): string =>
  `${new Date(timestamp).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const timeLeft = ({ deadline }: Gate, now: Date): string => {
  const minutes = Math.max(0, Math.round((Date.parse(deadline) - now.getTime()) / 60_000));
  const span = minutes < 90 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour');
  return `There is time until ${moment(deadline)}: about ${span}.`;
};

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
