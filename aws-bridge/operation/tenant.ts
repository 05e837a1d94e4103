import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeProvisionedProductCommand,
  DescribeRecordCommand,
  ListLaunchPathsCommand,
  ListRecordHistoryCommand,
  ProvisionProductCommand,
  type ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import type { Output } from '../contract/progress';
import { type AwsServiceCalled, AwsFailure, awsFailure, isOfItsCredentials } from './aws-failure';
import type { StackEvent } from './stack-failure';
import {
  LaunchPathsAnswer,
  ProvisionedProductAnswer,
  ProvisionProductAnswer,
  RecordAnswer,
  RecordHistoryAnswer,
  StackEventsAnswer,
  StackResourceAnswer,
  StacksAnswer,
} from './tenant-answers';
import type { LaunchPath, Tenant } from './tenant-port';

/** Outputs come in pages of at most twenty. */
const OUTPUTS_A_PAGE = 20;
/** Pages of stack events, a hundred each, that are read at most to find what failed first. */
const MOST_EVENT_PAGES = 20;
/** A provisioned product has one record of this type; those of updates and of its termination have others. */
const LAUNCH = 'PROVISION_PRODUCT';
/** How CloudFormation says that it does not know a stack, or a stack a resource: as a mistake in the question. */
const UNKNOWN = /does not exist/i;
const DONE = new Set(['SUCCEEDED', 'FAILED']);

/**
 * The tenant account through Service Catalog and CloudFormation, whose clients carry the session's credentials.
 * @param clients.expired is called where AWS says that these credentials are too old, or does not know them
 */
export const createTenant = (clients: {
  readonly serviceCatalog: ServiceCatalogClient;
  readonly cloudFormation: CloudFormationClient;
  readonly expired: () => void;
}): Tenant => {
  const { serviceCatalog, cloudFormation } = clients;

  const translating = async <T>(service: AwsServiceCalled, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      const failure = awsFailure(service, error);
      if (failure instanceof AwsFailure && isOfItsCredentials(failure)) clients.expired();
      throw failure;
    }
  };
  const asking = <T>(call: () => Promise<T>) => translating('servicecatalog', call);

  const recordPage = async (id: string, pageToken: string | undefined) =>
    RecordAnswer.parse(
      await serviceCatalog.send(
        new DescribeRecordCommand({ Id: id, PageSize: OUTPUTS_A_PAGE, PageToken: pageToken }),
      ),
    );

  return {
    launchPaths: (productId) =>
      asking(async () => {
        const paths: LaunchPath[] = [];
        for (let page: string | undefined, first = true; first || page; first = false) {
          const answer = LaunchPathsAnswer.parse(
            await serviceCatalog.send(new ListLaunchPathsCommand({ ProductId: productId, PageToken: page })),
          );
          paths.push(...answer.LaunchPathSummaries.map(({ Id, Name }) => ({ id: Id, name: Name })));
          page = answer.NextPageToken;
        }
        return paths;
      }),

    provision: (request) =>
      asking(async () => {
        const answer = await serviceCatalog.send(
          new ProvisionProductCommand({
            ProductId: request.productId,
            ProvisioningArtifactId: request.provisioningArtifactId,
            PathId: request.pathId,
            ProvisionedProductName: request.provisionedProductName,
            ProvisionToken: request.provisionToken,
            ProvisioningParameters: keyValues(request.parameters),
            Tags: keyValues(request.tags),
          }),
        );
        const record = ProvisionProductAnswer.parse(answer).RecordDetail;
        return {
          id: record.RecordId,
          status: record.Status,
          provisionedProductId: record.ProvisionedProductId,
          provisionedProductType: record.ProvisionedProductType,
        };
      }),

    provisionedProduct: (which) =>
      asking(async () => {
        const answer = await serviceCatalog.send(
          new DescribeProvisionedProductCommand('id' in which ? { Id: which.id } : { Name: which.name }),
        );
        const product = ProvisionedProductAnswer.parse(answer).ProvisionedProductDetail;
        return {
          id: product.Id,
          name: product.Name,
          type: product.Type,
          status: product.Status,
          provisionToken: product.IdempotencyToken,
        };
      }),

    record: (id) =>
      asking(async () => {
        const first = await recordPage(id, undefined);
        const outputs: Output[] = [];
        for (let page = first; ; page = await recordPage(id, page.NextPageToken)) {
          outputs.push(...page.RecordOutputs.map(outputOf));
          if (!DONE.has(first.RecordDetail.Status) || !page.NextPageToken) break;
        }
        return {
          status: first.RecordDetail.Status,
          errors: first.RecordDetail.RecordErrors.map(({ Code, Description }) => ({
            code: Code,
            description: Description,
          })),
          outputs,
        };
      }),

    launchRecord: (provisionedProductId) =>
      asking(async () => {
        for (let page: string | undefined, first = true; first || page; first = false) {
          const answer = RecordHistoryAnswer.parse(
            await serviceCatalog.send(
              new ListRecordHistoryCommand({
                AccessLevelFilter: { Key: 'Role', Value: 'self' },
                SearchFilter: { Key: 'provisionedproduct', Value: provisionedProductId },
                PageToken: page,
              }),
            ),
          );
          const launch = answer.RecordDetails.find(({ RecordType }) => RecordType === LAUNCH);
          if (launch) return { id: launch.RecordId, status: launch.Status };
          page = answer.NextPageToken;
        }
        return undefined;
      }),

    stackEvents: (stackName, more) =>
      translating('cloudformation', async () => {
        const events: StackEvent[] = [];
        for (let page: string | undefined, read = 0; read < MOST_EVENT_PAGES; read++) {
          const answer = StackEventsAnswer.parse(
            await cloudFormation.send(
              new DescribeStackEventsCommand({ StackName: stackName, NextToken: page }),
            ),
          );
          events.push(...answer.StackEvents.map(eventOf));
          page = answer.NextToken;
          if (!page || !more(events)) break;
        }
        return events;
      }),

    stack: (stackId) =>
      unlessUnknown(
        translating('cloudformation', async () => {
          const answer = StacksAnswer.parse(
            await cloudFormation.send(new DescribeStacksCommand({ StackName: stackId })),
          );
          const [stack] = answer.Stacks;
          return { status: stack.StackStatus, outputs: stack.Outputs.map(outputOf) };
        }),
      ),

    physicalId: (stackId, logicalId) =>
      unlessUnknown(
        translating('cloudformation', async () => {
          const answer = StackResourceAnswer.parse(
            await cloudFormation.send(
              new DescribeStackResourceCommand({ StackName: stackId, LogicalResourceId: logicalId }),
            ),
          );
          return answer.StackResourceDetail.PhysicalResourceId;
        }),
      ),
  };
};

const unlessUnknown = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    const unknown =
      error instanceof AwsFailure && error.code === 'ValidationError' && UNKNOWN.test(error.words);
    if (unknown) return undefined;
    throw error;
  }
};

const keyValues = (members: Readonly<Record<string, string>>): { Key: string; Value: string }[] =>
  Object.entries(members).map(([Key, Value]) => ({ Key, Value }));

const outputOf = (output: RecordAnswer['RecordOutputs'][number]): Output => ({
  key: output.OutputKey,
  value: output.OutputValue,
  ...(output.Description !== undefined && { description: output.Description }),
});

const eventOf = (event: StackEventsAnswer['StackEvents'][number]): StackEvent => ({
  stackId: event.StackId,
  logicalId: event.LogicalResourceId,
  physicalId: event.PhysicalResourceId,
  type: event.ResourceType,
  status: event.ResourceStatus,
  reason: event.ResourceStatusReason,
});
