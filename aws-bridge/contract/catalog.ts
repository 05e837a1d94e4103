import * as z from 'zod/mini';
import { AwsRegion, ServiceCatalogId, Timestamp } from './identifiers';

/** A template's parameter as a person may fill it. Limits are numbers here; Service Catalog sends them as text. */
export const Parameter = z.strictObject({
  key: z.string(),
  /** CloudFormation's type: `String`, `Number`, `List<Number>`, `AWS::EC2::VPC::Id` … */
  type: z.string(),
  noEcho: z.boolean(),
  /** Absent: a value has to be given. */
  default: z.optional(z.string()),
  description: z.optional(z.string()),
  label: z.optional(z.string()),
  group: z.optional(z.string()),
  allowedValues: z.optional(z.array(z.string())),
  /** A regular expression for the whole value. */
  allowedPattern: z.optional(z.string()),
  constraintDescription: z.optional(z.string()),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  minValue: z.optional(z.number()),
  maxValue: z.optional(z.number()),
});
export type Parameter = z.infer<typeof Parameter>;

/** What one provisioning artifact asks for and creates. It never changes, so it is described once. */
export const VersionDescription = z.strictObject({
  parameters: z.array(Parameter),
  /** CloudFormation resource types that the template creates. */
  resourceTypes: z.array(z.string()),
  /** IAM capabilities that the template needs, such as `CAPABILITY_IAM`. */
  capabilities: z.array(z.string()),
  /** The template's section `Rules` as JSON text; absent where it has none. */
  rules: z.exactOptional(z.string()),
});
export type VersionDescription = z.infer<typeof VersionDescription>;

export const Version = z.strictObject({
  id: ServiceCatalogId,
  name: z.string(),
  description: z.optional(z.string()),
  createdAt: Timestamp,
  /** A deprecated version is not offered for a new launch. */
  guidance: z.enum(['DEFAULT', 'DEPRECATED']),
  active: z.boolean(),
  /** Absent where the asker said that it has the description already. */
  described: z.optional(VersionDescription),
});
export type Version = z.infer<typeof Version>;

/** A constraint on a product in the portfolio; `parameters` is the JSON text of Service Catalog's constraint. */
export const Constraint = z.strictObject({
  type: z.string(),
  description: z.optional(z.string()),
  parameters: z.string(),
});
export type Constraint = z.infer<typeof Constraint>;

export const Product = z.strictObject({
  id: ServiceCatalogId,
  /** Where its portfolio lies. A product is launched there and nowhere else; elsewhere it has another id. */
  region: AwsRegion,
  name: z.string(),
  owner: z.string(),
  description: z.optional(z.string()),
  /** `CLOUD_FORMATION_TEMPLATE`, `TERRAFORM_OPEN_SOURCE` … */
  type: z.string(),
  constraints: z.array(Constraint),
  versions: z.array(Version),
});
export type Product = z.infer<typeof Product>;

/** What values that must not be shown are sealed to: the public half of a key in KMS. */
export const SealingKey = z.strictObject({
  /** The key's ARN. */
  id: z.string(),
  /** SPKI DER in base64. */
  publicKey: z.base64(),
});
export type SealingKey = z.infer<typeof SealingKey>;

/** The hub's portfolios, one a region. `revision` is a digest over everything but the versions' descriptions. */
export const Catalog = z.strictObject({
  revision: z.string(),
  /** Absent where the bridge takes no sealed values. */
  sealingKey: z.exactOptional(SealingKey),
  products: z.array(Product),
});
export type Catalog = z.infer<typeof Catalog>;

/** The answer to `catalog.requested`. */
export const CatalogAnswer = z.discriminatedUnion('changed', [
  z.strictObject({ changed: z.literal(false), revision: z.string() }),
  z.strictObject({ changed: z.literal(true), catalog: Catalog }),
]);
export type CatalogAnswer = z.infer<typeof CatalogAnswer>;
