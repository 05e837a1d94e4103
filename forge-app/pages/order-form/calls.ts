import { z } from 'zod';
import type { CatalogReader } from '../../catalog/catalog-reader';
import type { KeptProduct, KeptVersion } from '../../catalog/kept-catalog';
import { isLaunchable, isOffered } from '../../catalog/offered';
import type { PortalOf } from '../../jira/portal';
import { accountsFor, type MembershipsOf } from '../../settings/may-use';
import { type ProjectSettings, readProjectSettings } from '../../settings/project-settings';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Visitor } from '../visitor';
import type { Described, OrderFormView, ProductOffer, UsableAccount } from './view';

interface Ports {
  readonly portalOf: PortalOf;
  /** The project's property that holds the settings; undefined where it has none. */
  readonly settingsProperty: (projectId: string) => Promise<unknown>;
  readonly membershipsOf: MembershipsOf;
  readonly catalog: Pick<CatalogReader, 'products' | 'product' | 'describedIn'>;
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

const DescriptionAsked = z.object({
  productId: z.string().max(128),
  versionId: z.string().max(128).optional(),
});

/** What the order form asks for. AWS is never called, and opening the form reads the app's storage once. */
export const createOrderFormCalls = (ports: Ports): Readonly<Record<string, PageCall>> => {
  const offeredTo = createOffered(ports);
  const { catalog } = ports;

  const offerOf = async (
    product: KeptProduct | undefined,
    versionId?: string,
  ): Promise<ProductOffer | undefined> => {
    if (product === undefined || !isLaunchable(product)) return undefined;
    const versions = product.versions
      .filter(isOffered)
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
    const wanted = versionId === undefined ? versions[0] : versions.find(({ id }) => id === versionId);
    if (wanted === undefined) return undefined;
    const { id, name, region, description, constraints } = product;
    return {
      id,
      name,
      region,
      ...(description !== undefined && { description }),
      constraints: constraints.filter(({ type }) => type === 'TEMPLATE'),
      versions: versions.map((version) => ({
        id: version.id,
        name: version.name,
        ...(version.description !== undefined && { description: version.description }),
        createdAt: version.createdAt,
      })),
      described: { versionId: wanted.id, as: await describedAs(wanted) },
    };
  };

  const describedAs = async (version: KeptVersion): Promise<Described> =>
    version.described === 'too-large' ? 'too-large' : ((await catalog.describedIn(version)) ?? 'awaited');

  return {
    'order-form.open': async (visitor) => {
      const offered = await offeredTo(visitor);
      if (offered.outcome === 'not-set-up') return refused('not-set-up');
      if (offered.outcome === 'not-ours') return ok<OrderFormView>({ ours: false });
      const { accounts, productIds } = offered;
      const view = { ours: true, accounts, products: [], offer: null, awaited: false } as const;
      if (accounts.length === 0) return ok<OrderFormView>(view);
      const [only] = productIds;
      if (productIds.length === 1 && only !== undefined) {
        const product = await catalog.product(only);
        const offer = await offerOf(product);
        if (offer === undefined) return ok<OrderFormView>({ ...view, awaited: product === undefined });
        const { id, name, region } = offer;
        return ok<OrderFormView>({ ...view, products: [{ id, name, region }], offer });
      }
      const listed = await catalog.products();
      const products = (listed ?? [])
        .filter(({ id, launchable }) => launchable && productIds.includes(id))
        .map(({ id, name, region }) => ({ id, name, region }))
        .sort((a, b) => a.name.localeCompare(b.name) || a.region.localeCompare(b.region));
      return ok<OrderFormView>({ ...view, products, awaited: listed === undefined });
    },

    'order-form.describe': async (visitor, payload) => {
      const asked = DescriptionAsked.parse(payload);
      const offered = await offeredTo(visitor);
      if (offered.outcome === 'not-set-up') return refused('not-set-up');
      if (offered.outcome === 'not-ours' || offered.accounts.length === 0) return refused('not-yours');
      if (!offered.productIds.includes(asked.productId)) return refused('not-yours');
      const offer = await offerOf(await catalog.product(asked.productId), asked.versionId);
      // It was on the form a moment ago.
      return offer === undefined ? refused('changed') : ok(offer);
    },
  };
};

/** Whatever is asked, the project's settings decide, as they are now. */
const createOffered =
  ({ portalOf, settingsProperty, membershipsOf }: Ports) =>
  async ({ accountId, portalId, requestTypeId }: Visitor): Promise<Offered> => {
    if (accountId === undefined || portalId === undefined || requestTypeId === undefined) {
      return { outcome: 'not-ours' };
    }
    const portal = await portalOf(portalId);
    const property = await settingsProperty(portal.projectId);
    const reading = readProjectSettings(property);
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
