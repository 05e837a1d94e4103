import type { ApprovedOperation } from '../contract/messages';
import type { ProvisionRequest } from './tenant-port';

/** The provisioned product's name: what people call it and which operation it is of. Unique in the account. */
export const provisionedProductName = (operation: ApprovedOperation): string =>
  `${operation.order.name}-${operation.operationId.slice(-10)}`;

/**
 * What Service Catalog is asked for: the order and nothing else. Token and name come from the operation, so that the
 * same operation asked for twice is the same launch.
 * @param opened the values that the order holds sealed
 */
export const launchRequest = (
  operation: ApprovedOperation,
  pathId: string,
  opened: Readonly<Record<string, string>>,
): ProvisionRequest => ({
  productId: operation.order.productId,
  provisioningArtifactId: operation.order.provisioningArtifactId,
  pathId,
  provisionedProductName: provisionedProductName(operation),
  provisionToken: operation.operationId,
  parameters: { ...operation.order.parameters, ...opened },
  tags: operation.order.tags,
});
