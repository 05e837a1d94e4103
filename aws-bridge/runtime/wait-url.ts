import { bucketHosts, pathOf, PreSignedUrlRefused, readPreSignedUrl } from './pre-signed-url';
import { stackIn } from './stack-arn';

/** The URL by which a stack's wait condition is signalled. */
export interface WaitUrl {
  /** Logical id of the wait condition handle. */
  readonly handle: string;
  /** After this S3 takes no signal. */
  readonly expiresAt: Date;
  readonly url: string;
}

/**
 * Checks that a text is the URL of a wait condition handle of one stack, and returns it as it is. Whether CloudFormation
 * has signed it, only CloudFormation knows.
 *
 * Newer URLs have an identifier of the handle between stack and logical id, older ones do not.
 * @throws PreSignedUrlRefused
 */
export const waitUrl = (text: string, { stackId }: { readonly stackId: string }): WaitUrl => {
  const stack = stackIn(stackId);
  if (!stack) throw new PreSignedUrlRefused('not-a-stack');
  const { path, expiresAt } = readPreSignedUrl(text, {
    hosts: bucketHosts(`cloudformation-waitcondition-${stack.region}`, stack.region),
    path: new RegExp(`^${pathOf(stackId)}/(?:[0-9a-f-]{36}/)?[A-Za-z0-9]{1,255}$`),
    region: stack.region,
  });
  return { handle: path.slice(path.lastIndexOf('/') + 1), expiresAt, url: text };
};
