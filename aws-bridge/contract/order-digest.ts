import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { Digest, Order } from './order';

/** What an order is fixed by: SHA-256 over its canonical JSON. */
export const digestOf = (order: Order): Digest =>
  createHash('sha256').update(canonicalJson(order)).digest('hex');
