import { gateDigestOf } from '../../aws-bridge/contract/gate';
import { block, oneLine, printable, verbatim } from '../order/printable';
import { moment } from '../request/gate-words';
import { DIGEST_LINE } from '../request/still-shown';
import type { GateEntry } from './gate-entry';

/*
 * What people decide by. Whoever launched the product chose most of it, so it is written as printable.ts writes it.
 */

/** The request's title, on one line. */
export const gateSummary = ({ gate, accountName }: Shown): string =>
  Array.from(`Approval needed to ${gate.action} in ${oneLine(accountName)}: ${printable(gate.product)}`)
    .slice(0, LONGEST_SUMMARY)
    .join('');

type Shown = Pick<GateEntry, 'gate' | 'accountName' | 'requester'>;

/** Jira takes 255 units of 16 bits, and some characters are two. */
const LONGEST_SUMMARY = 127;

/** The request's description. It can be edited, so what is decided on is in {@link gateComment}. */
export const gateDescription = (entry: Shown & Pick<GateEntry, 'mark'>): string =>
  [
    ...facts(entry),
    'The comment of Gatehouse on this request says what exactly is decided about.',
    `Reference: ${entry.gate.gateId} / ${entry.mark}`,
  ].join('\n\n');

/** Everything that the approver decides about. No value is shortened: what is not shown cannot be approved. */
export const gateComment = (entry: Shown): string =>
  [
    'Please decide whether AWS is to go on with this stack.',
    ...facts(entry),
    `${DIGEST_LINE}${gateDigestOf(entry.gate)}`,
    'Whoever declines can write the reason in a comment here first: the stack’s events in AWS show it. If nobody decides in time, AWS undoes the stack.',
  ].join('\n\n');

const facts = ({ gate, accountName, requester }: Shown): readonly string[] => {
  const parameters = Object.entries(gate.parameters);
  return [
    `A stack in AWS waits for an approval before it ${gate.action}s its resources.`,
    block([
      `Product: "${verbatim(gate.product)}"`,
      `Account: ${verbatim(accountName)} (${gate.account})`,
      `Region: ${gate.region}`,
      `Stack: ${gate.stackId}`,
      `Asked for by (as typed in AWS, not verified): "${verbatim(gate.requesterEmail)}"`,
      `A decision is needed by: ${moment(gate.deadline)}`,
    ]),
    parameters.length === 0
      ? 'Parameters: none are shown.'
      : `Parameters:\n${block(parameters.map(([name, value]) => `${name}: "${verbatim(value)}"`))}`,
    ...(requester === null
      ? [
          'No customer of this service desk is known to have that e-mail address, so Gatehouse raised this request itself.',
        ]
      : []),
  ];
};
