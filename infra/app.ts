import { App, type Stack } from 'aws-cdk-lib';
import cdk from '../cdk.json';
import { catalogue as offered } from '../products/catalogue';
import type { Product } from '../products/product';
import { BridgeStack } from './bridge/bridge-stack';
import { GateStack } from './bridge/gate-stack';
import type { Configuration } from './configuration';
import { HubStack } from './hub/hub-stack';
import { homeRegion } from './names';
import { OrganizationStack } from './organization/organization-stack';
import { TenantStack } from './tenant/tenant-stack';
import { TenantsStack } from './tenant/tenants-stack';

interface Options {
  /** Where the assembly is written; a temporary folder where left out. */
  readonly outdir?: string;
  /** Whether CDK holds each template against CloudFormation's schemas as well; takes seconds. */
  readonly validated?: boolean;
  /** On top of that of cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** What the portfolio offers; `products/catalogue.ts` where left out. */
  readonly catalogue?: readonly Product[];
}

/** Says in the console, in bills and in policies what a resource belongs to. */
const TAG = 'gatehouse';

/**
 * All stacks of a deployment. Building them takes no credentials and no network.
 *
 * A stack depends on another where AWS would refuse it before: the share needs a delegated administrator, a launch
 * constraint by local name needs that role in the hub account, the bridge needs the ids of the portfolios, and the rules
 * of tenants need the bridge's event bus.
 */
export const createGatehouse = (
  configuration: Configuration,
  { outdir, validated = false, context, catalogue = offered }: Options = {},
): App => {
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    context: { ...cdk.context, ...context },
    analyticsReporting: false,
    builtinCloudFormationValidation: validated,
  });
  const home = homeRegion(configuration);
  const inHub = (region: string) => ({ env: { account: configuration.hubAccount, region } });
  /** The home region's stacks are called as if there were no other. */
  const inRegion = (name: string, region: string): string => (region === home ? name : `${name}-${region}`);

  const organization = tagged(
    new OrganizationStack(app, 'gatehouse-organization', {
      configuration,
      env: { account: configuration.organization.managementAccount, region: home },
    }),
    'organization',
  );
  const hubs = configuration.regions.map((region) => {
    const tenant = tagged(
      new TenantStack(app, inRegion('gatehouse-tenant', region), {
        configuration,
        catalogue,
        ...inHub(region),
      }),
      'tenant',
    );
    const hub = tagged(
      new HubStack(app, inRegion('gatehouse-hub', region), { configuration, catalogue, ...inHub(region) }),
      'hub',
    );
    hub.addStackDependency(organization);
    return { region, tenant, hub };
  });
  const [homeTenant] = hubs.map(({ tenant }) => tenant);
  for (const { tenant, hub } of hubs) {
    // IAM is global: the roles of every region are those that the home region's stack makes.
    if (homeTenant !== undefined) {
      if (tenant !== homeTenant) tenant.addStackDependency(homeTenant);
      hub.addStackDependency(homeTenant);
    }
  }
  const portfolios = Object.fromEntries(hubs.map(({ region, hub }) => [region, hub.portfolioId]));
  const bridge = tagged(
    new BridgeStack(app, 'gatehouse-bridge', {
      configuration,
      portfolios,
      ...inHub(home),
    }),
    'bridge',
  );
  for (const region of configuration.regions) {
    if (region === home) continue;
    tagged(
      new GateStack(app, inRegion('gatehouse-gate', region), {
        configuration,
        home: bridge.keys,
        ...inHub(region),
      }),
      'bridge',
    );
  }
  const tenants = tagged(
    new TenantsStack(app, 'gatehouse-tenants', { configuration, catalogue, portfolios, ...inHub(home) }),
    'tenants',
  );
  tenants.addStackDependency(organization);
  tenants.addStackDependency(bridge);
  return app;
};

const tagged = <Tagged extends Stack>(stack: Tagged, part: string): Tagged => {
  stack.addStackTag(TAG, part);
  return stack;
};
