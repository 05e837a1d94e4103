import type { ApprovedOperation } from '../contract/messages';
import { waiterKey } from '../runtime/waiter-key';
import type { Followed } from './following';
import { createExplain, createLook } from './look';
import { givenUpFollowing } from './lost-track';
import { stackNameOf } from './stack-failure';
import type { OpenSealed } from './open-sealed';
import type { EnterTenant, LaunchRecord } from './tenant-port';
import { quietAtFirst } from './time-limit';

/** A launch's record, to be followed. */
export const createFollowedRecord = (ports: {
  readonly enterTenant: EnterTenant;
  readonly openSealed: OpenSealed;
  readonly now: () => Date;
}) => {
  const look = createLook(ports);
  const explain = createExplain(ports);
  return (operation: ApprovedOperation, record: LaunchRecord): Followed => ({
    operationId: operation.operationId,
    site: operation.site,
    stack: waiterKey({
      account: operation.order.account,
      region: operation.order.region,
      stackName: stackNameOf(operation.order.account, record.provisionedProductId),
    }),
    quiet: quietAtFirst(record.provisionedProductType),
    roundsBefore: 0,
    look: (told, believes) => look(operation, record, told, believes),
    explain: (failure) => explain(operation, record, failure),
    givenUp: (at, told) => givenUpFollowing(operation, at, told),
  });
};
