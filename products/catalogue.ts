import { database } from './database';
import { instance } from './instance';
import { network } from './network';
import { privateBucket } from './private-bucket';
import type { Product } from './product';
import { queue } from './queue';
import { website } from './website';
import { wordpress } from './wordpress';

/** What the portfolio offers. */
export const catalogue: readonly Product[] = [
  privateBucket,
  network,
  instance,
  queue,
  database,
  website,
  wordpress,
];
