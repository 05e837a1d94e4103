import type { Gate } from '../../contract/gate';
import type { OperationError, OperationState } from '../../contract/progress';
import type { Settlement } from '../../runtime/gate-items';
import type { Finding } from '../progress';
import { stackNameIn } from './stack-key';
import { isUndoneInPart, stateOfStack } from './stack-meaning';

/** What a gate comes to, in words for its request. */

const AGAIN = 'If the product is still wanted, launch it again.';

const ending = (state: OperationState, at: string, error?: OperationError): Finding => ({
  state,
  at,
  outputs: [],
  errors: error ? [error] : [],
});

export const refusedGate = (at: string, error: OperationError): Finding => ending('refused', at, error);

/** Its launch was approved, and yet it could not be let on. */
export const notLetOn: OperationError = {
  code: 'NotLetOn',
  message: 'Gatehouse could not let the stack go on; launch the product again',
};

/** It was let on; its resources are being created. */
export const letOn = (at: string): Finding => ending('provisioning', at);

const letOnByOthers: OperationError = {
  code: 'LetOnByOthers',
  message: 'The stack went on although nobody had approved it: somebody else signalled its wait condition.',
  remedy: 'Tell the cloud platform team.',
};

/** Nothing was signalled. @param status of the stack, where it was seen */
export const withdrawnGate = (at: string, status: string | undefined): Finding => {
  if (status !== undefined && stateOfStack(status) === 'succeeded')
    return ending('withdrawn', at, letOnByOthers);
  return ending('withdrawn', at, {
    code: 'StackStoppedWaiting',
    message: `The stack stopped waiting before anybody decided${status === undefined ? '' : ` (${status})`}. Nothing was signalled.`,
    remedy: AGAIN,
  });
};

export const approvedTooLate = (at: string, status: string): Finding =>
  ending('withdrawn', at, {
    code: 'TooLate',
    message: `The approval came when the stack did not wait any more (${status}). Nothing was signalled.`,
    remedy: AGAIN,
  });

/** How an operation that let a stack on, or undid it, stands by its stack. */
export type Settled = Pick<Settlement, 'outcome' | 'reason'> & {
  /** Whether CloudFormation took the signal. */
  readonly signalled: boolean;
};

const unsignalled: OperationError = {
  code: 'NotSignalled',
  message: 'CloudFormation did not take what was decided; the stack goes its own way.',
  remedy: `Look at the events of the stack. ${AGAIN}`,
};

/** What was decided reaches the stack no more, which may go on waiting until its own end. */
export const notSignalled = (at: string): Finding => ending('provisioning', at, unsignalled);

const decisionError = ({ outcome, reason }: Settled, { deadline }: Gate): OperationError =>
  outcome === 'declined'
    ? { code: 'Declined', message: reason ?? 'The approver gave no reason.' }
    : {
        code: 'NotDecidedInTime',
        message: `Nobody decided until ${deadline}.`,
        remedy: AGAIN,
      };

const undoneInPart = (status: string): OperationError => ({
  code: 'NotUndone',
  message: `CloudFormation could not undo everything (${status}).`,
  remedy: 'Look at the events of the stack, and terminate the provisioned product.',
});

const goneByItself = (status: string): OperationError | undefined =>
  status.startsWith('DELETE_')
    ? { code: 'StackDeleted', message: 'The stack was deleted while its resources were made.' }
    : undefined;

const present = <T>(...some: readonly (T | undefined)[]): T[] => some.filter((one) => one !== undefined);

/** What a stack's status says of a gate that was settled. */
export const settledGate = (gate: Gate, settled: Settled, status: string, at: string): Finding => {
  const state = stateOfStack(status);
  if (state === 'provisioning' || state === 'rolling-back') return ending(state, at);
  const lacking = settled.signalled ? undefined : unsignalled;
  if (settled.outcome === 'approved') {
    const errors = present(lacking, state === 'succeeded' ? undefined : goneByItself(status));
    return { ...ending(state, at), errors };
  }
  const decided = decisionError(settled, gate);
  if (state === 'succeeded') return { ...ending(state, at), errors: [letOnByOthers, decided] };
  const undone = isUndoneInPart(status) ? undoneInPart(status) : undefined;
  return {
    ...ending(settled.outcome === 'declined' ? 'declined' : 'expired', at),
    errors: present(decided, lacking, undone),
  };
};

/** Said of a stack that was let on and failed, where CloudFormation tells nothing else. */
export const FAILED_WITHOUT_REASON: OperationError = {
  code: 'ProvisioningFailed',
  message: 'A resource of the stack could not be made.',
  remedy:
    'Launch the product again once the cause is put right. The failed provisioned product stays in the account until it is terminated.',
};

/** The gate came to a stop before its end was known. @param code of what was tried last */
export const lostGate = (gate: Gate, at: string, code: string): Finding =>
  ending('lost', at, {
    code,
    message: 'Gatehouse could not find out how this stack ended.',
    remedy: `Look in account ${gate.account}, region ${gate.region}, in CloudFormation for the stack ${stackNameIn(gate)}: its events tell whether it went on and how it is.`,
  });
