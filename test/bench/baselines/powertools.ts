import { createHmac, timingSafeEqual } from 'node:crypto';
import { IdempotencyAlreadyInProgressError, IdempotencyConfig } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { makeHandlerIdempotent } from '@aws-lambda-powertools/idempotency/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { ApiGatewayV2Envelope } from '@aws-lambda-powertools/parser/envelopes/api-gatewayv2';
import { ParseError } from '@aws-lambda-powertools/parser/errors';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { parser } from '@aws-lambda-powertools/parser/middleware';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { z } from 'zod';

/**
 * A baseline: the same bridge on Powertools and middy, with what these offer: a logger, a parser with a schema, and
 * idempotency by operation in a DynamoDB table. The provision token is the operation's id.
 */

const TOLERANCE_SECONDS = 300;
/** Longer than anybody redelivers. */
const REMEMBERED_SECONDS = 7 * 24 * 3600;

type Environment = Readonly<Record<string, string | undefined>>;

export interface PowertoolsPorts {
  readonly secretsManager: Pick<SecretsManagerClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
  /** With the credentials of the assumed role. */
  readonly serviceCatalogIn: (region: string, session: Credentials) => Pick<ServiceCatalogClient, 'send'>;
  readonly dynamodb: DynamoDBClient;
  readonly logger: Logger;
}

const Message = z.object({
  type: z.literal('operation.approved'),
  timestamp: z.iso.datetime(),
  data: z.object({
    operationId: z.string().min(8).max(64),
    kind: z.literal('launch'),
    site: z.uuid(),
    requestKey: z.string().min(1).max(64),
    order: z.object({
      productId: z.string().min(1),
      provisioningArtifactId: z.string().min(1),
      account: z.string().regex(/^\d{12}$/),
      region: z.string().min(1),
      pathId: z.string().min(1).nullable(),
      parameters: z.record(z.string(), z.string()),
      tags: z.record(z.string(), z.string()),
      name: z.string().min(1),
      requester: z.string().min(1),
    }),
    digest: z.string(),
    approval: z.object({ approvers: z.array(z.string()).min(1), approvedAt: z.iso.datetime() }).nullable(),
  }),
});
type Message = z.infer<typeof Message>;

class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

const onAws = (): PowertoolsPorts => ({
  secretsManager: new SecretsManagerClient(),
  sts: new STSClient(),
  serviceCatalogIn: (region, session) =>
    new ServiceCatalogClient({
      region,
      credentials: {
        accessKeyId: session.AccessKeyId ?? '',
        secretAccessKey: session.SecretAccessKey ?? '',
        sessionToken: session.SessionToken ?? '',
      },
    }),
  dynamodb: new DynamoDBClient(),
  logger: new Logger({ serviceName: 'bridge' }),
});

const answer = (
  statusCode: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** @param env WEBHOOK_SECRET_ID, IDEMPOTENCY_TABLE, TENANT_ROLE_NAME and EXTERNAL_ID; the clients find the rest for themselves */
export const composePowertools = (
  env: Environment,
  now: () => Date = () => new Date(),
  ports: PowertoolsPorts = onAws(),
) => {
  const { logger } = ports;
  let secrets: Promise<readonly Buffer[]> | undefined;

  const readSecrets = async (): Promise<readonly Buffer[]> => {
    const { SecretString = '{}' } = await ports.secretsManager.send(
      new GetSecretValueCommand({ SecretId: env['WEBHOOK_SECRET_ID'] }),
    );
    const { current, previous } = z
      .object({ current: z.string(), previous: z.string().optional() })
      .parse(JSON.parse(SecretString));
    return [current, previous]
      .filter((secret) => secret !== undefined)
      .map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  };

  const verified = async ({ headers, body = '' }: APIGatewayProxyEventV2): Promise<boolean> => {
    const id = headers['webhook-id'];
    const timestamp = headers['webhook-timestamp'];
    const given = headers['webhook-signature'];
    if (!id || !timestamp || !given) return false;
    if (!(Math.abs(now().getTime() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false;
    secrets ??= readSecrets().catch((error: unknown) => {
      secrets = undefined;
      throw error;
    });
    const expected = (await secrets).map((secret) =>
      createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest(),
    );
    return given.split(' ').some((part) => {
      const [version, signature = ''] = part.split(',');
      const bytes = Buffer.from(signature, 'base64');
      return (
        version === 'v1' && expected.some((mac) => mac.length === bytes.length && timingSafeEqual(mac, bytes))
      );
    });
  };

  const verifySignature = (): MiddlewareObj<APIGatewayProxyEventV2> => ({
    before: async ({ event }) => {
      if (!(await verified(event))) throw new Unauthorized();
    },
  });

  const answerErrors = (): MiddlewareObj => ({
    onError: (request) => {
      const { error } = request;
      if (error instanceof Unauthorized) request.response = answer(401, { message: 'Unauthorized' });
      else if (error instanceof ParseError) request.response = answer(400, { message: 'Bad Request' });
      else if (error instanceof IdempotencyAlreadyInProgressError)
        // To the app, 409 is final: the same id for something else.
        request.response = answer(503, { message: 'In progress' }, { 'retry-after': '30' });
      else {
        logger.error('launch failed', error ?? 'without an error');
        request.response = answer(500, { message: 'Internal Server Error' });
      }
    },
  });

  const launch = async ({ data }: Message): Promise<APIGatewayProxyStructuredResultV2> => {
    const { operationId, requestKey, order } = data;
    logger.appendKeys({ operationId });
    const { Credentials } = await ports.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${order.account}:role/${env['TENANT_ROLE_NAME'] ?? ''}`,
        RoleSessionName: requestKey,
        ExternalId: env['EXTERNAL_ID'],
      }),
    );
    if (!Credentials) throw new Error(`AssumeRole in ${order.account} answered without credentials`);
    await ports.serviceCatalogIn(order.region, Credentials).send(
      new ProvisionProductCommand({
        ProductId: order.productId,
        ProvisioningArtifactId: order.provisioningArtifactId,
        ...(order.pathId !== null && { PathId: order.pathId }),
        ProvisionedProductName: `${order.name}-${operationId.slice(-10)}`,
        ProvisionToken: operationId,
        ProvisioningParameters: Object.entries(order.parameters).map(([Key, Value]) => ({ Key, Value })),
        Tags: Object.entries(order.tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    logger.info('launched');
    return answer(202, { operationId });
  };

  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(answerErrors())
    .use(verifySignature())
    .use(parser({ schema: JSONStringified(Message), envelope: ApiGatewayV2Envelope }))
    .use(
      makeHandlerIdempotent({
        persistenceStore: new DynamoDBPersistenceLayer({
          tableName: env['IDEMPOTENCY_TABLE'] ?? '',
          awsSdkV3Client: ports.dynamodb,
        }),
        config: new IdempotencyConfig({
          eventKeyJmesPath: 'data.operationId',
          throwOnNoIdempotencyKey: true,
          expiresAfterSeconds: REMEMBERED_SECONDS,
        }),
      }),
    )
    .handler(launch);

  return (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> =>
    // middy's type takes what the parser makes of an event for what comes in.
    handler(event as Parameters<typeof handler>[0], context);
};
