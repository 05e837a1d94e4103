import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Configuration } from '../../../infra/configuration';
import { BridgeStack } from '../../../infra/bridge/bridge-stack';
import { aConfiguration } from '../../builders/configuration';

export const HUB = '100000000002';
export const HOME = 'eu-west-1';

export const bridgeIn = (app: App, configuration: Configuration): BridgeStack =>
  new BridgeStack(app, 'gatehouse-bridge', {
    configuration,
    portfolios: Object.fromEntries(configuration.regions.map((region) => [region, `port-${region}`])),
    env: { account: HUB, region: HOME },
  });

/** The bridge's template; the functions' code is not bundled. */
export const bridgeTemplate = (configuration = aConfiguration()): Template =>
  Template.fromStack(bridgeIn(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), configuration));

/** The bridge with its functions bundled into a folder, as it is deployed. */
export const bundledBridge = (outdir: string): { template: Template; manifest: string } => {
  const app = new App({ outdir });
  const template = Template.fromStack(bridgeIn(app, aConfiguration()));
  return { template, manifest: `${outdir}/gatehouse-bridge.assets.json` };
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The one resource of a type with these properties, whose values are compared as they are in the template. */
export const theResource = (
  template: Template,
  type: string,
  properties: object = {},
): Resource & { readonly id: string } => {
  const found = Object.entries(template.findResources(type, { Properties: properties }));
  const [one] = found;
  if (!one || found.length !== 1)
    throw new Error(`${found.length} resources ${type} have ${JSON.stringify(properties)}`);
  return { id: one[0], ...(one[1] as Resource) };
};
