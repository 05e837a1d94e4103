import type { Output } from '../contract/progress';
import type { StackEvent } from './stack-failure';
import type { TenantSession } from './tenant-session';

export interface LaunchPath {
  readonly id: string;
  readonly name: string;
}

/** What Service Catalog is asked to provision. */
export interface ProvisionRequest {
  readonly productId: string;
  readonly provisioningArtifactId: string;
  readonly pathId: string;
  readonly provisionedProductName: string;
  readonly provisionToken: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Service Catalog's record of a launch under way. */
export interface LaunchRecord {
  readonly id: string;
  readonly status: string;
  readonly provisionedProductId: string;
  /** `CFN_STACK`, `TERRAFORM_OPEN_SOURCE` …; absent where Service Catalog did not say. */
  readonly provisionedProductType: string | undefined;
}

export interface ProvisionedProduct {
  readonly id: string;
  readonly name: string;
  readonly type: string | undefined;
  /** `AVAILABLE`, `UNDER_CHANGE`, `TAINTED`, `ERROR`, `PLAN_IN_PROGRESS` */
  readonly status: string;
  /** The token that it was provisioned with. */
  readonly provisionToken: string | undefined;
}

export interface RecordDescription {
  readonly status: string;
  readonly errors: readonly { readonly code: string; readonly description: string }[];
  /** Read only once the record is done: until then there are none. */
  readonly outputs: readonly Output[];
}

export interface StackDescription {
  readonly status: string;
  readonly outputs: readonly Output[];
}

/**
 * The tenant account, as one operation's session sees it.
 * Every method throws AwsFailure for what AWS refuses or fails to answer.
 */
export interface Tenant {
  launchPaths(productId: string): Promise<readonly LaunchPath[]>;
  provision(request: ProvisionRequest): Promise<LaunchRecord>;
  provisionedProduct(which: { readonly id: string } | { readonly name: string }): Promise<ProvisionedProduct>;
  record(id: string): Promise<RecordDescription>;
  /** The record of a provisioned product's launch; undefined where its history does not show it (yet). */
  launchRecord(
    provisionedProductId: string,
  ): Promise<{ readonly id: string; readonly status: string } | undefined>;
  /** A stack's events, newest first, for as long as `more` asks for earlier ones. */
  stackEvents(
    stackName: string,
    more: (events: readonly StackEvent[]) => boolean,
  ): Promise<readonly StackEvent[]>;
  /** Undefined where CloudFormation does not know the stack (any more). @param stackId its ARN */
  stack(stackId: string): Promise<StackDescription | undefined>;
  /** Of one resource of a stack; undefined where it has none. */
  physicalId(stackId: string, logicalId: string): Promise<string | undefined>;
}

/** Enters the tenant account in an operation's name. @throws AwsFailure of `sts` */
export type EnterTenant = (session: TenantSession) => Promise<Tenant>;
