import { setTimeout as wait } from 'node:timers/promises';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { composeShare } from './compose';

/** Attempts at one call. Service Catalog publishes no rates, and nobody repeats a deployment's step. */
const MAX_ATTEMPTS = 8;

export const { onEvent, isComplete } = composeShare(new ServiceCatalogClient({ maxAttempts: MAX_ATTEMPTS }), {
  now: () => new Date(),
  wait: (milliseconds) => wait(milliseconds),
});
