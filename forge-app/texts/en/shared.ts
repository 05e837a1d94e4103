import type { Refusal } from '../../pages/answer';
import type { RequestState } from '../../request/record';

const refusals: Record<Refusal['code'], string> = {
  'signed-out': 'Sign in to see this.',
  'not-yours': 'You may not see or do this. Ask the service desk if you think that you should.',
  'not-set-up':
    'Gatehouse is not set up for this project, or its settings cannot be read. A project administrator can put that right.',
  invalid: 'Something that was entered cannot be used.',
  changed: 'It has changed in the meantime. Look again before you go on.',
  unavailable: 'This could not be reached just now. Try again in a moment.',
};

const states: Record<RequestState, string> = {
  'refused-order': 'Cannot be launched',
  'awaiting-approval': 'Waiting for approval',
  declined: 'Declined',
  blocked: 'Blocked',
  sending: 'On its way to AWS',
  provisioning: 'Being created',
  'rolling-back': 'Being undone',
  succeeded: 'Ready',
  tainted: 'Ready, with an error',
  failed: 'Failed',
  refused: 'Not taken by AWS',
  lost: 'Not known',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  stuck: 'Needs an agent',
};

/** What several pages say. */
export const shared = {
  loading: 'Loading',
  again: 'Try again',
  refusals,
  states,
  /** @param what was refused, by whoever refused it */
  because: (what: string) => `What was said: ${what}`,
};
