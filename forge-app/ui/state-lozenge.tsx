import { Lozenge } from '@forge/react';
import type { RequestState } from '../request/record';
import type { Texts } from '../texts/texts';

const APPEARANCE: Readonly<Record<RequestState, 'default' | 'inprogress' | 'moved' | 'removed' | 'success'>> =
  {
    'refused-order': 'removed',
    'awaiting-approval': 'moved',
    declined: 'default',
    blocked: 'removed',
    sending: 'inprogress',
    provisioning: 'inprogress',
    'rolling-back': 'moved',
    succeeded: 'success',
    tainted: 'moved',
    failed: 'removed',
    refused: 'removed',
    lost: 'removed',
    expired: 'default',
    withdrawn: 'default',
    stuck: 'removed',
  };

/** A state in words; its colour says no more than they do. */
export const StateLozenge = ({ state, texts }: { readonly state: RequestState; readonly texts: Texts }) => (
  <Lozenge appearance={APPEARANCE[state]}>{texts.shared.states[state]}</Lozenge>
);
