import type { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { createFollowShare } from './follow-share';
import { createProgressOf, createShares } from './service-catalog';
import { createStartShare } from './start-share';

/** The two functions behind the custom resource for a portfolio's share with a node of the organization. */
export const composeShare = (
  client: ServiceCatalogClient,
  time: { readonly now: () => Date; readonly wait: (milliseconds: number) => Promise<void> },
) => ({
  onEvent: createStartShare({ shares: createShares(client), ...time }),
  isComplete: createFollowShare({ progressOf: createProgressOf(client), now: time.now }),
});
