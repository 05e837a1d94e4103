import type { OperationProgress } from '../contract/progress';
import type { Log } from '../runtime/log';
import type { TellApp } from './callback-port';
import { type Finding, progressOf, type Subject } from './progress';
import { untilDelivered } from './retries';
import type { Steps } from './steps';

/**
 * Tells the app of one finding and returns it as the progress that it is.
 * Findings are told one after the other, each until it is delivered.
 */
export type Tell = (finding: Finding) => Promise<OperationProgress>;

/** Once the request is gone nobody is told any more, yet the operation goes on to its end. */
export const createTelling = (
  subject: Subject,
  steps: Steps,
  ports: { readonly tellApp: TellApp; readonly log: Log },
): Tell => {
  const { operationId } = subject;
  let told = 0;
  let gone = false;
  return async (finding) => {
    const sequence = (told += 1);
    const progress = progressOf(subject, sequence, finding);
    if (gone) return progress;
    const outcome = await steps.tryTo(`tell ${sequence}`, untilDelivered, async () => {
      const answer = await ports.tellApp(progress);
      ports.log({
        outcome: answer === 'gone' ? 'gone' : 'told',
        operationId,
        sequence,
        state: progress.state,
      });
      return answer;
    });
    gone = outcome === 'gone';
    return progress;
  };
};
