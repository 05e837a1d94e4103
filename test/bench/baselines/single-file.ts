import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';

/**
 * A baseline: a bridge as one writes it in an afternoon, one function that verifies the webhook, assumes the tenant's role
 * and launches the product. It keeps nothing, and each call to Service Catalog has a token of its own.
 */

const TOLERANCE_SECONDS = 300;

type Environment = Readonly<Record<string, string | undefined>>;

export interface SingleFilePorts {
  readonly secretsManager: Pick<SecretsManagerClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
  /** With the credentials of the assumed role. */
  readonly serviceCatalogIn: (region: string, session: Credentials) => Pick<ServiceCatalogClient, 'send'>;
  readonly uuid: () => string;
}

export interface HttpApiEvent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

interface Message {
  readonly type: string;
  readonly data: {
    readonly operationId: string;
    readonly requestKey: string;
    readonly order: {
      readonly productId: string;
      readonly provisioningArtifactId: string;
      readonly account: string;
      readonly region: string;
      readonly pathId: string | null;
      readonly parameters: Readonly<Record<string, string>>;
      readonly tags: Readonly<Record<string, string>>;
      readonly name: string;
    };
  };
}

const onAws = (): SingleFilePorts => ({
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
  uuid: randomUUID,
});

const answer = (statusCode: number, body: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** @param env WEBHOOK_SECRET_ID, TENANT_ROLE_NAME and EXTERNAL_ID; the clients find the rest for themselves */
export const composeSingleFile = (
  env: Environment,
  now: () => Date = () => new Date(),
  ports: SingleFilePorts = onAws(),
) => {
  let secrets: Promise<readonly Buffer[]> | undefined;

  const readSecrets = async (): Promise<readonly Buffer[]> => {
    const { SecretString = '{}' } = await ports.secretsManager.send(
      new GetSecretValueCommand({ SecretId: env['WEBHOOK_SECRET_ID'] }),
    );
    // The shape that whoever writes the secret gives it.
    const { current, previous } = JSON.parse(SecretString) as { current: string; previous?: string };
    return [current, previous]
      .filter((secret) => secret !== undefined)
      .map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  };

  const isAuthentic = async ({ headers }: HttpApiEvent, body: string): Promise<boolean> => {
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

  return async (event: HttpApiEvent) => {
    const body = event.isBase64Encoded
      ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
      : (event.body ?? '');
    if (!(await isAuthentic(event, body))) return answer(401, { message: 'Unauthorized' });

    // The sender is authentic, and it is our own app.
    const message = JSON.parse(body) as Message;
    if (message.type !== 'operation.approved')
      return answer(400, { message: `Unknown type ${message.type}` });
    const { operationId, requestKey, order } = message.data;

    const { Credentials } = await ports.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${order.account}:role/${env['TENANT_ROLE_NAME'] ?? ''}`,
        RoleSessionName: requestKey,
        ExternalId: env['EXTERNAL_ID'],
      }),
    );
    if (!Credentials) throw new Error(`AssumeRole in ${order.account} answered without credentials`);

    const unique = ports.uuid();
    await ports.serviceCatalogIn(order.region, Credentials).send(
      new ProvisionProductCommand({
        ProductId: order.productId,
        ProvisioningArtifactId: order.provisioningArtifactId,
        ...(order.pathId !== null && { PathId: order.pathId }),
        ProvisionedProductName: `${order.name}-${unique.slice(0, 8)}`,
        ProvisionToken: unique,
        ProvisioningParameters: Object.entries(order.parameters).map(([Key, Value]) => ({ Key, Value })),
        Tags: Object.entries(order.tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return answer(202, { operationId });
  };
};
