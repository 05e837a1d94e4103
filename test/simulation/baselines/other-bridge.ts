import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { z } from 'zod';
import { composePowertools } from '../../bench/baselines/powertools';
import { composeSingleFile } from '../../bench/baselines/single-file';
import { AwsError } from '../../sandbox/aws/service';
import { HUB } from '../../sandbox/organization';
import type { Launch } from '../observations';
import type { SdkCall } from '../world/wires';
import type { OtherBridge, Surroundings } from '../world/world';
import type { Baseline } from './bridges';
import { createClients } from './clients';
import { createIdempotencyTable } from './idempotency-table';

/** Milliseconds that their function may take: an HTTP API waits for half a minute at most. */
const TIME_LIMIT = 29_000;
const IDEMPOTENCY_TABLE = 'idempotency';

type Message = Parameters<ReturnType<OtherBridge['compose']>>[0];
type Answer = Awaited<ReturnType<ReturnType<OtherBridge['compose']>>>;

/** A message as an HTTP API hands it on, with those parts, too, that the product does not look at. */
const wholeEvent = (message: Message, now: Date): APIGatewayProxyEventV2 => {
  const { method, path } = message.requestContext.http;
  return {
    ...message,
    headers: { ...message.headers },
    requestContext: {
      ...{ accountId: HUB, apiId: 'api', domainName: 'bridge.example', domainPrefix: 'bridge' },
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'app' },
      ...{ requestId: 'request', routeKey: message.routeKey, stage: '$default' },
      ...{ time: now.toUTCString(), timeEpoch: now.getTime() },
    },
  };
};

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Answer>;
type Clients = ReturnType<typeof createClients>;

const logger = (log: (line: object) => void): Logger => {
  const made = new Logger({ serviceName: 'bridge' });
  const write = (line: string): void => log(JSON.parse(line) as object);
  // It has no other way out; Lambda takes its lines from the process's output.
  Object.assign(made, { console: { debug: write, info: write, warn: write, error: write } });
  return made;
};

const handlerOf = (baseline: Baseline, clients: Clients, { aws, now, log }: Surroundings): Handler => {
  const environment = { ...aws.environment, IDEMPOTENCY_TABLE };
  if (baseline === 'powertools') {
    const handler = composePowertools(environment, now, { ...clients, logger: logger(log) });
    return async (event, context) => {
      const { statusCode = 200, headers = {}, body = '' } = await handler(event, context);
      const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      return { statusCode, headers: Object.fromEntries(texts), body };
    };
  }
  return composeSingleFile(environment, now, { ...clients, uuid: randomUUID });
};

const Tokened = z.looseObject({ ProvisionToken: z.string() });

/** One use of a provision token, and the message that led to it. */
interface Use {
  readonly token: string;
  readonly operationId: string;
  readonly arrivedAt: number;
  readonly usedAt: number;
}

/** A baseline of the benchmarks in place of our bridge. */
export const createOtherBridge = (baseline: Baseline) => {
  const uses: Use[] = [];

  const deploy = (around: Surroundings): OtherBridge => {
    const { time, platform, aws, log, onBroken } = around;
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = aws.environment;
    const table = createIdempotencyTable(IDEMPOTENCY_TABLE);

    const toTable = ({ service, operation, input }: SdkCall): Promise<object> =>
      platform.cross({
        ...{ service, operation, act: () => table.call(operation, input) },
        throttled: () => {
          throw new AwsError('ProvisionedThroughputExceededException', 'Rate exceeded');
        },
        failed: () => {
          throw new AwsError('InternalServerError', 'An internal error occurred', 500);
        },
      });

    const compose: OtherBridge['compose'] = () => {
      // An environment handles one message at a time.
      let about = { operationId: '', arrivedAt: 0 };
      const call = (asked: SdkCall): Promise<object> => {
        if (asked.service === 'dynamodb') return toTable(asked);
        if (asked.operation === 'ProvisionProduct')
          uses.push({ ...about, token: Tokened.parse(asked.input).ProvisionToken, usedAt: time.millis });
        return aws.sdk(asked);
      };
      const clients = createClients({ call, onBroken }, { accessKeyId, secretAccessKey });
      const handler = handlerOf(baseline, clients, around);
      return async (message) => {
        const arrivedAt = time.millis;
        about = { operationId: message.headers['webhook-id'] ?? '', arrivedAt };
        try {
          return await handler(
            wholeEvent(message, time.now()),
            // As much of Lambda's context as Powertools reads.
            {
              ...{ awsRequestId: 'invocation', functionName: 'bridge' },
              getRemainingTimeInMillis: () => TIME_LIMIT - (time.millis - arrivedAt),
            } as Context,
          );
        } catch (error) {
          // Lambda writes down whatever ends a function.
          const ended = error instanceof Error ? error : new Error(String(error));
          log({ errorType: ended.name, errorMessage: ended.message, stack: ended.stack });
          throw error;
        }
      };
    };
    return { timeLimit: TIME_LIMIT, compose };
  };

  return {
    deploy,
    /** The message that a launch came of. */
    originOf: ({ token, at }: Launch): { readonly operationId: string; readonly handedOver: number } => {
      const use = uses.findLast((one) => one.token === token && one.usedAt <= at);
      if (!use) throw new Error(`Nobody is known to have used the provision token ${token}`);
      return { operationId: use.operationId, handedOver: use.arrivedAt };
    },
  };
};
