import type { OperationProgress } from '../../aws-bridge/contract/progress';
import { printable, sentence } from '../order/printable';

/** Characters of a comment: Jira takes 32,767, and the reference and a note on what was cut off fit into the rest. */
const LONGEST = 30_000;
/** Characters of any one text that AWS reported: no single one may crowd out the others. */
const LONGEST_TEXT = 4_000;
/** Characters of all outputs together. */
const LONGEST_OUTPUTS = 20_000;

/** A text that somebody typed or AWS reported, as a part of a line of ours: its own line breaks mean nothing there. */
export const plain = (text: string): string => printable(text.replace(/\s+/g, ' '), LONGEST_TEXT);

/** A line that tells one comment of one operation from all others: people can quote it, and a retry finds it. */
export const referenceLine = (operationId: string, id: string): string => `Reference: ${operationId} / ${id}`;

/** The comment as it is posted. */
export const signed = (body: string, reference: string): string => `${fitting(body)}\n\n${reference}`;

const fitting = (body: string): string =>
  body.length > LONGEST
    ? `${body.slice(0, LONGEST).replace(/\p{Surrogate}$/u, '')}…\n(The rest is left out.)`
    : body;

/** What is written down until it can be posted, so no longer than what can be. */
const paragraphs = (...parts: readonly (string | null | undefined)[]): string =>
  fitting(parts.filter((part) => part !== null && part !== undefined && part !== '').join('\n\n'));

const HEADLINES: Readonly<Record<OperationProgress['state'], string>> = {
  provisioning: 'AWS accepted the order and is creating the resources.',
  'rolling-back': 'A resource could not be created. AWS is undoing what was created so far.',
  succeeded: 'Your product is ready.',
  tainted: 'AWS reported an error, but your product was created and can be used.',
  failed: 'The launch failed, and AWS left nothing to use.',
  refused: 'AWS did not take the order. Nothing was created.',
  lost: 'AWS was asked to launch your product, but what became of it could not be found out. It may have been created.',
  declined: 'The stack was declined, and AWS has undone it.',
  expired: 'Nobody decided in time, so AWS has undone the stack.',
  withdrawn: 'The stack does not wait for an approval any more, so nothing was signalled to it.',
};

const WHAT_TO_DO: Readonly<Partial<Record<OperationProgress['state'], string>>> = {
  tainted: 'Check it before you rely on it. The agents of this service desk were told.',
  failed: 'Put right what is named above and raise a new request, or ask here: the agents were told.',
  refused: 'Put right what is named above and raise a new request, or ask here: the agents were told.',
  lost: 'An agent looks at it and answers here. Do not raise it again before that: it could be launched twice.',
};

/** What the customer reads of a change of state. */
export const progressComment = (progress: OperationProgress): string =>
  paragraphs(
    HEADLINES[progress.state],
    progress.failedResource &&
      `The first resource that failed: ${plain(progress.failedResource.logicalId)} (${plain(progress.failedResource.type)}). ${sentence(plain(progress.failedResource.reason))}`,
    progress.failedResource || isForAgents(progress) ? null : errorLines(progress),
    outputLines(progress),
    (isForAgents(progress) ? null : remedies(progress)) ?? WHAT_TO_DO[progress.state],
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
    const line = `- ${plain(key)}: ${plain(value)}${description === undefined ? '' : ` (${plain(description)})`}`;
    if (line.length > left) continue;
    left -= line.length;
    shown.push(line);
  }
  const more = outputs.length - shown.length;
  const rest = more === 0 ? [] : [`- … and ${more} more, which the record in AWS Service Catalog holds.`];
  return ['Outputs:', ...shown, ...rest].join('\n');
};

const remedies = ({ errors }: OperationProgress): string | null => {
  const told = errors.flatMap(({ remedy }) => (remedy === undefined ? [] : [sentence(plain(remedy))]));
  return told.length === 0 ? null : `What to do: ${[...new Set(told)].join(' ')}`;
};

/** What the agents read besides; null where the customer's comment says it all. */
export const progressDetail = (progress: OperationProgress): string | null => {
  if (!['failed', 'refused', 'tainted', 'lost'].includes(progress.state)) return null;
  const { record, provisionedProduct, failedResource, errors } = progress;
  return paragraphs(
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
    return paragraphs(
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
  paragraphs(
    `The order of this request cannot be checked: ${sentence(problem)}`,
    'Nobody can approve it before that. It is checked again by itself, the next time within minutes.',
  );

export const brokenComment = (recordId: string | null): string =>
  paragraphs(
    'The operation broke off in the bridge, so nothing more will be told about it.',
    recordId === null
      ? 'It is not known whether AWS had accepted the order. Look for a provisioned product with this operation’s suffix in Service Catalog before anything is launched again.'
      : `AWS had accepted the order (record ${plain(recordId)}). Look at the record in Service Catalog for how it ended.`,
    'Then tell the reporter, and close this request.',
  );

/** For the agents, when a final status is not to be had. */
export const noWayComment = (status: string): string =>
  `This request should now be in the status "${plain(status)}", but its workflow offers no transition to it from here. Move it by hand, or let a Jira administrator add the transition.`;
