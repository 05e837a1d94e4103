import type { GateId } from '../../../../aws-bridge/contract/gate';
import type { GatePorts } from '../../../../aws-bridge/operation/gate/gate-ports';
import type { GateItem, GateItems, Settlement } from '../../../../aws-bridge/runtime/gate-items';
import { aWaitUrl } from '../../../builders/gate';

/** The table's gates in memory: the first settlement stands. */
const standInGateItems = (decided: Settlement | undefined): GateItems => {
  const items = new Map<GateId, GateItem>();
  return {
    read: (gateId) => Promise.resolve(items.get(gateId)),
    keep: ({ gateId, digest }) => {
      items.set(gateId, { digest, callbackId: undefined, settlement: decided });
      return Promise.resolve();
    },
    register: () => Promise.resolve(),
    settle: (gateId, settlement) => {
      const kept = items.get(gateId);
      const settled = kept !== undefined && kept.settlement === undefined;
      if (settled) items.set(gateId, { ...kept, settlement });
      return Promise.resolve({ settled, gate: items.get(gateId) });
    },
  };
};

/** What a gate needs, at the ports: the app raises every request, and a decision is there as soon as it is asked for. */
export const standInGate = (
  overrides: Partial<GatePorts> & { readonly decided?: Settlement } = {},
): GatePorts => {
  const { decided, ...ports } = overrides;
  return {
    openHandle: () => Promise.resolve(aWaitUrl()),
    gates: standInGateItems(decided),
    findOperation: () => Promise.resolve(undefined),
    sendSignal: () => Promise.resolve(),
    raiseRequest: () =>
      Promise.resolve({ taken: true, requestKey: 'IT-42', link: 'https://site.example/IT-42' }),
    remindApprovers: () => Promise.resolve('delivered'),
    announce: undefined,
    ...ports,
  };
};
