import * as z from 'zod/mini';
import {
  ATLASSIAN_ACCOUNT_ID,
  AWS_ACCOUNT_ID,
  OF_PARTITION_AWS,
  OPERATION_ID,
  REGION,
  REQUEST_KEY,
  SERVICE_CATALOG_ID,
} from './patterns';

/** Identifiers that both sides name. Patterns are those of the services' own API models. */

/** An Atlassian site (cloud id). */
export const SiteId = z.uuid();
export type SiteId = z.infer<typeof SiteId>;

/** An Atlassian account, such as `712020:0f7e…` or 24 hexadecimal digits. */
export const AtlassianAccountId = z.string().check(z.regex(ATLASSIAN_ACCOUNT_ID));
export type AtlassianAccountId = z.infer<typeof AtlassianAccountId>;

/** A customer request's key, such as `IT-42`. */
export const RequestKey = z.string().check(z.regex(REQUEST_KEY));
export type RequestKey = z.infer<typeof RequestKey>;

/** One operation. It names the durable execution (≤ 64 characters) and is the provision token. */
export const OperationId = z.string().check(z.regex(OPERATION_ID));
export type OperationId = z.infer<typeof OperationId>;

/** An AWS account: twelve digits. */
export const AwsAccountId = z.string().check(z.regex(AWS_ACCOUNT_ID));
export type AwsAccountId = z.infer<typeof AwsAccountId>;

/**
 * A region of the partition `aws`. Gatehouse builds ARNs of that partition only, and roles cannot be assumed from one
 * partition into another; so China's, GovCloud's and the isolated regions are refused here, not at the launch.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export const AwsRegion = z.string().check(
  z.regex(REGION),
  z.regex(OF_PARTITION_AWS, {
    error:
      'Gatehouse works in regions of the partition aws only, not in those of China, GovCloud or isolated ones',
  }),
);
export type AwsRegion = z.infer<typeof AwsRegion>;

/** An identifier of Service Catalog (product, provisioning artifact, launch path, record). */
export const ServiceCatalogId = z.string().check(z.regex(SERVICE_CATALOG_ID));
export type ServiceCatalogId = z.infer<typeof ServiceCatalogId>;

/** A moment, ISO 8601 in UTC. */
export const Timestamp = z.iso.datetime();
export type Timestamp = z.infer<typeof Timestamp>;
