import { CustomResource, Duration, Stack, aws_iam as iam, custom_resources as custom } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Product } from '../../products/product';
import { acknowledgeInvocation, CustomFunction, customLog, functionRole } from './custom-function';
import type { OfferedProduct } from './offered-product';

/**
 * Marks deprecated versions as such, which CloudFormation's product has no property for: they are offered for no new
 * launch, and what was launched from them stays.
 */
export class VersionGuidance extends Construct {
  readonly resources: readonly CustomResource[];

  constructor(
    scope: Construct,
    id: string,
    offered: readonly { readonly product: Product; readonly offer: OfferedProduct }[],
  ) {
    super(scope, id);
    const logGroup = customLog(this);
    const setGuidance = new CustomFunction(this, 'Set', {
      handlers: 'guidance',
      handler: 'onEvent',
      description: 'Gatehouse: marks versions of products as offered or deprecated',
      timeout: Duration.minutes(5),
      rights: [
        new iam.PolicyStatement({
          actions: ['servicecatalog:ListProvisioningArtifacts', 'servicecatalog:UpdateProvisioningArtifact'],
          resources: offered.map(({ offer }) =>
            Stack.of(this).formatArn({
              service: 'catalog',
              resource: 'product',
              resourceName: offer.productId,
            }),
          ),
        }),
      ],
      logGroup,
    });
    const frameworkRole = functionRole(this, 'FrameworkRole', logGroup);
    const provider = new custom.Provider(this, 'Provider', {
      onEventHandler: setGuidance.function,
      frameworkOnEventRole: frameworkRole,
      logGroup,
    });
    acknowledgeInvocation(frameworkRole, [setGuidance.function]);

    this.resources = offered.map(({ product, offer }) => {
      const deprecated = new Set(
        product.versions.filter((version) => version.deprecated !== undefined).map(({ name }) => name),
      );
      return new CustomResource(this, product.key, {
        resourceType: 'Custom::VersionGuidance',
        serviceToken: provider.serviceToken,
        properties: {
          ProductId: offer.productId,
          Versions: offer.versions.map(({ name, templateUrl }) => ({
            Name: name,
            Guidance: deprecated.has(name) ? 'DEPRECATED' : 'DEFAULT',
            // Another template is another version to Service Catalog, with its own guidance to be set.
            Template: templateUrl,
          })),
        },
      });
    });
  }
}
