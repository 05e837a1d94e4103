import { AwsError } from '../service';
import type { Home } from './catalog';
import {
  type Inventory,
  type ProvisionedProduct,
  productsOf,
  provisionedProductArn,
} from './provisioned-products';
import { notFound } from './refusals';

const validation = (message: string): AwsError => new AwsError('ValidationException', message);

/**
 * The provisioned product that is to change: by its id, or by its name or ARN. What changes already is left alone; the
 * API does not say how that is refused, and this is the only error besides that every one of its operations may answer.
 * @throws AwsError `ValidationException`, `ResourceNotFoundException`
 */
export const chooseProvisionedProduct = (
  { id, name }: { readonly id: string | undefined; readonly name: string | undefined },
  inventory: Inventory,
  home: Home,
): ProvisionedProduct => {
  const key = id ?? name;
  if (key === undefined || (id !== undefined && name !== undefined))
    throw validation("The provisioned product's name or id has to be given, but not both.");
  const product = productsOf(inventory, home).find((candidate) =>
    id === undefined
      ? candidate.name === key || provisionedProductArn(candidate) === key
      : candidate.id === key,
  );
  if (!product) throw notFound(`Provisioned product ${key} not found.`);
  if (product.status === 'UNDER_CHANGE')
    throw validation(
      `Provisioned product ${product.id} is UNDER_CHANGE. Wait until ${product.lastRecordId} has ended.`,
    );
  return product;
};
