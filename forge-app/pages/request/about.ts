import { createdByService } from '../../order/created-resources';
import { oneLine } from '../../order/printable';
import type { FixedGate, FixedOrder, RequestRecord, ShownOrder } from '../../request/record';
import type { ShownGate, ShownLaunch, ShownParameter } from './view';

/** @param accountName what the settings call a gate's account; null where they do not name it */
export const aboutOf = (
  { fixed }: RequestRecord,
  accountName: string | null,
): ShownLaunch | ShownGate | null => {
  if (fixed === null) return null;
  return fixed.kind === 'launch' ? launchOf(fixed) : gateOf(fixed, accountName);
};

const launchOf = ({ order, digest, productName, versionName, shown }: FixedOrder): ShownLaunch => ({
  kind: 'launch',
  product: oneLine(productName),
  version: oneLine(versionName),
  account: { id: order.account, name: shown && oneLine(shown.accountName) },
  region: order.region,
  name: order.name,
  pathId: order.pathId,
  parameters: parametersOf(order, shown),
  tags: Object.entries(order.tags).map(([key, value]) => ({ key: oneLine(key), value: oneLine(value) })),
  resources:
    shown &&
    createdByService(shown.resources).map(({ service, types }) => ({
      service,
      types: types.map(({ name, count }) => ({ name: oneLine(name), count })),
    })),
  capabilities: shown?.capabilities ?? [],
  digest,
});

const gateOf = ({ gate, digest }: FixedGate, accountName: string | null): ShownGate => ({
  kind: 'gate',
  action: gate.action,
  product: oneLine(gate.product),
  account: { id: gate.account, name: accountName && oneLine(accountName) },
  region: gate.region,
  stackId: gate.stackId,
  requesterEmail: oneLine(gate.requesterEmail),
  parameters: Object.entries(gate.parameters).map(([key, value]) => ({
    key,
    label: key,
    value: oneLine(value),
    source: 'given',
  })),
  deadline: gate.deadline,
  digest,
});

/** Where it is not known which values may be shown, none is. */
const parametersOf = (order: FixedOrder['order'], shown: ShownOrder | null): readonly ShownParameter[] => {
  const { parameters: given, sealedParameters: sealed = {} } = order;
  const isGiven = (key: string): boolean => Object.hasOwn(given, key) || Object.hasOwn(sealed, key);
  if (shown === null) {
    return [...Object.keys(given), ...Object.keys(sealed)].map((key) => ({
      key,
      label: key,
      value: null,
      source: 'given',
    }));
  }
  return shown.parameters.map((parameter) => {
    const { key, hidden } = parameter;
    const source = isGiven(key) ? 'given' : 'default';
    const value = source === 'given' ? given[key] : parameter.default;
    return {
      key,
      label: oneLine(parameter.label),
      value: hidden || value === undefined ? null : oneLine(value ?? ''),
      source,
    };
  });
};
