import type { Product, Version } from '../../aws-bridge/contract/catalog';

/** The only type of product that the bridge can follow to its end. */
export const LAUNCHABLE = 'CLOUD_FORMATION_TEMPLATE';

/** Whether a version may be chosen for a new launch. */
export const isOffered = ({ active, guidance }: Pick<Version, 'active' | 'guidance'>): boolean =>
  active && guidance === 'DEFAULT';

/** Whether anything of a product can be launched from here. */
export const isLaunchable = (product: {
  readonly type: Product['type'];
  readonly versions: readonly Pick<Version, 'active' | 'guidance'>[];
}): boolean => product.type === LAUNCHABLE && product.versions.some(isOffered);
