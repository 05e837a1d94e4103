import { printable, sentence } from '../order/printable';
import { joined, plain } from './comment-text';
import type { Words } from './words';

/** What the reporter and the agents of a launch read. */
export const LAUNCH_WORDS: Words = {
  headlines: {
    provisioning: 'AWS accepted the order and is creating the resources.',
    'rolling-back': 'A resource could not be created. AWS is undoing what was created so far.',
    succeeded: 'Your product is ready.',
    tainted: 'AWS reported an error, but your product was created and can be used.',
    failed: 'The launch failed, and AWS left nothing to use.',
    refused: 'AWS did not take the order. Nothing was created.',
    lost: 'AWS was asked to launch your product, but what became of it could not be found out. It may have been created.',
    declined: 'The launch was declined.',
    expired: 'Nobody decided about the launch in time.',
    withdrawn: 'The launch was withdrawn.',
  },
  whatToDo: {
    tainted: 'Check it before you rely on it. The agents of this service desk were told.',
    failed: 'Put right what is named above and raise a new request, or ask here: the agents were told.',
    refused: 'Put right what is named above and raise a new request, or ask here: the agents were told.',
    lost: 'An agent looks at it and answers here. Do not raise it again before that: it could be launched twice.',
  },
  blocked: (reason) => joined(reason, 'Nothing was launched in AWS.'),
  notShown: (problem) =>
    joined(
      `The order of this request could not be shown to its approver: ${sentence(printable(problem))}`,
      'So it cannot be launched, whatever is decided. Ask the reporter to raise a new request with shorter or plainer values, and close this one.',
    ),
  deliveryTrouble: (problem, attempts) =>
    joined(
      `The approved order has not reached the bridge in AWS after ${attempts} attempts: ${sentence(printable(problem))}`,
      'It is tried again for 24 hours after its approval. Check the connection to the bridge: its address, the webhook secret on both sides, and the health of its ingress function.',
    ),
  undeliverable: (problem) =>
    joined(
      `The approved order could not be handed to the bridge in AWS: ${sentence(printable(problem))}`,
      'Nothing is tried any more. Put the cause right, then press "Send again" on this request, or move it out of the approved status and back into it: the same order is then sent again, provided that its approval still stands.',
    ),
  delayed: joined(
    'Your approved order has not reached AWS yet, because of a technical problem. The agents were told.',
    'You need not do anything: do not raise it again, or it may be launched twice.',
  ),
  recalled: joined(
    'This request no longer stands as it was approved, so its order is not sent to AWS any more.',
    'Whether AWS has taken it already is being found out; you will be told here.',
  ),
  takenBack: 'The order had not reached AWS: nothing was launched.',
  resumed: 'This request stands as it was approved again: its order is sent to AWS.',
  takenAllTheSame: joined(
    'AWS had taken this order before it was called off, so its launch goes on.',
    'If it is not wanted any more, ask here for what was launched to be terminated.',
  ),
  takenAllTheSameDetail:
    'The order was declined, withdrawn or changed after the bridge had taken it. If what it launches is not wanted, terminate the provisioned product in Service Catalog once the launch has ended.',
  recallTrouble: (problem, attempts) =>
    joined(
      `The order of this request no longer stands, but the bridge in AWS could not be asked whether it has taken it, in ${attempts} attempts: ${sentence(printable(problem))}`,
      'It is asked again for 24 hours. Check the connection to the bridge: its address, the webhook secret on both sides, and the health of its ingress function.',
    ),
  recallUnknown: (problem) =>
    joined(
      `The order of this request no longer stands, but it is not known whether AWS has taken it: ${sentence(printable(problem))}`,
      'Look for a provisioned product with this operation’s suffix in Service Catalog, and terminate it unless it is wanted. Then tell the reporter.',
    ),
  broken: (recordId) =>
    joined(
      'The operation broke off in the bridge, so nothing more will be told about it.',
      recordId === null
        ? 'It is not known whether AWS had accepted the order. Look for a provisioned product with this operation’s suffix in Service Catalog before anything is launched again.'
        : `AWS had accepted the order (record ${plain(recordId)}). Look at the record in Service Catalog for how it ended.`,
      'Then tell the reporter, and close this request.',
    ),
};
