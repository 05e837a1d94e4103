import type { Configuration } from '../configuration';

/** A part of the organization, as Service Catalog's `OrganizationNode` has it. */
export interface SharedNode {
  readonly Type: 'ORGANIZATION' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT';
  readonly Value: string;
}

/**
 * What the portfolio is shared with. Named accounts are members of the organization, so the share needs nobody to accept
 * it. The whole organization goes by its own id: Service Catalog takes no root.
 */
export const sharedNodes = ({ organization, tenants }: Configuration): readonly SharedNode[] => {
  if (tenants.accounts) return tenants.accounts.map((Value) => ({ Type: 'ACCOUNT', Value }));
  if ('root' in tenants.within) return [{ Type: 'ORGANIZATION', Value: organization.id }];
  return tenants.within.organizationalUnits.map((Value) => ({ Type: 'ORGANIZATIONAL_UNIT', Value }));
};
