import type { ApprovedOperation } from '../contract/messages';
import type { Output } from '../contract/progress';
import type { StackEvent } from './stack-failure';

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
}

/** Enters the tenant account in the operation's name. @throws AwsFailure of `sts` */
export type EnterTenant = (operation: ApprovedOperation) => Promise<Tenant>;
