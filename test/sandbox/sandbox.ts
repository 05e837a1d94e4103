import { randomBytes } from 'node:crypto';
import { type AtlassianOptions, startAtlassian } from './atlassian/atlassian';
import { STATUS } from './atlassian/workflow';
import { startAws } from './aws/aws';
import { createCloudFormation } from './aws/cloudformation/cloudformation';
import { createTemplateStore } from './aws/cloudformation/template-store';
import { createEc2 } from './aws/ec2/ec2';
import { EventBus } from './aws/event-bus';
import { startHttpApi } from './aws/http-api';
import { roleArn } from './aws/iam/role';
import { createS3 } from './aws/s3/s3';
import type { KeyPairOf } from './aws/kms/key-pair';
import { createOrganizations } from './aws/organizations/organizations';
import { createSandboxOrganization } from './aws/organizations/sandbox-organization';
import { createServiceCatalog, type ServiceCatalogOptions } from './aws/service-catalog/service-catalog';
import { registerBridge } from './bridge';
import { DrivenClock } from './clock';
import { createConsole } from './console';
import { consoleRoles } from './console-roles';
import type { Assembly } from './deployment/assembly';
import { deploy } from './deployment/deploy';
import { Functions } from './deployment/functions';
import { HttpApis } from './deployment/http-apis';
import { createRoles } from './deployment/roles';
import { sandboxAssembly } from './deployment/sandbox-assembly';
import { Faults } from './faults';
import { Journal } from './journal';
import { addNetworks } from './networks';
import { ACCOUNTS, DATA_PROD, PAYMENTS_DEV, REGION, RESEARCH } from './organization';
import { portfolioOf } from './portfolio';
import { createRandom } from './random';
import {
  APPROVERS_FIELD,
  newWebhookSecret,
  ORGANIZATION,
  PERSON,
  type PersonName,
  REQUEST_TYPE,
} from './site';
import { SECRET } from '../../infra/names';

// The functions are deployed on Node 24. That the AWS SDK will leave Node 20 concerns only the machine of this sandbox.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export interface SandboxOptions {
  readonly atlassian?: Pick<AtlassianOptions, 'requestTypes' | 'organizations' | 'settings' | 'hops'>;
  readonly serviceCatalog?: Pick<
    ServiceCatalogOptions,
    'recordDelay' | 'tokenMemory' | 'nameTaken' | 'badParameters'
  >;
  /** Takes what the bridge's functions and the app log; nobody does by default. */
  readonly log?: (line: object) => void;
  readonly seed?: number;
  /** Where secrets come from: a sandbox that is to be the same once more draws the same. */
  readonly randomBytes?: (count: number) => Buffer;
  /** Where the keys of KMS come from: a sandbox that is to open what another one sealed has the same. */
  readonly keyPairOf?: KeyPairOf | undefined;
  /** Nobody has opened the settings page yet: the app has neither secrets nor settings. */
  readonly notSetUp?: true;
  /** What is deployed instead of all that `infra` synthesizes. */
  readonly infrastructure?: (whole: Assembly) => Assembly;
}

/** Starts everything: an AWS Organization with the bridge in its hub, and a Jira site with the app installed. */
export const startSandbox = async (options: SandboxOptions = {}) => {
  const open: { close: () => Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    const closed = await Promise.allSettled(open.splice(0).map((started) => started.close()));
    for (const result of closed) if (result.status === 'rejected') throw result.reason;
  };
  try {
    return { ...(await start(options, open)), close };
  } catch (error) {
    // A server that stays open would keep the process alive.
    await close();
    throw error;
  }
};

const start = async (options: SandboxOptions, open: { close: () => Promise<void> }[]) => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const faults = new Faults();
  const log = options.log ?? (() => undefined);

  // AWS, an organization in which nothing of Gatehouse exists
  const organization = createSandboxOrganization(clock.now);
  const bus = new EventBus(clock, journal);
  const templates = createTemplateStore();
  const cloudFormation = createCloudFormation({
    ...{ clock, journal, templates, organization, emit: bus.put },
    lambda: { handle: (call) => aws.lambda.service.handle(call) },
    iam: {
      authorize: (request) => aws.iam.authorize(request),
      putResourcePolicy: (arn, document) => aws.iam.putResourcePolicy(arn, document),
    },
  });
  addNetworks(cloudFormation.inventory);
  const serviceCatalog = createServiceCatalog({
    clock,
    templates,
    organization,
    stacks: cloudFormation.stacks,
    roles: {
      arnOf: (account, name) => {
        const role = aws.iam.role(account, name);
        return role && roleArn(role);
      },
    },
    ...options.serviceCatalog,
  });
  const aws = await startAws({
    clock,
    journal,
    faults,
    services: {
      servicecatalog: serviceCatalog.service,
      cloudformation: cloudFormation.service,
      ec2: createEc2(cloudFormation),
      s3: createS3(templates),
      preSigned: cloudFormation.uploads,
      organizations: createOrganizations(organization),
    },
    roles: consoleRoles(ACCOUNTS.map(({ id }) => id)),
    keyPairOf: options.keyPairOf,
  });
  open.push(aws);

  // What `infra` synthesizes is deployed into it
  const { infrastructure = (whole: Assembly) => whole } = options;
  const roles = createRoles(aws.iam);
  const functions = new Functions();
  const apis = new HttpApis();
  const deployment = await deploy(infrastructure(await sandboxAssembly()), {
    catalog: serviceCatalog.seed,
    tagOptions: new Map(),
    ...{ templates, organization, bus, roles, functions, apis },
    secrets: aws.secrets,
    customerKeys: aws.customerKeys,
    keys: aws.keys,
    topics: aws.topics,
    createTable: aws.createTable,
    invokeAsynchronously: aws.lambda.invokeAsynchronously,
    environmentFor: aws.environmentFor,
    now: clock.now,
    wait: (span) => clock.advance(span),
    every: (period, what, run) => clock.every(period, what, run),
  });
  const portfolio = portfolioOf(deployment);
  const api = await startHttpApi({
    journal,
    faults,
    now: clock.now,
    routes: Object.fromEntries(
      apis.routes.map(({ key, account, functionArn, sourceArn }) => [
        key,
        async (event: object) => {
          const gateway = { service: 'apigateway.amazonaws.com', sourceArn, sourceAccount: account };
          if (!(await roles.mayDo(gateway, 'lambda:InvokeFunction', functionArn)))
            throw new Error(`${sourceArn} may not invoke ${functionArn}`);
          return aws.lambda.invoke(functions.get(functionArn).name, event);
        },
      ]),
    ),
  });
  open.push(api);

  // Secrets: one a direction, which their stack made without a value. Each side gets its own copy.
  const { randomBytes: unguessable = randomBytes } = options;
  const secrets = { webhook: newWebhookSecret(unguessable), callback: newWebhookSecret(unguessable) };
  for (const direction of ['webhook', 'callback'] as const) {
    const name = SECRET[direction];
    if (!aws.secrets.find(name)) throw new Error(`Secrets Manager can't find the secret ${name}.`);
    aws.secrets.put(name, JSON.stringify({ current: secrets[direction] }));
  }

  // Jira and Forge
  const atlassian = await startAtlassian({
    clock,
    journal,
    faults,
    bridgeUrl: () => api.endpoint,
    loadApp: async () => {
      const { createApp } = await import('../../forge-app/app');
      const deployed = {
        GATEHOUSE_WEBHOOK_SECRET: secrets.webhook,
        GATEHOUSE_CALLBACK_SECRETS: secrets.callback,
      };
      const env = { BRIDGE_URL: api.endpoint, ...(options.notSetUp ? {} : deployed) };
      return createApp({
        env,
        now: clock.now,
        random: createRandom(options.seed ?? 1),
        unguessable,
        report: (problem) => log({ problem }),
      });
    },
    ...options.atlassian,
  });
  open.push(atlassian);

  registerBridge(functions.all, { aws, atlassian, log, now: clock.now });

  // The project
  const settings = {
    products: portfolio.products.flatMap(({ productId }) => [
      { productId, requestTypeId: REQUEST_TYPE.approved },
      { productId, requestTypeId: REQUEST_TYPE.unapproved, approval: 'none' },
    ]),
    accounts: [
      { id: PAYMENTS_DEV, name: 'payments-dev', regions: [REGION], organizations: [ORGANIZATION.payments] },
      { id: DATA_PROD, name: 'data-prod', regions: [REGION], organizations: [ORGANIZATION.research] },
      { id: RESEARCH, name: 'research', regions: [REGION], organizations: 'everyone' },
    ],
    gates: {
      requestTypeId: REQUEST_TYPE.gate,
      approversField: APPROVERS_FIELD,
      approvers: [PERSON.approver, PERSON['other-approver']],
    },
    separationOfDuties: true,
    statuses: STATUS,
  };
  if (!options.notSetUp) {
    await atlassian.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
  }
  atlassian.lifecycle('installed');

  return {
    clock,
    journal,
    faults,
    bus,
    aws,
    cloudFormation,
    serviceCatalog,
    organization,
    deployment,
    portfolio,
    atlassian,
    site: atlassian.site,
    settings,
    bridgeUrl: api.endpoint,
    secrets,
    /** The AWS console of an account, and somebody in front of it. */
    consoleOf: (account = PAYMENTS_DEV, who: PersonName = 'employee') =>
      createConsole({ aws, portfolio, account, region: REGION, who: `${who}@example.com` }),
  };
};
export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
