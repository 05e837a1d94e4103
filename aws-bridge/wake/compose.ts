import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CallbackTimeoutException,
  LambdaClient,
  ResourceNotFoundException,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { awsConfiguration, type Environment, required } from '../runtime/environment';
import { consoleLog, type Log } from '../runtime/log';
import { createWakeWaiter } from './wake-waiter';

/** An item of the waiters' table is not what the operation function writes. */
export class WaiterMalformed extends Error {
  override readonly name = 'WaiterMalformed';
  constructor(key: string) {
    super(`The waiter ${key} needs callbackId (S) and expiresAt (N, epoch seconds)`);
  }
}

/** The wake function: takes the tenants' stack events. */
export const composeWake = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
): ((event: unknown) => Promise<void>) => {
  const dynamodb = new DynamoDBClient(awsConfiguration(env, 'DYNAMODB'));
  const lambda = new LambdaClient(awsConfiguration(env, 'LAMBDA'));
  const table = required(env, 'WAITERS_TABLE');

  return createWakeWaiter({
    findWaiter: async (key) => {
      const { Item } = await dynamodb.send(
        // Consistent: the event may follow the registration closely.
        new GetItemCommand({ TableName: table, Key: { key: { S: key } }, ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const callbackId = Item['callbackId']?.S;
      const expiresAt = Number(Item['expiresAt']?.N);
      if (callbackId === undefined || Number.isNaN(expiresAt)) throw new WaiterMalformed(key);
      return { callbackId, expiresAt: new Date(expiresAt * 1000) };
    },
    completeCallback: async (CallbackId) => {
      try {
        await lambda.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId }));
        return 'completed';
      } catch (error) {
        // Closed, timed out, or of an execution that is past its retention: nobody is left to wake.
        if (error instanceof CallbackTimeoutException || error instanceof ResourceNotFoundException) {
          return 'no-longer-awaited';
        }
        throw error;
      }
    },
    now,
    log,
  });
};
