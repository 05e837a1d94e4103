import { z } from 'zod';
import type { CatalogReader } from '../../catalog/catalog-reader';
import type { KeptProduct, KeptVersion } from '../../catalog/kept-catalog';
import { isLaunchable, isOffered } from '../../catalog/offered';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { OfferedTo } from './offered';
import type { Described, OrderFormView, ProductOffer } from './view';

interface Ports {
  readonly offeredTo: OfferedTo;
  readonly catalog: Pick<CatalogReader, 'products' | 'product' | 'describedIn'>;
}

const DescriptionAsked = z.object({
  productId: z.string().max(128),
  versionId: z.string().max(128).optional(),
});

/** What the order form asks for. AWS is never called, and opening the form reads the app's storage once. */
export const createOrderFormCalls = ({ offeredTo, catalog }: Ports): Readonly<Record<string, PageCall>> => {
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
