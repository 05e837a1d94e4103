import { instance } from './instance';
import { network } from './network';
import { privateBucket } from './private-bucket';
import type { Product } from './product';

/** What the portfolio offers. */
export const catalogue: readonly Product[] = [privateBucket, network, instance];
