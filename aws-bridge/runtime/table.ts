import { DownstreamFailed } from './downstream';
import type { SignedFetch } from './signed-fetch';

/** One call about the items of one table: its operation (`GetItem`), and its input without the table's name. */
export type TableCall = (operation: string, input: object) => Promise<unknown>;

/**
 * Calls DynamoDB with a signature but without its client, which would be the heaviest part of a function that makes a
 * call or two.
 * @throws AwsRefused, DownstreamFailed, DownstreamThrottled from the call
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export const createTableCall =
  (dynamodb: SignedFetch, table: string): TableCall =>
  async (operation, input) => {
    const { text } = await dynamodb({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
      body: JSON.stringify({ TableName: table, ...input }),
    });
    try {
      const answer: unknown = JSON.parse(text);
      return answer;
    } catch {
      throw new DownstreamFailed('dynamodb', new TypeError('the answer is not JSON'));
    }
  };
