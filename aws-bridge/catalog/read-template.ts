import { DownstreamFailed } from '../runtime/downstream';
import type { AwsConfiguration } from '../runtime/environment';
import { namesOf } from '../runtime/log';
import { AwsRefused, createSignedFetch } from '../runtime/signed-fetch';

/**
 * Reads a template from where Service Catalog says that it lies.
 * @returns its text; undefined where this function may not read it, or it does not lie in S3
 * @throws DownstreamFailed, DownstreamThrottled
 */
export type ReadTemplate = (url: string) => Promise<string | undefined>;

const S3 = /^(?:[a-z0-9][a-z0-9.-]*\.)?s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/;

/**
 * @param configuration whose endpoint takes S3's place, where one is given
 * @param ports.timeout milliseconds for the whole call
 * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_DescribeProvisioningArtifact.html
 */
export const createReadTemplate =
  (
    configuration: Pick<AwsConfiguration, 'region' | 'credentials'> & { readonly endpoint?: string },
    ports: { readonly now: () => Date; readonly timeout: number },
  ): ReadTemplate =>
  async (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.protocol !== 'https:' || !S3.test(url.hostname)) return undefined;
    const { endpoint = url.origin } = configuration;
    // Whoever has a pre-signed address may read there, and with a second signature S3 would refuse.
    if (/[?&](?:X-Amz-)?Signature=/i.test(url.search)) {
      return preSigned(new URL(`${url.pathname}${url.search}`, endpoint), ports.timeout);
    }
    try {
      const get = createSignedFetch('s3', { ...configuration, endpoint }, ports);
      return (await get({ method: 'GET', path: url.pathname })).text;
    } catch (error) {
      if (error instanceof AwsRefused) return undefined;
      throw error;
    }
  };

const preSigned = async (url: URL, timeout: number): Promise<string | undefined> => {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout) });
    const text = await response.text();
    if (response.status >= 500) throw new TypeError('failed');
    return response.status === 200 ? text : undefined;
  } catch (error) {
    // Only its names: fetch quotes a URL that it cannot use.
    throw new DownstreamFailed('s3', new TypeError(namesOf(error)));
  }
};
