import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import type { Aws } from '../../sandbox/aws/aws';
import { ADMINISTRATOR, DEVELOPER } from '../../sandbox/console-roles';
import { REGION } from '../../sandbox/organization';
import type { PersonName } from '../../sandbox/site';

interface Clients {
  readonly launching: ServiceCatalogClient;
  readonly catalog: ServiceCatalogClient;
  readonly stacks: CloudFormationClient;
  readonly secrets: SecretsManagerClient;
}

/**
 * The calls that the AWS console makes for somebody, signed with the rights of the roles that people have in an account:
 * products are launched as a developer, everything else is done as an administrator, since a developer sees the own only.
 */
export const createConsoleClients = (aws: Pick<Aws, 'endpoint' | 'credentialsFor'>) => {
  const kept = new Map<string, Clients>();
  const made = (account: string, who: PersonName): Clients => {
    const as = (role: string) => ({
      ...{ region: REGION, endpoint: aws.endpoint, maxAttempts: 1 },
      credentials: aws.credentialsFor(role, account, `${who}@example.com`),
    });
    return {
      launching: new ServiceCatalogClient(as(DEVELOPER)),
      catalog: new ServiceCatalogClient(as(ADMINISTRATOR)),
      stacks: new CloudFormationClient(as(ADMINISTRATOR)),
      secrets: new SecretsManagerClient(as(ADMINISTRATOR)),
    };
  };
  return {
    of: (account: string, who: PersonName) => {
      const key = `${account} ${who}`;
      const clients = kept.get(key) ?? made(account, who);
      kept.set(key, clients);
      return clients;
    },
    close: (): void => {
      for (const { launching, catalog, stacks, secrets } of kept.values()) {
        launching.destroy();
        catalog.destroy();
        stacks.destroy();
        secrets.destroy();
      }
    },
  };
};
export type ConsoleClients = ReturnType<typeof createConsoleClients>;
