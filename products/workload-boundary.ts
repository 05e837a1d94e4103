import { Fn } from 'aws-cdk-lib';

/**
 * Name of the managed policy, in every account where products are launched, that bounds the roles of products.
 * A product's launch may create no role without it.
 */
export const WORKLOAD_BOUNDARY = 'GatehouseWorkload';

/** What a product's template gives each of its roles as `permissionsBoundary`. */
export const workloadBoundaryArn = (): string =>
  Fn.sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${WORKLOAD_BOUNDARY}`);
