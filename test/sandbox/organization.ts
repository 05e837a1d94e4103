/** The sandbox's AWS organization: the accounts that exist before anything of Gatehouse is deployed. */

export const REGION = 'eu-west-1';
export const ORGANIZATION_ID = 'o-a1b2c3d4e5';

export const MANAGEMENT = '100000000001';
export const HUB = '100000000002';
export const PAYMENTS_DEV = '100000000003';
export const DATA_PROD = '100000000004';
export const RESEARCH = '100000000005';

export const ACCOUNTS: readonly { readonly id: string; readonly name: string }[] = [
  { id: MANAGEMENT, name: 'management' },
  { id: HUB, name: 'hub' },
  { id: PAYMENTS_DEV, name: 'payments-dev' },
  { id: DATA_PROD, name: 'data-prod' },
  { id: RESEARCH, name: 'research' },
];
