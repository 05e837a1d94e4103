import type { SignedFetch } from '../../runtime/signed-fetch';
import type { Announce } from './gate-ports';

/**
 * Publishes to a topic that an approval waits. Only the request approves, so the text links to it and has nothing that
 * acts.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const createAnnounce =
  (sns: SignedFetch, topic: string): Announce =>
  async ({ product, account, region, deadline }, link) => {
    const body = new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: topic,
      Subject: 'A product waits for its approval',
      Message: `${product} in account ${account}, region ${region}, waits for its approval until ${deadline}.\n\nDecide in Jira: ${link}\n`,
    });
    await sns({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    });
  };
