import { bucketHosts, pathOf, PreSignedUrlRefused, readPreSignedUrl } from '../runtime/pre-signed-url';
import { stackIn } from '../runtime/stack-arn';

/**
 * Checks that a text is the URL at which CloudFormation awaits the answer of a custom resource of one stack, and
 * returns it as it is.
 * @param event.region where this function is: CloudFormation calls functions of a stack's own region only
 * @throws PreSignedUrlRefused
 */
export const responseUrl = (
  text: string,
  { region, stackId }: { readonly region: string; readonly stackId: string },
): string => {
  if (stackIn(stackId)?.region !== region) throw new PreSignedUrlRefused('not-a-stack');
  const bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  readPreSignedUrl(text, {
    hosts: bucketHosts(bucket, region),
    path: new RegExp(`^${pathOf(stackId)}%7C[A-Za-z0-9]{1,255}%7C[0-9a-f-]{36}$`),
    region,
  });
  return text;
};
