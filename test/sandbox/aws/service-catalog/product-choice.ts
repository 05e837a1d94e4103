import type { Home, Product, Version } from './catalog';
import { invalidParameters, notFound } from './refusals';
import type { Visibility } from './visibility';

interface ProductWish {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/**
 * The product that a request means. A request names it or gives its id, and not both.
 * @throws AwsError `InvalidParametersException`, `ResourceNotFoundException`
 */
export const chooseProduct = (wish: ProductWish, home: Home, visibility: Visibility): Product => {
  const key = oneOf('product', wish);
  const ids = new Set(visibility.portfolios(home).flatMap(({ productIds }) => productIds));
  const found =
    wish.id === undefined
      ? [...ids].flatMap((id) => visibility.product(id, home) ?? []).filter(({ name }) => name === wish.name)
      : [visibility.product(wish.id, home)];
  if (found.length > 1) throw invalidParameters(`Multiple products with name ${key} found.`);
  const [product] = found;
  if (!product) throw notFound(`Product ${key} not found.`);
  return product;
};

/**
 * The version that a request means, of those given.
 * @throws AwsError `InvalidParametersException`, `ResourceNotFoundException`
 */
export const chooseVersion = (wish: ProductWish, versions: readonly Version[]): Version => {
  const key = oneOf('provisioning artifact', wish);
  const [version, another] = versions.filter(({ id, name }) => (wish.id === undefined ? name : id) === key);
  if (another) throw invalidParameters(`Multiple Provisioning Artifact with name ${key} found.`);
  if (!version) throw notFound(`Provisioning artifact ${key} not found.`);
  return version;
};

const oneOf = (what: string, { id, name }: ProductWish): string => {
  const key = id ?? name;
  if (key === undefined || (id !== undefined && name !== undefined))
    throw invalidParameters(`The ${what}'s name or id has to be given, but not both.`);
  return key;
};
