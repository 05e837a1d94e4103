import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { composeGuidance } from './compose';

/** Attempts at one call. Service Catalog publishes no rates, and nobody repeats a deployment's step. */
const MAX_ATTEMPTS = 8;

export const onEvent = composeGuidance(new ServiceCatalogClient({ maxAttempts: MAX_ATTEMPTS }));
