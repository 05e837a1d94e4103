import * as z from 'zod/mini';
import { canonicalJson } from './canonical-json';
import { AtlassianAccountId, AwsAccountId, AwsRegion, ServiceCatalogId, type SiteId } from './identifiers';
import { LaunchName, ParameterKey, TagKey, TagValue } from './order-words';
import { DIGEST, LONGEST_PARAMETER, MOST_TAGS } from './patterns';
import { SealedValue } from './sealed-value';

const atMost = (limit: number) => (members: Record<string, unknown>) => Object.keys(members).length <= limit;

/**
 * What is asked for, completely: nothing outside of it decides what is launched. Limits are Service Catalog's
 * (a parameter's value ≤ 4,096 characters, ≤ 50 tags).
 */
export const Order = z.strictObject({
  productId: ServiceCatalogId,
  provisioningArtifactId: ServiceCatalogId,
  account: AwsAccountId,
  region: AwsRegion,
  /** The launch path; null where the tenant has exactly one. */
  pathId: z.nullable(ServiceCatalogId),
  parameters: z.record(ParameterKey, z.string().check(z.maxLength(LONGEST_PARAMETER))),
  /** Values that nobody but the provisioning step reads, by parameter; absent where there are none. */
  sealedParameters: z.exactOptional(z.record(ParameterKey, SealedValue)),
  tags: z.record(TagKey, TagValue).check(z.refine(atMost(MOST_TAGS), `at most ${MOST_TAGS} tags`)),
  name: LaunchName,
  requester: AtlassianAccountId,
});
export type Order = z.infer<typeof Order>;

/** SHA-256 over the canonical JSON of an order: 64 hexadecimal digits, lower case. */
export const Digest = z.string().check(z.regex(DIGEST));
export type Digest = z.infer<typeof Digest>;

/** Apart, for whoever has no use for the schemas. */
export { digestOf } from './order-digest';

/**
 * What a parameter's value is sealed for: in another person's order, for another product, account or parameter, or on another
 * site it does not open.
 */
export const sealedParameterContext = (sealedFor: {
  readonly site: SiteId;
  readonly requester: AtlassianAccountId;
  readonly productId: ServiceCatalogId;
  readonly account: AwsAccountId;
  readonly parameter: string;
}): string => {
  const { site, requester, productId, account, parameter } = sealedFor;
  return canonicalJson({ sealed: 'parameter', site, requester, productId, account, parameter });
};
