import type { OperationProgress } from '../../aws-bridge/contract/progress';
import { sentence } from '../order/printable';
import { copyable, fitting, joined, plain } from './comment-text';
import type { Words } from './words';

/** Characters of all outputs together. */
const LONGEST_OUTPUTS = 20_000;

/** A line that tells one comment of one operation from all others: people can quote it, and a retry finds it. */
export const referenceLine = (operationId: string, id: string): string => `Reference: ${operationId} / ${id}`;

/** The comment as it is posted. */
export const signed = (body: string, reference: string): string => `${fitting(body)}\n\n${reference}`;

/** What the customer reads of a change of state. */
export const progressComment = (progress: OperationProgress, { headlines, whatToDo }: Words): string =>
  joined(
    headlines[progress.state],
    progress.failedResource &&
      `The first resource that failed: ${plain(progress.failedResource.logicalId)} (${plain(progress.failedResource.type)}). ${sentence(plain(progress.failedResource.reason))}`,
    progress.failedResource || isForAgents(progress) ? null : errorLines(progress),
    outputLines(progress),
    (isForAgents(progress) ? null : remedies(progress)) ?? whatToDo[progress.state],
    progress.record && `AWS Service Catalog record: ${plain(progress.record.id)}`,
  );

/** Where to look for what was lost is a matter of AWS accounts, which whoever asked for a product cannot enter. */
const isForAgents = ({ state }: OperationProgress): boolean => state === 'lost';

const errorLines = ({ errors }: OperationProgress): string | null =>
  errors.length === 0 ? null : errors.map((error) => `- ${sentence(plain(error.message))}`).join('\n');

const outputLines = ({ outputs }: OperationProgress): string | null => {
  if (outputs.length === 0) return null;
  const shown: string[] = [];
  let left = LONGEST_OUTPUTS;
  for (const { key, value, description } of outputs) {
    const line = outputLine(key, value, description);
    if (line.length > left) continue;
    left -= line.length;
    shown.push(line);
  }
  const more = outputs.length - shown.length;
  const rest = more === 0 ? [] : [`- … and ${more} more, which the record in AWS Service Catalog holds.`];
  return ['Outputs:', ...shown, ...rest].join('\n');
};

/** An address is to be followed, everything else to be copied. */
const outputLine = (key: string, value: string, description: string | undefined): string => {
  const name = `- ${plain(key)}${description === undefined ? '' : ` (${plain(description)})`}:`;
  return ADDRESS.test(value) && plain(value) === value ? `${name} ${value}` : `${name}\n${copyable(value)}`;
};

const ADDRESS = /^https:\/\/[\w.~:/?#%&=+,@!-]+$/;

const remedies = ({ errors }: OperationProgress): string | null => {
  const told = errors.flatMap(({ remedy }) => (remedy === undefined ? [] : [sentence(plain(remedy))]));
  return told.length === 0 ? null : `What to do: ${[...new Set(told)].join(' ')}`;
};

/** What the agents read besides; null where the customer's comment says it all. */
export const progressDetail = (progress: OperationProgress): string | null => {
  if (!['failed', 'refused', 'tainted', 'lost'].includes(progress.state)) return null;
  const { record, provisionedProduct, failedResource, errors } = progress;
  return joined(
    progress.state === 'lost'
      ? `What became of operation ${progress.operationId} is not known.`
      : `Operation ${progress.operationId} ended as ${progress.state}.`,
    [
      record && `Record: ${plain(record.id)} (${plain(record.status)})`,
      provisionedProduct &&
        `Provisioned product: ${plain(provisionedProduct.name)} (${plain(provisionedProduct.id)})`,
      failedResource &&
        `First failed resource: ${plain(failedResource.logicalId)}, ${plain(failedResource.type)}: ${plain(failedResource.reason)}`,
      ...errors.map(({ code, message }) => `${plain(code)}: ${plain(message)}`),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
    whatAgentsDo(progress),
  );
};

const whatAgentsDo = (progress: OperationProgress): string | null => {
  if (progress.state === 'lost') {
    return joined(
      remedies(progress),
      'Then tell the reporter, and move this request to the status that fits.',
    );
  }
  return progress.provisionedProduct && progress.state !== 'refused'
    ? 'The provisioned product still exists in Service Catalog. Terminate it there unless it is used.'
    : null;
};

/** @param problem what comes behind a colon: a clause or sentences */
export const uncheckedComment = (problem: string): string =>
  joined(
    `The order of this request cannot be checked: ${sentence(problem)}`,
    'Nobody can approve it before that. It is checked again by itself, the next time within minutes.',
  );

/** For the agents, when a final status is not to be had. */
export const noWayComment = (status: string): string =>
  `This request should now be in the status "${plain(status)}", but its workflow offers no transition to it from here. Move it by hand, or let a Jira administrator add the transition.`;
