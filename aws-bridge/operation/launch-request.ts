import type { ApprovedOperation } from '../contract/messages';
import type { ProvisionedProduct, ProvisionRequest } from './tenant-port';

const suffixOf = (operationId: string): string => `-${operationId.slice(-10)}`;

/** The provisioned product's name: what people call it and which operation it is of. Unique in the account. */
export const provisionedProductName = ({ order, operationId }: ApprovedOperation): string =>
  order.name + suffixOf(operationId);

/** Whether a provisioned product looks as if an operation launched it. A launch from the console has a token of its own. */
export const isLaunchedByOperation = ({ name, provisionToken }: ProvisionedProduct): boolean =>
  provisionToken !== undefined && name.endsWith(suffixOf(provisionToken));

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
