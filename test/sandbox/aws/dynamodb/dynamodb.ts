import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { z } from 'zod';
import { AwsError, type AwsService } from '../service';

const Failure = z.object({
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** A table that is paid for by the request, as its names and types go into CreateTable. */
export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly object[];
  readonly KeySchema: readonly object[];
}

/** Operations that dynalite has; of the rest it says UnknownOperationException. */
export interface DynamoDb {
  readonly service: AwsService;
  /** Makes a table and waits until it can be used. @throws AwsError `ResourceInUseException` for a name that is taken */
  readonly createTable: (table: TableDefinition) => Promise<void>;
  close(): Promise<void>;
}

/**
 * dynalite behind the front, without any table yet. dynalite has no time to live: items stay until somebody
 * deletes them, so who reads one has to look at `expiresAt` - as with the real service, which deletes within days.
 */
export const startDynamoDb = async (): Promise<DynamoDb> => {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const send = async (operation: string, input: unknown): Promise<object> => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        // The front has checked the caller's signature; dynalite only wants to see one.
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/b/c/dynamodb/aws4_request, SignedHeaders=host, Signature=d',
        'x-amz-date': '20260101T000000Z',
        connection: 'close',
      },
      body: JSON.stringify(input),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) {
      const failure = Failure.parse(body);
      throw new AwsError(
        failure.__type.split('#').at(-1) ?? failure.__type,
        failure.message ?? failure.Message ?? '',
        answer.status,
      );
    }
    return Object(body) as object;
  };

  const createTable = async (table: TableDefinition): Promise<void> => {
    await send('CreateTable', { ...table, BillingMode: 'PAY_PER_REQUEST' });
    for (let status = ''; status !== 'ACTIVE';) {
      const described = await send('DescribeTable', { TableName: table.TableName });
      status = z.object({ Table: z.object({ TableStatus: z.string() }) }).parse(described).Table.TableStatus;
    }
  };

  return {
    service: { handle: ({ operation, input }) => send(operation, input) },
    createTable,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
