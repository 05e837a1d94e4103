import * as z from 'zod/mini';

/** Identifiers that both sides name. Patterns are those of the services' own API models. */

/** An Atlassian site (cloud id). */
export const SiteId = z.uuid();
export type SiteId = z.infer<typeof SiteId>;

/** An Atlassian account, such as `712020:0f7e…` or 24 hexadecimal digits. */
export const AtlassianAccountId = z.string().check(z.regex(/^[A-Za-z0-9:_-]{1,128}$/));
export type AtlassianAccountId = z.infer<typeof AtlassianAccountId>;

/** A customer request's key, such as `IT-42`. */
export const RequestKey = z.string().check(z.regex(/^[A-Z][A-Z0-9_]{1,63}-[1-9]\d{0,11}$/));
export type RequestKey = z.infer<typeof RequestKey>;

/** One operation. It names the durable execution (≤ 64 characters) and is the provision token. */
export const OperationId = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{7,63}$/));
export type OperationId = z.infer<typeof OperationId>;

/** An AWS account: twelve digits. */
export const AwsAccountId = z.string().check(z.regex(/^\d{12}$/));
export type AwsAccountId = z.infer<typeof AwsAccountId>;

/**
 * A region of the partition `aws`. Gatehouse builds ARNs of that partition only, and roles cannot be assumed from one
 * partition into another; so China's, GovCloud's and the isolated regions are refused here, not at the launch.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export const AwsRegion = z.string().check(
  z.regex(/^[a-z]{2}(-[a-z]{2,12}){1,2}-\d$/),
  z.regex(/^(?!cn-|us-gov-|[a-z]{2}-iso[a-z]?-)/, {
    error:
      'Gatehouse works in regions of the partition aws only, not in those of China, GovCloud or isolated ones',
  }),
);
export type AwsRegion = z.infer<typeof AwsRegion>;

/** An identifier of Service Catalog (product, provisioning artifact, launch path, record). */
export const ServiceCatalogId = z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/));
export type ServiceCatalogId = z.infer<typeof ServiceCatalogId>;

/** A moment, ISO 8601 in UTC. */
export const Timestamp = z.iso.datetime();
export type Timestamp = z.infer<typeof Timestamp>;
