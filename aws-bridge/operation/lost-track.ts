import type { ApprovedOperation } from '../contract/messages';
import type { OperationError, OperationProgress } from '../contract/progress';
import { provisionedProductName } from './launch-request';
import { type Finding, fitting } from './progress';
import { stackNameOf } from './stack-failure';

/** What was told of the operation last; undefined where nothing was. */
export type LastTold = OperationProgress | undefined;

/** The operation came to a stop before its end was known. @param code of what was tried last */
export const lostTrack = (operation: ApprovedOperation, at: string, code: string, last: LastTold): Finding =>
  lost(operation, at, last, {
    code: 'LostTrack',
    message: `Gatehouse could not find out how this operation ended (${code}).`,
  });

/** It was looked at for days and did not end. */
export const givenUpFollowing = (operation: ApprovedOperation, at: string, last: LastTold): Finding =>
  lost(operation, at, last, {
    code: 'StillUnderWay',
    message:
      'Service Catalog still reports this launch as under way after many days; Gatehouse stops watching it.',
  });

/** Service Catalog does not know the record any more that it gave for the launch. */
export const recordLost = (operation: ApprovedOperation, at: string, last: LastTold): Finding =>
  lost(operation, at, last, {
    code: 'RecordLost',
    message: `Service Catalog no longer knows the record of this launch in account ${operation.order.account}.`,
  });

/** Never "failed": the product may be there, cost money, and be launched a second time by whoever believes that. */
const lost = (
  operation: ApprovedOperation,
  at: string,
  last: LastTold,
  { code, message }: Pick<OperationError, 'code' | 'message'>,
): Finding =>
  fitting({
    state: 'lost',
    at,
    ...(last?.record && { record: last.record }),
    ...(last?.provisionedProduct && { provisionedProduct: last.provisionedProduct }),
    outputs: [],
    errors: [{ code, message: `${message} ${lastKnown(last)}`, remedy: whereToLook(operation, last) }],
  });

const lastKnown = (last: LastTold): string =>
  last
    ? `The last that was known of it: ${last.state}, at ${last.at}.`
    : 'It is not known whether AWS had accepted the order.';

const whereToLook = ({ order, ...operation }: ApprovedOperation, last: LastTold): string => {
  const where = `Look in account ${order.account}, region ${order.region}`;
  const name = provisionedProductName({ order, ...operation });
  const product = last?.provisionedProduct;
  if (!product) {
    return `${where}, in Service Catalog for the provisioned product ${name}: if there is none, nothing was launched.`;
  }
  const record = last.record ? ` and its record ${last.record.id}` : '';
  const stack = stackNameOf(order.account, product.id);
  return `${where}, in Service Catalog for the provisioned product ${name} (${product.id})${record}, and in CloudFormation for the stack ${stack}, if it has one: they tell whether it was launched and how it is.`;
};
