import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/**
 * A baseline: the least that launches a product with AWS's clients on a request over HTTP. It believes whoever calls it, and
 * serves one tenant. How long it takes to load is how long it takes to load these two clients.
 */

type Environment = Readonly<Record<string, string | undefined>>;

interface Message {
  readonly data: {
    readonly operationId: string;
    readonly order: {
      readonly productId: string;
      readonly provisioningArtifactId: string;
      readonly parameters: Readonly<Record<string, string>>;
      readonly name: string;
    };
  };
}

/** @param env TENANT_ROLE_ARN and EXTERNAL_ID; the clients find the rest for themselves */
export const composeBareSdk = (env: Environment) => {
  const sts = new STSClient();
  const serviceCatalog = new ServiceCatalogClient({
    credentials: async () => {
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: env['TENANT_ROLE_ARN'],
          RoleSessionName: 'bridge',
          ExternalId: env['EXTERNAL_ID'],
        }),
      );
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        ...(Credentials?.SessionToken !== undefined && { sessionToken: Credentials.SessionToken }),
        ...(Credentials?.Expiration && { expiration: Credentials.Expiration }),
      };
    },
  });

  return async (event: { readonly body?: string }) => {
    // Nobody but the app is told the address.
    const { data } = JSON.parse(event.body ?? '') as Message;
    const { operationId, order } = data;
    await serviceCatalog.send(
      new ProvisionProductCommand({
        ProductId: order.productId,
        ProvisioningArtifactId: order.provisioningArtifactId,
        ProvisionedProductName: `${order.name}-${operationId}`,
        ProvisionToken: operationId,
        ProvisioningParameters: Object.entries(order.parameters).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return { statusCode: 202, body: JSON.stringify({ operationId }) };
  };
};
