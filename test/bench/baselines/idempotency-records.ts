import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  IdempotencyRecordStatus,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue>>;

const text = (item: Item, name: string): string | undefined => item[name]?.S;
const number = (item: Item, name: string): number | undefined =>
  item[name]?.N === undefined ? undefined : Number(item[name].N);

const recordOf = (item: Item): IdempotencyRecord => {
  const response = text(item, 'data');
  const inProgressExpiry = number(item, 'in_progress_expiration');
  return new IdempotencyRecord({
    idempotencyKey: text(item, 'id') ?? '',
    status: text(item, 'status') === 'COMPLETED' ? 'COMPLETED' : 'INPROGRESS',
    expiryTimestamp: number(item, 'expiration') ?? 0,
    ...(inProgressExpiry !== undefined && { inProgressExpiryTimestamp: inProgressExpiry }),
    // It was written by _updateRecord.
    ...(response !== undefined && { responseData: JSON.parse(response) as object as never }),
  });
};

/**
 * Powertools' records in DynamoDB, with the conditions and attributes of its own DynamoDBPersistenceLayer. That one needs
 * `@aws-sdk/util-dynamodb`, a peer that is not installed here; this one writes the few attributes out instead.
 */
export class IdempotencyRecords extends BasePersistenceLayer {
  readonly #dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly #table: string;

  constructor(dynamodb: Pick<DynamoDBClient, 'send'>, table: string) {
    super();
    this.#dynamodb = dynamodb;
    this.#table = table;
  }

  protected override async _putRecord(record: IdempotencyRecord): Promise<void> {
    const { idempotencyKey, expiryTimestamp = 0, inProgressExpiryTimestamp } = record;
    const now = Date.now();
    try {
      await this.#dynamodb.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            id: { S: idempotencyKey },
            expiration: { N: String(expiryTimestamp) },
            status: { S: record.getStatus() },
            ...(inProgressExpiryTimestamp !== undefined && {
              in_progress_expiration: { N: String(inProgressExpiryTimestamp) },
            }),
          },
          ConditionExpression:
            'attribute_not_exists(#id) OR #expiry < :now OR (#status = :inprogress AND attribute_exists(#in_progress_expiry) AND #in_progress_expiry < :now_in_millis)',
          ExpressionAttributeNames: {
            '#id': 'id',
            '#expiry': 'expiration',
            '#in_progress_expiry': 'in_progress_expiration',
            '#status': 'status',
          },
          ExpressionAttributeValues: {
            ':now': { N: String(now / 1000) },
            ':now_in_millis': { N: String(now) },
            ':inprogress': { S: IdempotencyRecordStatus.INPROGRESS },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new IdempotencyItemAlreadyExistsError(
        `Failed to put record for already existing idempotency key: ${idempotencyKey}`,
        error.Item && recordOf(error.Item),
      );
    }
  }

  protected override async _getRecord(idempotencyKey: string): Promise<IdempotencyRecord> {
    const { Item } = await this.#dynamodb.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: { id: { S: idempotencyKey } },
        ConsistentRead: true,
      }),
    );
    if (!Item) throw new IdempotencyItemNotFoundError();
    return recordOf(Item);
  }

  protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
    await this.#dynamodb.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: { id: { S: record.idempotencyKey } },
        UpdateExpression: 'SET #expiry = :expiry, #status = :status, #data = :data',
        ExpressionAttributeNames: { '#expiry': 'expiration', '#status': 'status', '#data': 'data' },
        ExpressionAttributeValues: {
          ':expiry': { N: String(record.expiryTimestamp ?? 0) },
          ':status': { S: record.getStatus() },
          ':data': { S: JSON.stringify(record.responseData ?? null) },
        },
      }),
    );
  }

  protected override async _deleteRecord(record: IdempotencyRecord): Promise<void> {
    await this.#dynamodb.send(
      new DeleteItemCommand({ TableName: this.#table, Key: { id: { S: record.idempotencyKey } } }),
    );
  }
}
