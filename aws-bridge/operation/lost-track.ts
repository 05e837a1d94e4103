import type { ApprovedOperation } from '../contract/messages';
import { provisionedProductName } from './launch-request';
import type { Finding } from './progress';

const lookYourself = (operation: ApprovedOperation): string =>
  `Look in Service Catalog of account ${operation.order.account}, region ${operation.order.region}, for the provisioned product ${provisionedProductName(operation)}: it tells whether it was launched and how it is.`;

const failed = (at: string, error: Finding['errors'][number]): Finding => ({
  state: 'failed',
  at,
  outputs: [],
  errors: [error],
});

/**
 * The operation came to a stop before its end was known. To a person that is a failure with something left to do.
 * @param code of what was tried last
 */
export const lostTrack = (operation: ApprovedOperation, at: string, code: string): Finding =>
  failed(at, {
    code: 'LostTrack',
    message: `Gatehouse could not find out how this operation ended (${code}).`,
    remedy: lookYourself(operation),
  });

/** It was looked at for days and did not end. */
export const givenUpFollowing = (operation: ApprovedOperation, at: string): Finding =>
  failed(at, {
    code: 'StillUnderWay',
    message:
      'Service Catalog still reports this launch as under way after many days; Gatehouse stops watching it.',
    remedy: lookYourself(operation),
  });
