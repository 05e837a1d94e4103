import { z } from 'zod';
import type { PortalOf } from '../../jira/portal';
import { accountsFor, type MembershipsOf } from '../../settings/may-use';
import type { ProjectSettings, SettingsReading } from '../../settings/project-settings';
import type { Visitor } from '../visitor';
import type { UsableAccount } from './view';

interface Ports {
  readonly portalOf: PortalOf;
  /** The project's property that holds the settings; undefined where it has none. */
  readonly settingsProperty: (projectId: string) => Promise<unknown>;
  readonly readSettings: (property: unknown) => SettingsReading;
  readonly membershipsOf: MembershipsOf;
}

/** What the visitor may order with this request type. */
type Offered =
  | { readonly outcome: 'not-ours' }
  | { readonly outcome: 'not-set-up' }
  | {
      readonly outcome: 'ours';
      readonly accounts: readonly UsableAccount[];
      readonly productIds: readonly string[];
    };

export type OfferedTo = (visitor: Visitor) => Promise<Offered>;

/** Whatever is asked, the project's settings decide, as they are now. */
export const createOfferedTo =
  ({ portalOf, settingsProperty, readSettings, membershipsOf }: Ports): OfferedTo =>
  async ({ accountId, portalId, requestTypeId }) => {
    if (accountId === undefined || portalId === undefined || requestTypeId === undefined) {
      return { outcome: 'not-ours' };
    }
    const portal = await portalOf(portalId);
    const property = await settingsProperty(portal.projectId);
    const reading = readSettings(property);
    if (reading.outcome === 'absent') return { outcome: 'not-ours' };
    if (reading.outcome === 'unusable') {
      return { outcome: mentions(property, requestTypeId) ? 'not-set-up' : 'not-ours' };
    }
    const { settings } = reading;
    const productIds = settings.products
      .filter((product) => product.requestTypeId === requestTypeId)
      .map(({ productId }) => productId);
    if (productIds.length === 0) return { outcome: 'not-ours' };
    const considered = portal.shown ? settings : { accounts: settings.accounts.filter(isNamed) };
    const memberships = await membershipsOf(accountId, considered.accounts);
    const accounts = accountsFor(considered, memberships).map(({ id, name, regions }) => ({
      id,
      name,
      regions,
    }));
    return { outcome: 'ours', accounts, productIds };
  };

/** Who is "everyone that can raise a request" only Jira knows; where it does not say, an account has to name whom it is for. */
const isNamed = ({ organizations }: ProjectSettings['accounts'][number]): boolean =>
  organizations !== 'everyone';

const Mentioned = z.object({ products: z.array(z.looseObject({ requestTypeId: z.unknown() })) });

/** Whether settings that cannot be used are about this request type, as far as they can be read. */
const mentions = (property: unknown, requestTypeId: string): boolean =>
  Mentioned.safeParse(property).data?.products.some(
    (product) => String(product.requestTypeId) === requestTypeId,
  ) ?? false;
