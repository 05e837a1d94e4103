import type { TableCall } from '../../../../aws-bridge/runtime/table';
import { AwsRefused } from '../../../../aws-bridge/runtime/signed-fetch';
import { type DynamoDb, startDynamoDb } from '../../../sandbox/aws/dynamodb/dynamodb';
import { AwsError } from '../../../sandbox/aws/service';

export interface WaitersTable {
  readonly call: TableCall;
}

/** A real table; what it refuses comes as the signed request would tell it. */
export const startWaitersTable = async (): Promise<WaitersTable> => {
  const dynamodb = startDynamoDb();
  await dynamodb.createTable({
    TableName: 'waiters',
    AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
  });
  return {
    call: async (operation, input) => {
      const call = { operation, input: { TableName: 'waiters', ...input } };
      try {
        return await dynamodb.service.handle(call as Parameters<DynamoDb['service']['handle']>[0]);
      } catch (error) {
        throw error instanceof AwsError ? new AwsRefused('dynamodb', error.code, error.status) : error;
      }
    },
  };
};
