import {
  Aws,
  type CfnResource,
  CfnCondition,
  CfnWaitConditionHandle,
  DefaultStackSynthesizer,
  Fn,
  type IStackSynthesizer,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Product } from '../../products/product';
import type { Configuration } from '../configuration';
import { EVENT_ROLE, homeRegion } from '../names';
import { createLaunchBoundary, createWorkloadBoundary } from './boundaries';
import { createChoicesRole } from './choices-role';
import { createLaunchRole } from './launch-role';
import { iamArn } from './names';
import { createEventRole, createStackEventRule } from './stack-event-rule';
import { admitToPortfolio } from './portfolio-access';
import { createTenantRole } from './tenant-role';

export interface TenantStackProps extends Pick<StackProps, 'env'> {
  readonly configuration: Configuration;
  readonly catalogue: readonly Product[];
  /**
   * How the template gets into its accounts. A StackSet reaches the hub account where that lies in its targets, and the
   * hub has these names from its own stack already: there, the StackSet's template makes nothing.
   */
  readonly rollout?: 'direct' | 'stack-set';
}

/**
 * What every account needs in which products are launched: the roles that the bridge assumes to launch and to look up what
 * there is to choose from, a launch role for each product, the boundaries, and the rule that forwards stack events.
 *
 * IAM is global, so with several regions all but the rule is made in the home region alone.
 */
export class TenantStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantStackProps) {
    super(scope, id, {
      ...(props.env && { env: props.env }),
      description:
        'Gatehouse in a tenant account: roles for launches, and the rule that forwards stack events',
      analyticsReporting: false,
      // A StackSet's accounts are not bootstrapped, so the template must not ask for it.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });
    const { configuration, catalogue } = props;

    const inTenant =
      props.rollout === 'stack-set'
        ? new CfnCondition(this, 'InTenant', {
            expression: Fn.conditionNot(Fn.conditionEquals(Aws.ACCOUNT_ID, configuration.hubAccount)),
          })
        : undefined;
    const inHomeRegion =
      configuration.regions.length > 1
        ? new CfnCondition(this, 'InHomeRegion', {
            expression: Fn.conditionEquals(Aws.REGION, homeRegion(configuration)),
          })
        : undefined;
    const inTenantsHomeRegion =
      inTenant && inHomeRegion
        ? new CfnCondition(this, 'InTenantsHomeRegion', {
            expression: Fn.conditionAnd(inTenant, inHomeRegion),
          })
        : (inTenant ?? inHomeRegion);

    const boundary = createLaunchBoundary(this, configuration);
    const eventRole = createEventRole(this, configuration);
    onlyIf(inTenantsHomeRegion, [
      createWorkloadBoundary(this, configuration),
      boundary,
      createTenantRole(this, configuration),
      createChoicesRole(this, configuration),
      ...catalogue.map((product) => createLaunchRole(this, configuration, product, boundary)),
      eventRole,
    ]);
    // By reference where the role is made, so that it is there before the rule; by name elsewhere.
    const eventRoleArn =
      inHomeRegion && inTenantsHomeRegion
        ? Fn.conditionIf(
            inTenantsHomeRegion.logicalId,
            eventRole.attrArn,
            iamArn(`role/${EVENT_ROLE}`),
          ).toString()
        : eventRole.attrArn;
    onlyIf(inTenant, [createStackEventRule(this, configuration, eventRoleArn)]);
    if (!inTenant) return;
    if (configuration.tenants.accounts) admitToPortfolio(this, configuration);
    // A stack needs a resource, and this one does nothing.
    new CfnWaitConditionHandle(this, 'Nothing');
  }
}

const onlyIf = (condition: CfnCondition | undefined, resources: readonly CfnResource[]): void => {
  if (condition) for (const resource of resources) resource.cfnOptions.condition = condition;
};
