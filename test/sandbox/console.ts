import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeProductCommand,
  DescribeProvisionedProductCommand,
  DescribeProvisioningParametersCommand,
  DescribeRecordCommand,
  ProvisionProductCommand,
  SearchProductsCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import type { Aws } from './aws/aws';
import { ADMINISTRATOR, DEVELOPER } from './console-roles';
import type { Portfolio } from './portfolio';

type Values = Readonly<Record<string, string>>;

interface Launch {
  /** The product's key in the catalogue. */
  readonly product: string;
  /** The version's name; the newest that is not deprecated where not given. */
  readonly version?: string;
  /** What the provisioned product is called, by which everything below finds it. */
  readonly name: string;
  readonly parameters?: Values;
}

interface Update {
  readonly name: string;
  /** Stays where not given. */
  readonly version?: string;
  /** Every other parameter keeps its value. */
  readonly parameters?: Values;
}

interface Termination {
  readonly name: string;
  readonly ignoreErrors?: boolean;
  readonly retainResources?: boolean;
}

/** A request as Service Catalog tells of it. */
export interface ConsoleRecord {
  readonly id: string;
  /** Such as `SUCCEEDED`. */
  readonly status: string;
  readonly errors: readonly string[];
}

export interface ConsoleStack {
  readonly id: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly outputs: Values;
  /** Oldest first. */
  readonly events: readonly {
    readonly resource: string;
    readonly status: string;
    readonly reason: string | undefined;
    readonly at: Date;
  }[];
}

/**
 * Somebody in front of the AWS console of one account: everything goes over the wire with the rights of roles that people
 * have there. Products are launched, updated and terminated as a developer. Stacks are looked at, deleted and cancelled
 * as an administrator, since a developer has none of the rights that their resources take.
 * @throws ServiceException of the AWS SDK for whatever AWS refuses
 */
export const createConsole = (parts: {
  readonly aws: Pick<Aws, 'endpoint' | 'credentialsFor'>;
  readonly portfolio: Pick<Portfolio, 'product'>;
  readonly account: string;
  readonly region: string;
  /** E-mail address: IAM Identity Center calls sessions after it. */
  readonly who: string;
}) => {
  const { aws, portfolio, account, region, who } = parts;
  const as = (role: string) => ({
    ...{ region, endpoint: aws.endpoint, maxAttempts: 1 },
    credentials: aws.credentialsFor(role, account, who),
  });
  const catalog = new ServiceCatalogClient(as(DEVELOPER));
  const stacks = new CloudFormationClient(as(ADMINISTRATOR));
  /** The record of each launch, by name: it stays when the product has gone. */
  const launches = new Map<string, string>();

  const versionsOf = async (productId: string) => {
    const { ProvisioningArtifacts = [] } = await catalog.send(new DescribeProductCommand({ Id: productId }));
    return ProvisioningArtifacts.map(({ Id, Name, Guidance }) => ({
      id: needed(Id, `an id of ${productId}'s versions`),
      name: Name,
      deprecated: Guidance === 'DEPRECATED',
    }));
  };

  const versionNamed = async (productId: string, name: string): Promise<string> => {
    const versions = await versionsOf(productId);
    const known = versions.map((version) => version.name ?? '').join(', ');
    return needed(
      versions.find((version) => version.name === name)?.id,
      `a version ${name} (there are ${known})`,
    );
  };

  const productIn = async (key: string): Promise<string> => {
    const { name } = portfolio.product(key);
    const Filters = { FullTextSearch: [name] };
    const { ProductViewSummaries: found = [] } = await catalog.send(new SearchProductsCommand({ Filters }));
    return needed(found.find(({ Name }) => Name === name)?.ProductId, `a product ${name} in ${account}`);
  };

  const keysOf = async (ProductId: string, ProvisioningArtifactId: string): Promise<string[]> => {
    const { ProvisioningArtifactParameters: parameters = [] } = await catalog.send(
      new DescribeProvisioningParametersCommand({ ProductId, ProvisioningArtifactId }),
    );
    return parameters.flatMap(({ ParameterKey }) => ParameterKey ?? []);
  };

  const stackIdOf = async (name: string): Promise<string> => {
    const Id = needed(launches.get(name), `a launch of ${name}`);
    const { RecordOutputs = [] } = await catalog.send(new DescribeRecordCommand({ Id }));
    const stack = RecordOutputs.find(({ OutputKey }) => OutputKey === 'CloudformationStackARN');
    return needed(stack?.OutputValue, `a stack of ${name}`);
  };

  return {
    /** @returns the record's id */
    launch: async ({ product, version, name, parameters = {} }: Launch): Promise<string> => {
      const productId = await productIn(product);
      const newest = (await versionsOf(productId)).findLast(({ deprecated }) => !deprecated)?.id;
      const chosen = version === undefined ? newest : await versionNamed(productId, version);
      const { RecordDetail } = await catalog.send(
        new ProvisionProductCommand({
          ProductId: productId,
          ProvisioningArtifactId: needed(chosen, `a version of ${product}`),
          ProvisionedProductName: name,
          ProvisioningParameters: entries(parameters),
        }),
      );
      const record = needed(RecordDetail?.RecordId, 'the record of a launch');
      launches.set(name, record);
      return record;
    },

    /** @returns the record's id */
    update: async ({ name, version, parameters = {} }: Update): Promise<string> => {
      const { ProvisionedProductDetail: now } = await catalog.send(
        new DescribeProvisionedProductCommand({ Name: name }),
      );
      const productId = needed(now?.ProductId, `the product of ${name}`);
      const current = needed(now?.ProvisioningArtifactId, `the version of ${name}`);
      const next = version === undefined ? current : await versionNamed(productId, version);
      const before = await keysOf(productId, current);
      const kept = (await keysOf(productId, next)).filter(
        (key) => before.includes(key) && !(key in parameters),
      );
      const { RecordDetail } = await catalog.send(
        new UpdateProvisionedProductCommand({
          ...{ ProvisionedProductName: name, ProductId: productId, ProvisioningArtifactId: next },
          ProvisioningParameters: [
            ...entries(parameters),
            ...kept.map((Key) => ({ Key, UsePreviousValue: true })),
          ],
        }),
      );
      return needed(RecordDetail?.RecordId, 'the record of an update');
    },

    /** @returns the record's id */
    terminate: async ({ name, ignoreErrors, retainResources }: Termination): Promise<string> => {
      const { RecordDetail } = await catalog.send(
        new TerminateProvisionedProductCommand({
          ProvisionedProductName: name,
          IgnoreErrors: ignoreErrors,
          RetainPhysicalResources: retainResources,
        }),
      );
      return needed(RecordDetail?.RecordId, 'the record of a termination');
    },

    record: async (id: string): Promise<ConsoleRecord> => {
      const { RecordDetail } = await catalog.send(new DescribeRecordCommand({ Id: id }));
      const errors = (RecordDetail?.RecordErrors ?? []).map(({ Description = '' }) => Description);
      return { id, status: RecordDetail?.Status ?? '', errors };
    },

    /** Such as `AVAILABLE`. */
    status: async (name: string): Promise<string> => {
      const { ProvisionedProductDetail: found } = await catalog.send(
        new DescribeProvisionedProductCommand({ Name: name }),
      );
      return found?.Status ?? '';
    },

    /** The stack of a product that was launched here, also once it is deleted. */
    stack: async (name: string): Promise<ConsoleStack> => {
      const StackName = await stackIdOf(name);
      const { Stacks: [stack] = [] } = await stacks.send(new DescribeStacksCommand({ StackName }));
      const events: ConsoleStack['events'][number][] = [];
      for await (const { StackEvents = [] } of paginateDescribeStackEvents(
        { client: stacks },
        { StackName },
      )) {
        for (const event of StackEvents) {
          events.unshift({
            resource: event.LogicalResourceId ?? '',
            status: event.ResourceStatus ?? '',
            reason: event.ResourceStatusReason,
            at: needed(event.Timestamp, 'the moment of an event'),
          });
        }
      }
      return {
        id: StackName,
        status: stack?.StackStatus ?? '',
        reason: stack?.StackStatusReason,
        outputs: Object.fromEntries(
          (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
        ),
        events,
      };
    },

    deleteStack: async (name: string): Promise<void> => {
      await stacks.send(new DeleteStackCommand({ StackName: await stackIdOf(name) }));
    },

    /** Takes an update back that is under way. */
    cancelUpdate: async (name: string): Promise<void> => {
      await stacks.send(new CancelUpdateStackCommand({ StackName: await stackIdOf(name) }));
    },
  };
};

const entries = (values: Values): { Key: string; Value: string }[] =>
  Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

/** @throws Error where the console does not show what somebody looks for */
const needed = <Value>(value: Value | undefined, what: string): Value => {
  if (value === undefined) throw new Error(`The console does not show ${what}`);
  return value;
};
