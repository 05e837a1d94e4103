import type { Protocol } from '../wire/protocol';
import { queryProtocol } from '../wire/query-protocol';
import { operationsOf } from '../wire/operations';
import { operation, structure, TEXT } from '../wire/schemas';

/**
 * What the API says of the operation that the stand-in has.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const operations = operationsOf({
  Publish: operation(
    'Publish',
    structure(
      'PublishInput',
      { Message: TEXT },
      {
        TopicArn: TEXT,
        TargetArn: TEXT,
        PhoneNumber: TEXT,
        Subject: TEXT,
        MessageStructure: TEXT,
        MessageAttributes: structure('MessageAttributes', {}),
        MessageDeduplicationId: TEXT,
        MessageGroupId: TEXT,
      },
    ),
    structure('PublishResponse', { MessageId: TEXT }),
  ),
});

const query = queryProtocol(operations, 'http://sns.amazonaws.com/doc/2010-03-31/', '2010-03-31');

/** Query, but for the name of what is not allowed. */
export const snsProtocol: Protocol = {
  ...query,
  gatekeeping: { ...query.gatekeeping, denied: ['AuthorizationError', 403] },
};
