import type { Gate } from '../../contract/gate';
import { waiterKey } from '../../runtime/waiter-key';
import { stackNameOf } from '../stack-failure';

/** A stack's ARN ends in its name and an id. */
export const stackNameIn = ({ stackId }: Gate): string => stackId.split('/')[1] ?? '';

/** Service Catalog names a product's stack after it. */
export const provisionedProductIdOf = (gate: Gate): string =>
  stackNameIn(gate).slice(stackNameOf(gate.account, '').length);

/** The key under which whoever waits for a gate's stack is found. */
export const stackKeyOf = (gate: Gate): string =>
  waiterKey({ account: gate.account, region: gate.region, stackName: stackNameIn(gate) });
