import * as dynamoDbClient from '@aws-sdk/client-dynamodb';
import * as secretsManagerClient from '@aws-sdk/client-secrets-manager';
import * as serviceCatalogClient from '@aws-sdk/client-service-catalog';
import * as stsClient from '@aws-sdk/client-sts';
import { HttpResponse } from '@smithy/core/protocols';
import { z } from 'zod';
import { AwsError } from '../../sandbox/aws/service';
import { jsonProtocol } from '../../sandbox/aws/wire/json-protocol';
import { operationsOf } from '../../sandbox/aws/wire/operations';
import type { Protocol, WireAnswer, WireRequest } from '../../sandbox/aws/wire/protocol';
import { queryProtocol } from '../../sandbox/aws/wire/query-protocol';
import { REGION } from '../../sandbox/organization';
import { ConnectionBroken } from '../world/platform';
import type { SdkCall } from '../world/wires';
import { ConditionFailed } from './idempotency-table';

const PROTOCOLS = {
  sts: queryProtocol(operationsOf(stsClient), 'https://sts.amazonaws.com/doc/2011-06-15/', '2011-06-15'),
  servicecatalog: jsonProtocol(operationsOf(serviceCatalogClient), 'AWS242ServiceCatalogService', '1.1'),
  secretsmanager: jsonProtocol(operationsOf(secretsManagerClient), 'secretsmanager', '1.1'),
  dynamodb: jsonProtocol(operationsOf(dynamoDbClient), 'DynamoDB_20120810', '1.0', true),
} satisfies Readonly<Record<string, Protocol>>;
type Service = keyof typeof PROTOCOLS;

/** An error as the simulated AWS throws it to a caller. */
const Thrown = z.looseObject({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.int() }),
});

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The SDK's own bytes complain where they are taken for a text. */
const bytesOf = (body: string | Uint8Array): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

const wireRequest = ({ method, path, headers, body }: HttpRequest): WireRequest => {
  if (typeof body !== 'string' && !(body instanceof Uint8Array))
    throw new TypeError('The simulation takes bodies of text and bytes only');
  return { method, path, query: {}, headers, body: bytesOf(body) };
};

const responseOf = ({ status, headers, body }: WireAnswer) => ({
  response: new HttpResponse({ statusCode: status, headers: { ...headers }, body: bytesOf(body) }),
});

const REQUEST_ID = 'simulated';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * AWS's own clients as they come, signatures, serialising and their three attempts at a call among it, with the simulated
 * world in place of the network.
 * @param wires.call what a call reaches
 * @param wires.onBroken is told of what neither AWS nor the network would have done
 */
export const createClients = (
  wires: {
    readonly call: (call: SdkCall) => Promise<object>;
    readonly onBroken: (error: unknown) => void;
  },
  own: AccessKey,
) => {
  const { call, onBroken } = wires;

  const refusalOf = (error: unknown, protocol: Protocol): WireAnswer => {
    if (error instanceof ConditionFailed) {
      const answer = protocol.refusal(error, REQUEST_ID);
      const known = JSON.parse(answer.body.toString()) as object;
      return { ...answer, body: JSON.stringify({ ...known, ...(error.item && { Item: error.item }) }) };
    }
    if (error instanceof AwsError) return protocol.refusal(error, REQUEST_ID);
    const thrown = Thrown.safeParse(error);
    if (!thrown.success) {
      // A connection that breaks reaches the client as it does from Node's own sockets.
      if (!(error instanceof ConnectionBroken)) onBroken(error);
      throw error;
    }
    const { name, message, $metadata } = thrown.data;
    return protocol.refusal(new AwsError(name, message, $metadata.httpStatusCode), REQUEST_ID);
  };

  const configuration = (service: Service, region: string, credentials: AccessKey) => ({
    ...{ region, credentials },
    requestHandler: {
      handle: async (request: HttpRequest): Promise<{ response: HttpResponse }> => {
        const protocol: Protocol = PROTOCOLS[service];
        try {
          const asked = wireRequest(request);
          const operation = protocol.operation(asked);
          const input = await protocol.input(operation, asked);
          const { accessKeyId } = credentials;
          const output = await call({ service, operation: operation.name, input, region, accessKeyId });
          return responseOf(protocol.answer(operation, output, REQUEST_ID));
        } catch (error) {
          return responseOf(refusalOf(error, protocol));
        }
      },
    },
  });

  return {
    sts: new stsClient.STSClient(configuration('sts', REGION, own)),
    secretsManager: new secretsManagerClient.SecretsManagerClient(
      configuration('secretsmanager', REGION, own),
    ),
    dynamodb: new dynamoDbClient.DynamoDBClient(configuration('dynamodb', REGION, own)),
    serviceCatalogIn: (region: string, session: stsClient.Credentials) =>
      new serviceCatalogClient.ServiceCatalogClient(
        configuration('servicecatalog', region, {
          accessKeyId: session.AccessKeyId ?? '',
          secretAccessKey: session.SecretAccessKey ?? '',
          ...(session.SessionToken !== undefined && { sessionToken: session.SessionToken }),
        }),
      ),
  };
};

/**
 * Clients read what people have written into files about AWS when they are first used, which takes real time. So it is done
 * before a world begins, once in a process.
 */
export const readClientSettings = (): Promise<void> => (settingsRead ??= callEach());
let settingsRead: Promise<void> | undefined;

const callEach = async (): Promise<void> => {
  const wires = { call: () => Promise.resolve({}), onBroken: () => undefined };
  const key = { accessKeyId: 'nobody', secretAccessKey: 'nothing' };
  const { sts, secretsManager, dynamodb, serviceCatalogIn } = createClients(wires, key);
  const session = {
    AccessKeyId: 'nobody',
    SecretAccessKey: 'nothing',
    SessionToken: 'none',
    Expiration: undefined,
  };
  await Promise.all([
    sts.send(new stsClient.GetCallerIdentityCommand()),
    secretsManager.send(new secretsManagerClient.ListSecretsCommand()),
    dynamodb.send(new dynamoDbClient.ListTablesCommand()),
    serviceCatalogIn(REGION, session).send(new serviceCatalogClient.ListPortfoliosCommand()),
  ]);
};
