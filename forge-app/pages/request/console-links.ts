/*
 * Pages of the AWS console. They open in the account that whoever follows them is signed in to. Only what is known to be an id
 * is written into an address. Regions are those of the partition `aws`, whose console is at console.aws.amazon.com; the contract
 * takes no others.
 */

const PROVISIONED_PRODUCT = /^pp-[a-z0-9]{1,40}$/;

const consoleOf = (region: string, service: string): string =>
  `https://${region}.console.aws.amazon.com/${service}/home?region=${region}`;

/** Null where it is no id of a provisioned product. */
export const provisionedProductPage = (region: string, id: string): string | null =>
  PROVISIONED_PRODUCT.test(id) ? `${consoleOf(region, 'servicecatalog')}#provisioned-products/${id}` : null;

/** @param stackId its ARN */
export const stackPage = (region: string, stackId: string): string =>
  `${consoleOf(region, 'cloudformation')}#/stacks/stackinfo?stackId=${encodeURIComponent(stackId)}`;

/** The stack of a provisioned product, by the name that Service Catalog gives it. */
export const stackOfProduct = (region: string, account: string, id: string): string | null =>
  PROVISIONED_PRODUCT.test(id) ? stackPage(region, `SC-${account}-${id}`) : null;
