import type { Catalog, Product, Version, VersionDescription } from '../../aws-bridge/contract/catalog';
import type { AtlassianAccountId, RequestKey } from '../../aws-bridge/contract/identifiers';
import type { Digest, Order } from '../../aws-bridge/contract/order';
import type { AccountSetting, ProductSetting, ProjectSettings } from '../settings/project-settings';
import type { OrderForm } from './order-form';
import type { OrderProblem } from './order-problem';

export interface OrderRequest {
  readonly form: OrderForm;
  /** The portfolio; of its versions only the one that is ordered needs its description. */
  readonly catalog: Catalog;
  readonly settings: ProjectSettings;
  readonly requestTypeId: string;
  readonly requestKey: RequestKey;
  /** The request's reporter as Jira knows them, never as the form says. */
  readonly requester: AtlassianAccountId;
  /** Ids of the JSM organizations that the requester belongs to. */
  readonly organizations: readonly string[];
}

/** An order that will not change again, with what a person needs to judge it. */
export interface FixedOrder {
  readonly outcome: 'fixed';
  readonly order: Order;
  readonly digest: Digest;
  readonly product: Product;
  readonly version: Version & { readonly described: VersionDescription };
  readonly account: AccountSetting;
  readonly setting: ProductSetting;
  /** The comment for the approver. */
  readonly summary: string;
}

/**
 * - `fixed`: it may wait for its approval
 * - `refused`: the reporter has to change something; `problems` is everything at once
 * - `catalog-incomplete`: the version is offered but its description has not arrived; synchronise and try again
 */
export type OrderFixing =
  | FixedOrder
  | { readonly outcome: 'refused'; readonly problems: readonly OrderProblem[] }
  | { readonly outcome: 'catalog-incomplete'; readonly provisioningArtifactId: string };

export declare const fixOrder: (request: OrderRequest) => OrderFixing;
