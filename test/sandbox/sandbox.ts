import { composeCatalog } from '../../aws-bridge/catalog/compose';
import { composeIngress } from '../../aws-bridge/ingress/compose';
import { composeOperation } from '../../aws-bridge/operation/compose';
import { composeWake } from '../../aws-bridge/wake/compose';
import { type AtlassianOptions, startAtlassian } from './atlassian/atlassian';
import { STATUS } from './atlassian/workflow';
import { startAws } from './aws/aws';
import { createCloudFormation } from './aws/cloudformation/cloudformation';
import { createTemplateStore } from './aws/cloudformation/template-store';
import { defaultBus, EventBus } from './aws/event-bus';
import { startHttpApi } from './aws/http-api';
import type { Handler } from './aws/lambda/functions';
import { createSandboxOrganization } from './aws/organizations/sandbox-organization';
import { createServiceCatalog, type ServiceCatalogOptions } from './aws/service-catalog/service-catalog';
import { DrivenClock } from './clock';
import { Faults } from './faults';
import { Journal } from './journal';
import {
  ACCOUNTS,
  CALLBACK_SECRET_ID,
  CATALOG,
  DATA_PROD,
  EXTERNAL_ID,
  HUB,
  INGRESS,
  OPERATION,
  OPERATION_FUNCTION,
  PAYMENTS_DEV,
  REGION,
  RESEARCH,
  ROLES,
  roleArn,
  TENANT_ROLE_NAME,
  WAITERS_TABLE,
  WAKE,
  WEBHOOK_SECRET_ID,
} from './organization';
import { createPortfolio } from './portfolio';
import { newWebhookSecret, ORGANIZATION, REQUEST_TYPE, SITE_ID } from './site';

const DAY = 86_400;

// The functions are deployed on Node 24. That the AWS SDK will leave Node 20 concerns only the machine of this sandbox.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

export interface SandboxOptions {
  readonly atlassian?: Pick<AtlassianOptions, 'requestTypes' | 'organizations' | 'settings'>;
  readonly serviceCatalog?: Pick<
    ServiceCatalogOptions,
    'recordDelay' | 'tokenMemory' | 'nameTaken' | 'badParameters'
  >;
  /** Takes what the bridge's functions and the app log; nobody does by default. */
  readonly log?: (line: object) => void;
  readonly seed?: number;
}

/** Deterministic numbers in [0, 1) for the app's jitter (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

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

  // AWS
  const bus = new EventBus(clock, journal);
  const templates = createTemplateStore();
  const cloudFormation = createCloudFormation({ clock, journal, templates, emit: bus.put });
  const serviceCatalog = createServiceCatalog({
    clock,
    templates,
    stacks: cloudFormation.stacks,
    organization: createSandboxOrganization(clock.now),
    roles: {
      arnOf: (account, name) => {
        const role = ROLES.find(
          (known) => known.account === account && known.name.split('/').at(-1) === name,
        );
        return role && roleArn(role);
      },
    },
    ...options.serviceCatalog,
  });
  const portfolio = createPortfolio(serviceCatalog.seed);
  const aws = await startAws({
    clock,
    journal,
    faults,
    services: { servicecatalog: serviceCatalog.service, cloudformation: cloudFormation.service },
  });
  open.push(aws);
  const api = await startHttpApi({
    journal,
    faults,
    now: clock.now,
    routes: {
      'POST /webhook': (event) => aws.lambda.invoke(INGRESS, event),
      'POST /catalog': (event) => aws.lambda.invoke(CATALOG, event),
    },
  });
  open.push(api);

  // Secrets: one a direction. Each side gets its own copy, as a deployment would bring it.
  const secrets = { webhook: newWebhookSecret(), callback: newWebhookSecret() };
  aws.secrets.put(WEBHOOK_SECRET_ID, JSON.stringify({ current: secrets.webhook }));
  aws.secrets.put(CALLBACK_SECRET_ID, JSON.stringify({ current: secrets.callback }));

  // Jira and Forge
  const atlassian = await startAtlassian({
    clock,
    journal,
    faults,
    bridgeUrl: () => api.endpoint,
    loadApp: async () => {
      const { createApp } = await import('../../forge-app/app');
      const env = { GATEHOUSE_WEBHOOK_SECRET: secrets.webhook, GATEHOUSE_CALLBACK_SECRETS: secrets.callback };
      return createApp({
        env,
        now: clock.now,
        random: seeded(options.seed ?? 1),
        report: (problem) => log({ problem }),
      });
    },
    ...options.atlassian,
  });
  open.push(atlassian);

  // The bridge's functions
  const register = (
    name: string,
    handler: Handler,
    more?: { alias: string; durable: { executionTimeoutSeconds: number; retentionDays: number } },
  ): void =>
    aws.registerFunction({
      name,
      handler,
      account: HUB,
      region: REGION,
      role: name,
      timeoutSeconds: 60,
      ...more,
    });
  const environment = (name: string) => ({
    ...aws.environmentFor(name, HUB),
    SITE_ID,
    FORGE_APP_ID: atlassian.appId,
    FORGE_JWKS_URL: atlassian.jwksUrl,
    WEBHOOK_SECRET_ID,
    CALLBACK_SECRET_ID,
    CALLBACK_URL: atlassian.webTriggerUrl('bridge-callback'),
    OPERATION_FUNCTION,
    PORTFOLIOS: JSON.stringify({ [REGION]: portfolio.id }),
    TENANT_ROLE_NAME,
    EXTERNAL_ID,
    WAITERS_TABLE,
  });
  const now = clock.now;
  register(INGRESS, composeIngress(environment(INGRESS), now, log));
  register(CATALOG, composeCatalog(environment(CATALOG), now, log));
  register(WAKE, composeWake(environment(WAKE), now, log));
  register(OPERATION, composeOperation(environment(OPERATION), now, log), {
    alias: 'live',
    durable: { executionTimeoutSeconds: 31 * DAY, retentionDays: 14 },
  });
  for (const { id } of ACCOUNTS) {
    bus.addRule({
      name: 'gatehouse-stack-events',
      bus: defaultBus(id, REGION),
      pattern: { source: ['aws.cloudformation'], 'detail-type': ['CloudFormation Stack Status Change'] },
      target: (event) => aws.lambda.invokeAsynchronously(WAKE, event),
    });
  }

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
    separationOfDuties: true,
    statuses: STATUS,
  };
  await atlassian.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
  atlassian.lifecycle('installed');

  return {
    clock,
    journal,
    faults,
    bus,
    aws,
    cloudFormation,
    serviceCatalog,
    portfolio,
    atlassian,
    site: atlassian.site,
    settings,
    bridgeUrl: api.endpoint,
    secrets,
  };
};
export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
