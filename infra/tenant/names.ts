import { Fn } from 'aws-cdk-lib';

/** The boundary of every launch role. */
export const LAUNCH_BOUNDARY = 'GatehouseLaunchBoundary';
/** The rule on every tenant's default bus. */
export const STACK_EVENTS_RULE = 'gatehouse-stack-events';
/** StackSets calls its stacks `StackSet-<this>-<uuid>`. */
export const STACK_SET = 'gatehouse-tenant';

/**
 * What Service Catalog calls the stacks that it launches begins with this, and so does what CloudFormation calls the
 * roles and instance profiles of such a stack where the template leaves their names open.
 */
export const OF_PRODUCTS = 'SC-*';

/** An ARN in the IAM of the account in which the template is deployed. */
export const iamArn = (resource: string): string => Fn.sub(`arn:aws:iam::\${AWS::AccountId}:${resource}`);

/** ARNs, one a region, in the account in which the template is deployed. */
export const regionalArns = (service: string, regions: readonly string[], resource: string): string[] =>
  regions.map((region) => Fn.sub(`arn:aws:${service}:${region}:\${AWS::AccountId}:${resource}`));
