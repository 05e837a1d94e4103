import { FUNCTION, SECRET, WAITERS_TABLE } from '../../../infra/names';
import { type Session, Sessions } from '../../sandbox/aws/access';
import { createCloudFormation } from '../../sandbox/aws/cloudformation/cloudformation';
import { createTemplateStore } from '../../sandbox/aws/cloudformation/template-store';
import { Keys } from '../../sandbox/aws/kms/kms';
import { createLambda } from '../../sandbox/aws/lambda/lambda';
import type { Handler } from '../../sandbox/aws/lambda/functions';
import { createSandboxOrganization } from '../../sandbox/aws/organizations/sandbox-organization';
import { Secrets } from '../../sandbox/aws/secrets-manager';
import { type AwsCall, AwsError, type AwsService, NotModelled } from '../../sandbox/aws/service';
import { createServiceCatalog } from '../../sandbox/aws/service-catalog/service-catalog';
import { createSts } from '../../sandbox/aws/sts';
import { Journal } from '../../sandbox/journal';
import { DATA_PROD, HUB, PAYMENTS_DEV, REGION, RESEARCH } from '../../sandbox/organization';
import { type SimulatedProduct, simulatedProducts } from './catalogue';
import { ConnectionBroken, type Platform } from './platform';
import { keyPairOfWorlds, SEALING_KEY } from './sealing-key';
import { createTable, TableRefused } from './table';
import type { SimulatedTime } from './time';
import type { HttpCall, HttpReply, SdkCall } from './wires';

export const TENANTS = [PAYMENTS_DEV, DATA_PROD, RESEARCH] as const;
export const TENANT_ROLE = 'gatehouse/GatehouseTenant';
/** Of people in the console of a tenant account. */
const PERSON_ROLE = 'Engineer';
export const EXTERNAL_ID = 'gatehouse:the-simulated-site';
export const functionArn = (name: string): string => `arn:aws:lambda:${REGION}:${HUB}:function:${name}`;

/** How AWS behaves in one world. */
export interface AwsWeather {
  /** No stack event reaches the hub. */
  readonly losesStackEvents: boolean;
  /** Milliseconds after which Service Catalog has forgotten a provision token. */
  readonly tokenMemory: number;
  /** Milliseconds by which a record is behind its stack. */
  readonly recordDelay: number;
  readonly nameTaken: 'DuplicateResourceException' | 'InvalidParametersException';
  /** Milliseconds for which Lambda holds an asynchronous start of an execution in its queue. */
  readonly startsWait: number;
}

const JSON_TARGETS: Readonly<Record<string, string>> = {
  TrentService: 'kms',
  secretsmanager: 'secretsmanager',
  DynamoDB_20120810: 'dynamodb',
};

/** An error as an SDK client throws it. */
const sdkError = (code: string, message: string, status: number): Error =>
  Object.assign(new Error(message), {
    name: code,
    $fault: status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: status },
  });

/** How services throttle and fail, where not as most do: the error's name and status. */
const TROUBLE: Readonly<
  Record<string, Partial<Record<'throttled' | 'failed', readonly [code: string, status: number]>>>
> = {
  lambda: { throttled: ['TooManyRequestsException', 429], failed: ['ServiceException', 500] },
  sts: { throttled: ['Throttling', 400], failed: ['InternalFailure', 500] },
  cloudformation: { throttled: ['Throttling', 400], failed: ['InternalFailure', 500] },
  dynamodb: {
    throttled: ['ProvisionedThroughputExceededException', 400],
    failed: ['InternalServerError', 500],
  },
  secretsmanager: { failed: ['InternalServiceError', 500] },
  kms: { failed: ['KMSInternalException', 500] },
};
const trouble = (
  service: string,
  kind: 'throttled' | 'failed',
): readonly [code: string, message: string, status: number] => {
  const usual =
    kind === 'throttled'
      ? (['ThrottlingException', 400] as const)
      : (['InternalServerException', 500] as const);
  const [code, status] = TROUBLE[service]?.[kind] ?? usual;
  return [code, kind === 'throttled' ? 'Rate exceeded' : 'An internal error occurred', status];
};

const textIn = (input: unknown, member: string): string => {
  const value: unknown = (input as Readonly<Record<string, unknown>>)[member];
  return typeof value === 'string' ? value : '';
};

/**
 * The organization's AWS: the sandbox's stand-ins without their wire, since what is tried here is what happens between
 * calls. Who may call what is left to the journeys, whose stand-ins weigh every policy.
 */
export const createAws = (parts: {
  readonly time: SimulatedTime;
  readonly platform: Platform;
  readonly weather: AwsWeather;
  readonly secrets: { readonly webhook: string; readonly callback: string };
}) => {
  const { time, platform, weather } = parts;
  const journal = new Journal();
  const sessions = new Sessions();
  const organization = createSandboxOrganization(time.now);
  const templates = createTemplateStore();
  const lambda = createLambda({ clock: time, journal, statePageSize: 1000 });
  const cloudFormation = createCloudFormation({
    ...{ clock: time, templates, organization, lambda: lambda.service },
    emit: (event) => {
      if (weather.losesStackEvents) return;
      const { 'stack-id': stack, 'status-details': status } = event.detail as {
        readonly 'stack-id': string;
        readonly 'status-details': { readonly status: string };
      };
      platform.send(`stack event ${stack.split('/')[1] ?? ''} ${status.status}`, 1_000, () =>
        lambda.invokeAsynchronously(FUNCTION.wake, event),
      );
    },
  });
  const serviceCatalog = createServiceCatalog({
    ...{ clock: time, templates, organization, stacks: cloudFormation.stacks },
    roles: {
      arnOf: (account, name) =>
        `arn:aws:iam::${account}:role/${name === 'GatehouseTenant' ? TENANT_ROLE : name}`,
    },
    ...{ recordDelay: weather.recordDelay, tokenMemory: weather.tokenMemory, nameTaken: weather.nameTaken },
  });
  const keys = new Keys(keyPairOfWorlds);
  keys.create({ arn: SEALING_KEY, spec: 'RSA_4096', usage: 'ENCRYPT_DECRYPT' });
  const secrets = new Secrets(time.now);
  secrets.put(SECRET.webhook, JSON.stringify({ current: parts.secrets.webhook }));
  secrets.put(SECRET.callback, JSON.stringify({ current: parts.secrets.callback }));
  const table = createTable(WAITERS_TABLE);
  const sts = createSts({
    sessions,
    now: time.now,
    iam: {
      // The tenants' role trusts whoever says the external id; everything else of policies is not weighed here.
      authorize: ({ context = {} }) => {
        const given = context['sts:ExternalId'];
        return Promise.resolve({ allowed: given === undefined || given === EXTERNAL_ID } as never);
      },
    },
  });

  // The portfolio
  const home = { account: HUB, region: REGION };
  const portfolioId = serviceCatalog.seed.createPortfolio({
    ...home,
    name: 'Self service',
    provider: 'Platform',
  });
  const products = new Map(
    simulatedProducts(functionArn(FUNCTION.gate)).map((product) => {
      const { key, name, template } = product;
      const productId = serviceCatalog.seed.createProduct({ ...home, name, owner: 'Platform' });
      serviceCatalog.seed.addProduct(portfolioId, productId);
      const templateUrl = `https://templates.example/${key}`;
      const versionId = serviceCatalog.seed.addVersion({ productId, name: 'v1', templateUrl, template });
      return [key, { ...product, productId, versionId }] as const;
    }),
  );
  for (const roleName of [TENANT_ROLE, PERSON_ROLE]) {
    const arn = `arn:aws:iam:::role/${roleName}`;
    serviceCatalog.seed.associatePrincipal({ portfolioId, arn, type: 'IAM_PATTERN' });
  }
  serviceCatalog.seed.share({
    portfolioId,
    with: 'organization',
    sharePrincipals: true,
    shareTagOptions: true,
  });

  // The first launch of it in each account fails; what is launched again there succeeds.
  for (const account of TENANTS) {
    cloudFormation.failNext({
      account,
      resourceType: 'AWS::SNS::Topic',
      reason: 'The topic cannot be made.',
    });
  }

  const services: Readonly<Record<string, AwsService>> = {
    sts,
    servicecatalog: serviceCatalog.service,
    cloudformation: cloudFormation.service,
    lambda: lambda.service,
    secretsmanager: secrets.service,
    kms: keys.service,
    dynamodb: {
      handle: ({ operation, input }) => Promise.resolve().then(() => table.call(operation, input as never)),
    },
  };

  const role = (roleName: string, account: string): Session =>
    sessions.issue({
      principal: {
        ...{ account, roleName, sessionName: roleName, sourceIdentity: undefined, sessionTags: {} },
        arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${roleName}`,
      },
      expiresAt: undefined,
    });
  const bridgeRole = role('gatehouse-bridge', HUB);

  const called = async (call: {
    readonly service: string;
    readonly operation: string;
    readonly input: unknown;
    readonly region: string;
    readonly session: Session;
  }): Promise<object> => {
    const { service, operation, input, region, session } = call;
    if (session.expiresAt && session.expiresAt <= time.now()) {
      throw new AwsError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
        403,
      );
    }
    const served = services[service];
    if (!served) throw new NotModelled(`the service ${service}`);
    const asked = { operation, input, region, principal: session.principal };
    const output = await served.handle(asked);
    observed?.(asked, output);
    return output;
  };

  /** Whoever looks on from the outside is told of what each call did. */
  let observed: ((call: AwsCall, output: object) => void) | undefined;

  const sdk = async ({ service, operation, input, region, accessKeyId }: SdkCall): Promise<object> => {
    const session = sessions.find(accessKeyId);
    if (!session) throw sdkError('UnrecognizedClientException', 'The security token is invalid.', 403);
    try {
      return await platform.cross({
        ...{ service, operation },
        act: () => called({ service, operation, input, region, session }),
        throttled: () => {
          throw sdkError(...trouble(service, 'throttled'));
        },
        failed: () => {
          throw sdkError(...trouble(service, 'failed'));
        },
      });
    } catch (error) {
      if (error instanceof AwsError) throw sdkError(error.code, error.message, error.status);
      if (error instanceof ConnectionBroken) throw Object.assign(error, { name: 'TimeoutError' });
      throw error;
    }
  };

  const jsonAnswer = (body: object, headers?: Readonly<Record<string, string>>): HttpReply => ({
    status: 200,
    body: JSON.stringify(body, (_key, value: unknown) =>
      // What Buffer's own toJSON has made of bytes, the protocol writes in base64.
      isBytes(value) ? Buffer.from(value.data).toString('base64') : value,
    ),
    ...(headers && { headers }),
  });

  /** A call of the small functions' own signed fetch: which operation it is, and its input. */
  const meant = ({ method, url, headers, body }: HttpCall) => {
    const target = headers['x-amz-target'];
    if (target !== undefined) {
      const [prefix = '', operation = ''] = target.split('.');
      const input = JSON.parse(body.toString()) as Record<string, unknown>;
      const blob = input['CiphertextBlob'];
      return {
        service: JSON_TARGETS[prefix] ?? prefix,
        operation,
        input: typeof blob === 'string' ? { ...input, CiphertextBlob: Buffer.from(blob, 'base64') } : input,
      };
    }
    const [, , area = '', first = '', second = ''] = url.pathname.split('/').map(decodeURIComponent);
    const service = 'lambda';
    if (area === 'functions' && second === 'invocations') {
      return {
        ...{ service, operation: 'Invoke' },
        input: {
          ...{ FunctionName: first, Qualifier: url.searchParams.get('Qualifier') ?? undefined },
          InvocationType: headers['x-amz-invocation-type'],
          DurableExecutionName: headers['x-amz-durable-execution-name'],
          Payload: body,
        },
      };
    }
    if (area === 'functions' && second === 'durable-executions') {
      const DurableExecutionName = url.searchParams.get('DurableExecutionName') ?? undefined;
      return {
        service,
        operation: 'ListDurableExecutionsByFunction',
        input: { FunctionName: first, DurableExecutionName },
      };
    }
    if (area === 'durable-executions') {
      return { service, operation: 'GetDurableExecution', input: { DurableExecutionArn: first } };
    }
    if (area === 'durable-execution-callbacks' && second === 'succeed') {
      return { service, operation: 'SendDurableExecutionCallbackSuccess', input: { CallbackId: first } };
    }
    throw new NotModelled(`${method} ${url.pathname}`);
  };

  const refusal = (code: string, message: string, status: number): HttpReply => ({
    status,
    headers: { 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  });

  const signed = (call: HttpCall): Promise<HttpReply> => {
    const { service, operation, input } = meant(call);
    return platform.cross({
      ...{ service, operation },
      act: async () => {
        try {
          const output = await called({ service, operation, input, region: REGION, session: bridgeRole });
          const arn = textIn(output, 'DurableExecutionArn');
          return jsonAnswer(
            output,
            operation === 'Invoke' && arn ? { 'x-amz-durable-execution-arn': arn } : {},
          );
        } catch (error) {
          if (error instanceof AwsError) return refusal(error.code, error.message, error.status);
          if (error instanceof TableRefused) return refusal(error.code, error.message, 400);
          throw error;
        }
      },
      throttled: () => refusal(...trouble(service, 'throttled')),
      failed: () => refusal(...trouble(service, 'failed')),
    });
  };

  /** What is put to a pre-signed URL of CloudFormation's. */
  const uploaded = (call: HttpCall): Promise<HttpReply> =>
    platform.cross({
      ...{ service: 's3', operation: 'PutObject' },
      act: () => {
        const { method, url, headers, body } = call;
        const query = Object.fromEntries(url.searchParams);
        return cloudFormation.uploads.answer(
          { method, path: url.pathname, query, headers: { ...headers }, body },
          'request',
        );
      },
      throttled: () => ({ status: 503 }),
      failed: () => ({ status: 500 }),
    });

  return {
    lambda,
    cloudFormation,
    serviceCatalog,
    table,
    journal,
    sdk,
    products: products as ReadonlyMap<
      SimulatedProduct['key'],
      SimulatedProduct & { readonly productId: string; readonly versionId: string }
    >,
    http: (call: HttpCall): Promise<HttpReply> =>
      call.url.hostname.startsWith('cloudformation-') ? uploaded(call) : signed(call),

    /** What the bridge's functions find in their environment. */
    environment: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: bridgeRole.accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'unused',
      WAITERS_TABLE,
      OPERATION_FUNCTION: `${functionArn(FUNCTION.operation)}:live`,
      WEBHOOK_SECRET_ID: SECRET.webhook,
      CALLBACK_SECRET_ID: SECRET.callback,
      SEALED_VALUES_KEY: SEALING_KEY,
      TENANT_ROLE_NAME: TENANT_ROLE,
      EXTERNAL_ID,
      HOME_REGION: REGION,
    },

    /** @param limit milliseconds that one invocation may take */
    deploy: (
      name: string,
      limit: number,
      handler: (event: never, context: never) => Promise<unknown>,
      labelOf: (event: unknown) => string,
    ): void => {
      const durable = name === FUNCTION.operation;
      // The platform's limit is what ends an invocation; the stand-in's own, in seconds, never comes first.
      lambda.functions.register({
        ...{ name, account: HUB, region: REGION, role: name, timeoutSeconds: 10 * limit },
        handler: ((event, context) =>
          platform.run(labelOf(event), limit, () => handler(event, context as never))) satisfies Handler,
        ...(durable && {
          alias: 'live',
          durable: { executionTimeoutSeconds: 30 * 86_400, retentionDays: 30 },
        }),
      });
    },

    /** Somebody with the console of a tenant account. */
    person: (account: string): Session => role(PERSON_ROLE, account),
    call: called,
    observe: (listener: typeof observed): void => {
      observed = listener;
    },
  };
};
export type Aws = ReturnType<typeof createAws>;

const isBytes = (value: unknown): value is { readonly data: readonly number[] } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'Buffer' &&
  'data' in value;
