import { DownstreamFailed } from '../../runtime/downstream';
import type { PreSignedPut } from '../../runtime/pre-signed-put';
import { type SendSignal, SignalFailed } from './gate-ports';

/**
 * Signals wait conditions by their pre-signed URL.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 */
export const createSendSignal =
  (put: PreSignedPut): SendSignal =>
  async (url, { status, uniqueId, reason, data }) => {
    const body = JSON.stringify({ Status: status, UniqueId: uniqueId, Reason: reason, Data: data });
    const answer = await put(url, body).catch((error: unknown) => {
      throw error instanceof DownstreamFailed ? new SignalFailed('unreachable', true) : error;
    });
    if (answer >= 200 && answer < 300) return;
    throw new SignalFailed(`answered ${answer}`, answer >= 500 || answer === 429 || answer === 408);
  };
