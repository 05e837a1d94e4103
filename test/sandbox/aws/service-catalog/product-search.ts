import { z } from 'zod';
import { NotModelled } from '../service';
import type { Product } from './catalog';
import { SortOrder } from './shapes';

/** How product lists may be narrowed and ordered. */
export const productSearch = {
  Filters: z
    .partialRecord(z.enum(['FullTextSearch', 'Owner', 'ProductType', 'SourceProductId']), z.array(z.string()))
    .optional(),
  SortBy: z.enum(['Title', 'VersionCount', 'CreationDate']).optional(),
  SortOrder: SortOrder.optional(),
};
type ProductSearch = z.infer<z.ZodObject<typeof productSearch>>;

export const searchProducts = (products: readonly Product[], search: ProductSearch): Product[] => {
  const {
    FullTextSearch: terms,
    Owner: owners,
    ProductType: types,
    SourceProductId: sources,
  } = search.Filters ?? {};
  if (sources) throw new NotModelled('the filter SourceProductId');
  const found = products.filter(
    (product) =>
      (owners?.includes(product.owner) ?? true) &&
      (types?.includes(product.type) ?? true) &&
      (terms?.every((term) => textOf(product).includes(term.toLowerCase())) ?? true),
  );
  const sortBy = search.SortBy;
  if (!sortBy) return found;
  const sorted = found.toSorted((one, other) => compare(sortKey(one, sortBy), sortKey(other, sortBy)));
  return search.SortOrder === 'DESCENDING' ? sorted.reverse() : sorted;
};

const textOf = ({ name, owner, description = '' }: Product): string =>
  `${name} ${owner} ${description}`.toLowerCase();

const sortKey = (product: Product, sortBy: NonNullable<ProductSearch['SortBy']>): string | number => {
  if (sortBy === 'Title') return product.name;
  return sortBy === 'VersionCount' ? product.versions.length : product.createdAt.getTime();
};

const compare = (one: string | number, other: string | number): number =>
  one < other ? -1 : Number(one > other);
