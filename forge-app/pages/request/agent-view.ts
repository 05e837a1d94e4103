import { stampOf } from '../../request/agent-actions';
import { MOST_ATTEMPTS, retryOf } from '../../request/attempts';
import { isCancellable, isUnchecked } from '../../request/decide';
import { isRecalled, isToBeDelivered } from '../../request/on-its-way';
import { kindOf, type RequestRecord } from '../../request/record';
import { isSilent } from '../../sweep/silent';
import { provisionedProductPage, stackOfProduct, stackPage } from './console-links';
import { type Beside, problemOf, viewOf } from './customer-view';
import type { AgentView, Person } from './view';

/** Everybody whom the view names. */
export const peopleIn = ({ fixed, history }: RequestRecord): readonly string[] => [
  ...new Set([...(requesterOf(fixed) ?? []), ...history.flatMap(({ by = [] }) => by)]),
];

const requesterOf = (fixed: RequestRecord['fixed']): readonly string[] | undefined => {
  const id = fixed?.kind === 'gate' ? fixed.reporter : fixed?.order.requester;
  return id === null || id === undefined ? undefined : [id];
};

/** @param names display names by account id */
export const agentView = (
  record: RequestRecord,
  beside: Beside & { readonly names: ReadonlyMap<string, string>; readonly isAgent: boolean },
): AgentView => {
  const named = (id: string): Person => ({ id, name: beside.names.get(id) ?? id });
  const [requester] = requesterOf(record.fixed) ?? [];
  return {
    ...viewOf(record, beside, (ids) => ids.map(named)),
    problem: problemOf(record, true),
    operationId: record.operationId,
    attempt: record.attempt,
    mostAttempts: MOST_ATTEMPTS,
    requester: requester === undefined ? null : named(requester),
    record: record.recordId,
    provisionedProduct: record.provisionedProduct,
    links: linksOf(record),
    delivery: record.delivery && {
      attempts: record.delivery.attempts,
      dueAt: record.delivery.dueAt,
      acceptedAt: record.delivery.acceptedAt,
      recalled: isRecalled(record),
    },
    heardAt: record.heardAt,
    sweep: sweepOf(record),
    untold: record.outbox.length,
    actions: {
      may: beside.isAgent,
      stamp: stampOf(record),
      cancel: isCancellable(record),
      retry: retryOf(record),
      notAgain: notAgain(record),
    },
  };
};

const linksOf = ({ fixed, provisionedProduct }: RequestRecord): AgentView['links'] => {
  if (fixed === null) return { provisionedProduct: null, stack: null };
  const { account, region } = fixed.kind === 'gate' ? fixed.gate : fixed.order;
  const id = provisionedProduct?.id;
  return {
    provisionedProduct: id === undefined ? null : provisionedProductPage(region, id),
    stack:
      fixed.kind === 'gate'
        ? stackPage(region, fixed.gate.stackId)
        : id === undefined
          ? null
          : stackOfProduct(region, account, id),
  };
};

const sweepOf = (record: RequestRecord): AgentView['sweep'] => {
  const { lookAt } = record;
  if (lookAt === null) return null;
  const does = (): NonNullable<AgentView['sweep']>['does'] => {
    if (record.outbox.length > 0) return 'shows';
    if (isUnchecked(record)) return 'checks';
    if (isToBeDelivered(record)) return 'sends';
    return isSilent(record, lookAt) ? 'asks' : 'looks';
  };
  return { at: lookAt, does: does() };
};

const notAgain = (record: RequestRecord): AgentView['actions']['notAgain'] => {
  const over = record.state === 'failed' || record.state === 'refused';
  if (!over || kindOf(record) === 'gate' || retryOf(record) !== null) return null;
  return record.attempt >= MOST_ATTEMPTS ? 'spent' : 'untold';
};
