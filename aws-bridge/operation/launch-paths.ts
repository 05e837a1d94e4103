import type { Order } from '../contract/order';
import { noLaunchPath, type Refusal, refused } from './launch-refusal';
import type { LaunchPath } from './tenant-port';

/** Remembers the one launch path of a product in an account, for as long as the function's environment lives. */
export interface LaunchPathMemory {
  recall(order: Order): string | undefined;
  remember(order: Order, pathId: string): void;
  forget(order: Order): void;
}

/** @param most paths remembered; the one learnt first goes first */
export const createLaunchPathMemory = (most = 1000): LaunchPathMemory => {
  const known = new Map<string, string>();
  const key = ({ account, region, productId }: Order) => `${account}/${region}/${productId}`;
  return {
    recall: (order) => known.get(key(order)),
    remember: (order, pathId) => {
      known.set(key(order), pathId);
      for (const first of known.keys()) {
        if (known.size <= most) break;
        known.delete(first);
      }
    },
    forget: (order) => void known.delete(key(order)),
  };
};

/** The path where there is exactly one; otherwise why none can be chosen. */
export const onlyPath = (
  paths: readonly LaunchPath[],
): { readonly pathId: string } | { readonly failure: Refusal } => {
  const [first, ...others] = paths;
  if (!first) return { failure: noLaunchPath() };
  if (others.length === 0) return { pathId: first.id };
  const names = paths.map((path) => `${path.id} (${path.name})`).join(', ');
  const failure = refused(true, {
    code: 'SeveralLaunchPaths',
    message: `The product can be launched in this account on several paths: ${names}.`,
    remedy: 'Name one of them as pathId in the order, or leave the account one portfolio with this product.',
  });
  return { failure };
};
