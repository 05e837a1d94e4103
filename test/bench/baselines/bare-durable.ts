import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeRecordCommand,
  ListLaunchPathsCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  type DurableExecutionHandler,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';

/**
 * A baseline: a durable function with the clients that the operation function has, and nothing between them and the steps. It
 * launches, looks, waits and tells; it checks nothing, and what AWS refuses ends it.
 */

type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds before the end of a session from which it is not used any more. */
const MARGIN = 5 * 60_000;
/** Seconds between two looks where nobody wakes it. */
const TIME_LIMIT = 300;

export interface BareDurablePorts {
  readonly sts: Pick<STSClient, 'send'>;
  readonly serviceCatalogIn: (region: string, session: Credentials) => Pick<ServiceCatalogClient, 'send'>;
  readonly cloudFormationIn: (region: string, session: Credentials) => Pick<CloudFormationClient, 'send'>;
  /** Absent where only time limits wake it. */
  readonly register?: (stack: string, callbackId: string) => Promise<void>;
  readonly tell: (body: string) => Promise<void>;
  readonly durableExecutionClient: DurableExecutionClient;
}

interface Operation {
  readonly operationId: string;
  readonly requestKey: string;
  readonly order: {
    readonly productId: string;
    readonly provisioningArtifactId: string;
    readonly account: string;
    readonly region: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly name: string;
  };
}

const keys = (session: Credentials) => ({
  accessKeyId: session.AccessKeyId ?? '',
  secretAccessKey: session.SecretAccessKey ?? '',
  sessionToken: session.SessionToken ?? '',
});

const onAws = (env: Environment): BareDurablePorts => ({
  sts: new STSClient(),
  serviceCatalogIn: (region, session) => new ServiceCatalogClient({ region, credentials: keys(session) }),
  cloudFormationIn: (region, session) => new CloudFormationClient({ region, credentials: keys(session) }),
  tell: async (body) => {
    const answer = await fetch(env['CALLBACK_URL'] ?? '', { method: 'POST', body });
    if (!answer.ok) throw new Error(`The app answered ${answer.status}`);
  },
  durableExecutionClient: new DurableExecutionApiClient(new LambdaClient()),
});

/** @param env TENANT_ROLE_NAME, EXTERNAL_ID and CALLBACK_URL; the clients find the rest for themselves */
export const composeBareDurable = (
  env: Environment,
  now: () => Date = () => new Date(),
  ports: BareDurablePorts = onAws(env),
) => {
  const sessions = new Map<string, { readonly session: Credentials; readonly until: number }>();
  const paths = new Map<string, string>();

  const enter = async ({ operationId, requestKey, order }: Operation): Promise<Credentials> => {
    const known = sessions.get(operationId);
    if (known && now().getTime() < known.until) return known.session;
    const { Credentials } = await ports.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${order.account}:role/${env['TENANT_ROLE_NAME'] ?? ''}`,
        RoleSessionName: requestKey,
        ExternalId: env['EXTERNAL_ID'],
      }),
    );
    if (!Credentials) throw new Error(`AssumeRole in ${order.account} answered without credentials`);
    sessions.clear();
    sessions.set(operationId, {
      session: Credentials,
      until: (Credentials.Expiration?.getTime() ?? 0) - MARGIN,
    });
    return Credentials;
  };

  const launch = async (operation: Operation) => {
    const { operationId, order } = operation;
    const serviceCatalog = ports.serviceCatalogIn(order.region, await enter(operation));
    const place = `${order.account} ${order.region} ${order.productId}`;
    let path = paths.get(place);
    if (path === undefined) {
      const listed = await serviceCatalog.send(new ListLaunchPathsCommand({ ProductId: order.productId }));
      path = listed.LaunchPathSummaries?.[0]?.Id ?? '';
      paths.set(place, path);
    }
    const { RecordDetail } = await serviceCatalog.send(
      new ProvisionProductCommand({
        ProductId: order.productId,
        ProvisioningArtifactId: order.provisioningArtifactId,
        PathId: path,
        ProvisionedProductName: `${order.name}-${operationId.slice(-10)}`,
        ProvisionToken: operationId,
        ProvisioningParameters: Object.entries(order.parameters).map(([Key, Value]) => ({ Key, Value })),
        Tags: Object.entries(order.tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return {
      record: RecordDetail?.RecordId ?? '',
      stack: `SC-${order.account}-${RecordDetail?.ProvisionedProductId ?? ''}`,
      status: RecordDetail?.Status ?? '',
    };
  };

  const look = async (operation: Operation, record: string) => {
    const serviceCatalog = ports.serviceCatalogIn(operation.order.region, await enter(operation));
    const { RecordDetail, RecordOutputs = [] } = await serviceCatalog.send(
      new DescribeRecordCommand({ Id: record }),
    );
    return { status: RecordDetail?.Status ?? '', outputs: RecordOutputs };
  };

  const explain = async (operation: Operation, stack: string) => {
    const cloudFormation = ports.cloudFormationIn(operation.order.region, await enter(operation));
    const { StackEvents = [] } = await cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: stack }),
    );
    return StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
  };

  const handler: DurableExecutionHandler<Operation, { readonly status: string }> = async (
    operation,
    context,
  ) => {
    const { operationId } = operation;
    let told = 0;
    const tell = async (found: object): Promise<void> => {
      const sequence = (told += 1);
      await context.step(`tell ${sequence}`, () =>
        ports.tell(JSON.stringify({ operationId, sequence, ...found })),
      );
    };

    const launched = await context.step('launch', () => launch(operation));
    for (let n = 1; ; n++) {
      const [woken, callbackId] = await context.createCallback(`stack event ${n}`, {
        timeout: { seconds: TIME_LIMIT },
      });
      await context.step(
        `register ${n}`,
        () => ports.register?.(launched.stack, callbackId) ?? Promise.resolve(),
      );
      if (n === 1) await tell({ status: launched.status });
      const found = await context.step(`describe ${n}`, () => look(operation, launched.record));
      if (found.status === 'FAILED') {
        const reason = await context.step('explain', () => explain(operation, launched.stack));
        await tell({ ...found, reason });
        return { status: found.status };
      }
      if (found.status === 'SUCCEEDED') {
        await tell(found);
        return { status: found.status };
      }
      // Woken, or not in time: it looks again either way.
      await woken.catch(() => undefined);
    }
  };
  return withDurableExecution(handler, { durableExecutionClient: ports.durableExecutionClient });
};
