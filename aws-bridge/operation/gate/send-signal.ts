import { errorName } from '../error-name';
import { type SendSignal, SignalFailed } from './gate-ports';

/**
 * Signals wait conditions by their pre-signed URL. Bytes instead of text, because fetch gives text a content type,
 * and the URL is signed without one. A redirect is not followed: the URL was checked, another one was not.
 * @param endpoint where S3 is instead of the URL's host; undefined for the URL itself
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 */
export const createSendSignal =
  (endpoint: string | undefined, timeout: number): SendSignal =>
  async (url, { status, uniqueId, reason, data }) => {
    const body = Buffer.from(
      JSON.stringify({ Status: status, UniqueId: uniqueId, Reason: reason, Data: data }),
      'utf8',
    );
    const answer = await put(addressOf(url, endpoint), body, timeout);
    if (answer >= 200 && answer < 300) return;
    throw new SignalFailed(`answered ${answer}`, answer >= 500 || answer === 429 || answer === 408);
  };

const addressOf = (url: string, endpoint: string | undefined): URL => {
  const signed = new URL(url);
  return endpoint === undefined ? signed : new URL(`${signed.pathname}${signed.search}`, endpoint);
};

const put = async (address: URL, body: Buffer, timeout: number): Promise<number> => {
  try {
    const response = await fetch(address, {
      method: 'PUT',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new SignalFailed(`unreachable (${errorName(error)})`, true);
  }
};
