import { App } from 'aws-cdk-lib';
import cdk from '../cdk.json';
import type { Configuration } from './configuration';
import { homeRegion } from './names';
import { OrganizationStack } from './organization/organization-stack';

interface Options {
  /** Where the assembly is written; a temporary folder where left out. */
  readonly outdir?: string;
  /** On top of that of cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** All stacks of a deployment. Building them takes no credentials and no network. */
export const createGatehouse = (configuration: Configuration, { outdir, context }: Options = {}): App => {
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    context: { ...cdk.context, ...context },
    analyticsReporting: false,
  });
  const home = homeRegion(configuration);
  const { managementAccount } = configuration.organization;
  new OrganizationStack(app, 'gatehouse-organization', {
    configuration,
    env: { account: managementAccount, region: home },
  });
  return app;
};
