import { fixOrder, type OrderRequest } from '../../../../forge-app/order/fix-order';
import type { OrderProblem } from '../../../../forge-app/order/order-problem';
import { aCatalog } from '../../../builders/catalog';
import { anOrderForm, REPORTER, REQUEST_KEY } from '../../../builders/orders';
import { projectSettings, REQUEST_TYPE } from '../../../builders/settings';

export const fix = (overrides: Partial<OrderRequest> = {}) =>
  fixOrder({
    form: anOrderForm(),
    catalog: aCatalog(),
    settings: projectSettings(),
    requestTypeId: REQUEST_TYPE,
    requestKey: REQUEST_KEY,
    requester: REPORTER,
    memberships: { organizations: [], groups: [] },
    ...overrides,
  });

/** @throws Error where the order is not refused */
export const problemsOf = (overrides: Partial<OrderRequest>): readonly OrderProblem[] => {
  const fixing = fix(overrides);
  if (fixing.outcome !== 'refused') throw new Error(`expected a refusal, got ${fixing.outcome}`);
  return fixing.problems;
};
