import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeProductCommand,
  DescribeProvisioningParametersCommand,
  DescribeRecordCommand,
  type ProvisionedProductAttribute,
  type ServiceCatalogClient,
  SearchProductsCommand,
  SearchProvisionedProductsCommand,
} from '@aws-sdk/client-service-catalog';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { CloudFormation } from '../../sandbox/aws/cloudformation/cloudformation';
import { ACCOUNTS, HUB, MANAGEMENT, REGION } from '../../sandbox/organization';
import type { PersonName } from '../../sandbox/site';
import type { ConsoleClients } from './console-clients';
import type {
  AccountView,
  LaunchableVersion,
  LaunchParameter,
  ProvisionedProductView,
  StackSummary,
  StackView,
} from './console-view';

/** The physical id of such a resource is the address that lets a stack go on: whoever knows it can do so. */
const HANDLE = 'AWS::CloudFormation::WaitConditionHandle';
const UNSEEN = '(not shown: whoever knows it lets the stack go on)';

/** What somebody sees in the AWS console. @throws ServiceException of the AWS SDK for whatever AWS refuses */
export const createLookAtConsole = ({
  clients,
  defaultNetwork,
}: {
  readonly clients: ConsoleClients;
  readonly defaultNetwork: CloudFormation['defaultNetwork'];
}) => {
  const accountOf = async ({ id, name }: (typeof ACCOUNTS)[number], as: PersonName): Promise<AccountView> => {
    const { catalog, stacks } = clients.of(id, as);
    const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({}));
    const { ProvisionedProducts = [] } = await catalog.send(
      new SearchProvisionedProductsCommand({ AccessLevelFilter: { Key: 'Account', Value: 'self' } }),
    );
    return {
      ...{ id, name },
      stacks: Stacks.map(summaryOf),
      provisionedProducts: await Promise.all(ProvisionedProducts.map((one) => productView(catalog, one))),
    };
  };

  return {
    /** The accounts in which products are launched. */
    accounts: (as: PersonName): Promise<AccountView[]> =>
      Promise.all(
        ACCOUNTS.filter(({ id }) => id !== MANAGEMENT && id !== HUB).map((account) => accountOf(account, as)),
      ),

    stack: async (as: PersonName, account: string, name: string): Promise<StackView> => {
      const { stacks } = clients.of(account, as);
      const { Stacks: [stack] = [] } = await stacks.send(new DescribeStacksCommand({ StackName: name }));
      if (!stack) throw new Error(`CloudFormation describes no stack ${name}`);
      const { StackResources = [] } = await stacks.send(
        new DescribeStackResourcesCommand({ StackName: name }),
      );
      return {
        ...summaryOf(stack),
        id: stack.StackId ?? '',
        reason: stack.StackStatusReason,
        parameters: (stack.Parameters ?? []).map(
          ({ ParameterKey: key = '', ParameterValue: value = '' }) => ({
            ...{ key, value },
          }),
        ),
        outputs: (stack.Outputs ?? []).map(
          ({ OutputKey: key = '', OutputValue: value = '', Description: description }) => ({
            ...{ key, value, description },
          }),
        ),
        resources: StackResources.map((resource) => ({
          logicalId: resource.LogicalResourceId ?? '',
          type: resource.ResourceType ?? '',
          status: resource.ResourceStatus ?? '',
          physicalId: resource.ResourceType === HANDLE ? UNSEEN : resource.PhysicalResourceId,
        })),
        events: await eventsOf(stacks, name),
      };
    },

    /** What a secret holds, as whoever administers the hub retrieves it; undefined where it has no value. */
    secret: async (as: PersonName, name: string): Promise<{ readonly value: string | undefined }> => {
      try {
        const { SecretString: value } = await clients
          .of(HUB, as)
          .secrets.send(new GetSecretValueCommand({ SecretId: name }));
        return { value };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return { value: undefined };
        throw error;
      }
    },

    launchable: async (as: PersonName, account: string): Promise<LaunchableVersion[]> => {
      const { launching } = clients.of(account, as);
      const { ProductViewSummaries = [] } = await launching.send(new SearchProductsCommand({}));
      const all = await Promise.all(
        ProductViewSummaries.map(async ({ ProductId: productId = '', Name, ShortDescription }) => {
          const { ProvisioningArtifacts = [] } = await launching.send(
            new DescribeProductCommand({ Id: productId }),
          );
          const newest = ProvisioningArtifacts.findLast(({ Guidance }) => Guidance !== 'DEPRECATED');
          const { Id: versionId = '', Name: version = '' } = newest ?? {};
          return { productId, product: Name ?? '', description: ShortDescription, versionId, version };
        }),
      );
      return all.filter(({ versionId }) => versionId !== '');
    },

    launchParameters: async (
      as: PersonName,
      account: string,
      productId: string,
      versionId: string,
    ): Promise<LaunchParameter[]> => {
      const { launching } = clients.of(account, as);
      const { ProvisioningArtifactParameters = [] } = await launching.send(
        new DescribeProvisioningParametersCommand({
          ProductId: productId,
          ProvisioningArtifactId: versionId,
        }),
      );
      const { vpcId, subnetIds } = defaultNetwork(account, REGION);
      const existing: Readonly<Record<string, readonly string[]>> = {
        'AWS::EC2::VPC::Id': [vpcId],
        'AWS::EC2::Subnet::Id': subnetIds,
        'List<AWS::EC2::Subnet::Id>': subnetIds,
      };
      return ProvisioningArtifactParameters.map((parameter) => {
        const {
          ParameterKey: key = '',
          ParameterType: type = 'String',
          ParameterConstraints: limits,
        } = parameter;
        const allowed = limits?.AllowedValues ?? [];
        return {
          ...{ key, type },
          value: parameter.DefaultValue ?? '',
          secret: parameter.IsNoEcho ?? false,
          description: parameter.Description,
          constraint: limits?.ConstraintDescription,
          choices: existing[type] ?? allowed,
          several: type.startsWith('List<') && existing[type] !== undefined,
        };
      });
    },
  };
};
export type LookAtConsole = ReturnType<typeof createLookAtConsole>;

const summaryOf = ({ StackName, StackStatus, Description, CreationTime }: Stack): StackSummary => ({
  name: StackName ?? '',
  status: StackStatus ?? '',
  description: Description,
  createdAt: CreationTime?.toISOString() ?? '',
});

const productView = async (
  catalog: ServiceCatalogClient,
  attribute: ProvisionedProductAttribute,
): Promise<ProvisionedProductView> => {
  const { RecordOutputs = [] } = await catalog.send(
    new DescribeRecordCommand({ Id: attribute.LastRecordId }),
  );
  const arn = RecordOutputs.find(({ OutputKey }) => OutputKey === 'CloudformationStackARN')?.OutputValue;
  return {
    name: attribute.Name ?? '',
    product: attribute.ProductName ?? '',
    version: attribute.ProvisioningArtifactName ?? '',
    status: attribute.Status ?? '',
    message: attribute.StatusMessage,
    createdAt: attribute.CreatedTime?.toISOString() ?? '',
    stack: arn?.split('/')[1],
  };
};

const eventsOf = async (stacks: CloudFormationClient, StackName: string): Promise<StackView['events']> => {
  const events: StackView['events'][number][] = [];
  let NextToken: string | undefined;
  do {
    const page = await stacks.send(new DescribeStackEventsCommand({ StackName, NextToken }));
    for (const event of page.StackEvents ?? []) {
      events.push({
        id: event.EventId ?? '',
        at: event.Timestamp?.toISOString() ?? '',
        logicalId: event.LogicalResourceId ?? '',
        type: event.ResourceType ?? '',
        status: event.ResourceStatus ?? '',
        reason: event.ResourceStatusReason,
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return events;
};
