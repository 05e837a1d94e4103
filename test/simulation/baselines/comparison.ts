import type { Draw } from '../draw';
import { kindOfWish, type Wish } from '../people';
import type { World } from '../world/world';
import type { Bridge } from './bridges';
import { readClientSettings } from './clients';
import { createDeliveries, type Figures, takeFigures } from './figures';
import { createOtherBridge } from './other-bridge';

/**
 * What makes a schedule one that any bridge can run: nobody asks for a gate, which the baselines do not have. The app is ours,
 * whatever the bridge; so who may have what is decided in the same way.
 */
export const createComparison = async (bridge: Bridge, draw: Draw) => {
  await readClientSettings();
  const deliveries = createDeliveries();
  const other = bridge === 'gatehouse' ? undefined : createOtherBridge(bridge);
  return {
    otherBridge: other?.deploy,
    watched: deliveries.watched,

    /** Whether an act of somebody's belongs to what every bridge can do. */
    isComparable: (act: string): boolean => {
      const wish = Number(act.split(' ').at(-1));
      return !(wish >= 1) || kindOfWish(draw, wish) !== 'gate';
    },

    figuresOf: (world: World, wishes: readonly Wish[]): Promise<Figures> =>
      takeFigures(world, {
        ...{ wishes, deliveries },
        originOf:
          other?.originOf ??
          (({ token }) => ({ operationId: token, handedOver: world.observations.startOf(token) })),
      }),
  };
};
