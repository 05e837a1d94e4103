import { DownstreamFailed } from './downstream';
import { namesOf } from './log';

/**
 * Puts a text where a pre-signed URL of S3 says, and follows no redirect.
 * @param url one that was checked: it is sent as it stands
 * @returns the status that S3 answered
 * @throws DownstreamFailed without an answer; nothing of the URL is in it
 */
export type PreSignedPut = (url: string, body: string) => Promise<number>;

/**
 * @param endpoint what takes the URL's place up to its path, where S3 is not at its own address
 * @param ports.timeout milliseconds for the whole call
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 */
export const createPreSignedPut =
  (endpoint: string | undefined, ports: { readonly timeout: number }): PreSignedPut =>
  async (url, body) => {
    try {
      const response = await fetch(endpoint === undefined ? url : elsewhere(url, endpoint), {
        method: 'PUT',
        // Bytes, because with a text fetch would send a Content-Type, which CloudFormation wants empty.
        body: Buffer.from(body, 'utf8'),
        redirect: 'manual',
        signal: AbortSignal.timeout(ports.timeout),
      });
      await response.body?.cancel();
      return response.status;
    } catch (error) {
      // Only its names: fetch quotes a URL that it cannot use.
      throw new DownstreamFailed('s3', new TypeError(namesOf(error)));
    }
  };

const elsewhere = (url: string, endpoint: string): string =>
  `${new URL(endpoint).origin}${url.slice(url.indexOf('/', 'https://'.length))}`;
