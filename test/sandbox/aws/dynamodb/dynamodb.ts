import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import dynalite from 'dynalite';
import { z } from 'zod';
import { AwsError, type AwsService } from '../service';

const Failure = z.object({
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

const Described = z.object({ Table: z.object({ TableStatus: z.string() }) });

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
}

/** What dynalite's server reads of a request, and writes of its answer. */
class Exchange extends EventEmitter {
  readonly method = 'POST';
  readonly url = '/';
  readonly headers: Readonly<Record<string, string>>;
  constructor(headers: Readonly<Record<string, string>>) {
    super();
    this.headers = headers;
  }
}

/**
 * dynalite behind the front, without any table yet. The front has spoken HTTP with the caller; from there on both are in this
 * process. dynalite has no time to live: items stay until somebody deletes them, so who reads one has to look at `expiresAt` -
 * as with the real service, which deletes within days.
 */
export const startDynamoDb = (): DynamoDb => {
  const server = dynalite({ createTableMs: 0 });

  const answerTo = (headers: Readonly<Record<string, string>>, body: string) =>
    new Promise<{ readonly status: number; readonly text: string }>((resolve) => {
      const request = new Exchange(headers);
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end: (text: string) => resolve({ status: response.statusCode, text }),
      };
      server.emit('request', request, response);
      request.emit('data', Buffer.from(body));
      request.emit('end');
    });

  const send = async (operation: string, input: unknown): Promise<object> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      // The front has checked the caller's signature; dynalite only wants to see one.
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/b/c/dynamodb/aws4_request, SignedHeaders=host, Signature=d',
      'x-amz-date': '20260101T000000Z',
    };
    const { status, text } = await answerTo(headers, JSON.stringify(input));
    const body: unknown = JSON.parse(text);
    if (status !== 200) {
      const failure = Failure.parse(body);
      throw new AwsError(
        failure.__type.split('#').at(-1) ?? failure.__type,
        failure.message ?? failure.Message ?? '',
        status,
      );
    }
    return Object(body) as object;
  };

  const createTable = async (table: TableDefinition): Promise<void> => {
    await send('CreateTable', { ...table, BillingMode: 'PAY_PER_REQUEST' });
    for (let status = ''; status !== 'ACTIVE';) {
      await setImmediate();
      const described = await send('DescribeTable', { TableName: table.TableName });
      status = Described.parse(described).Table.TableStatus;
    }
  };

  return {
    service: { handle: ({ operation, input }) => send(operation, input) },
    createTable,
  };
};
