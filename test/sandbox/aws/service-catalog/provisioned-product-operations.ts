import type {
  DescribeProvisionedProductOutput,
  GetProvisionedProductOutputsOutput,
  ScanProvisionedProductsOutput,
  SearchProvisionedProductsOutput,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { withinAccess } from './access-level';
import type { Home } from './catalog';
import { type Operations, operation } from './operation';
import { pageOf } from './paging';
import {
  type Inventory,
  type ProvisionedProduct,
  productsOf,
  provisionedProductAttribute,
  provisionedProductDetail,
} from './provisioned-products';
import { searchProvisionedProducts } from './provisioned-product-search';
import { invalidParameters, notFound } from './refusals';
import { AcceptLanguage, AccessLevelFilter, Id, ProvisionedProductName, SortOrder, paged } from './shapes';

/** What an account has launched and not terminated. */
export const provisionedProductOperations = (inventory: Inventory): Operations => {
  const find = (id: string | undefined, name: string | undefined, home: Home): ProvisionedProduct => {
    const key = id ?? name;
    if (key === undefined || (id !== undefined && name !== undefined))
      throw invalidParameters("The provisioned product's name or id has to be given, but not both.");
    const found = productsOf(inventory, home).find(
      (product) => (id === undefined ? product.name : product.id) === key,
    );
    if (!found) throw notFound(`Provisioned product ${key} not found.`);
    return found;
  };

  return {
    DescribeProvisionedProduct: operation({
      input: z.strictObject({ AcceptLanguage, Id: Id.optional(), Name: ProvisionedProductName.optional() }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: ({ Id: id, Name: name }, caller): DescribeProvisionedProductOutput => ({
        ProvisionedProductDetail: provisionedProductDetail(find(id, name, caller)),
        CloudWatchDashboards: [],
      }),
    }),

    GetProvisionedProductOutputs: operation({
      input: z.strictObject({
        AcceptLanguage,
        ProvisionedProductId: Id.optional(),
        ProvisionedProductName: ProvisionedProductName.optional(),
        OutputKeys: z.array(z.string()).max(60).optional(),
        ...paged(20),
      }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): GetProvisionedProductOutputsOutput => {
        const { outputs, id } = find(input.ProvisionedProductId, input.ProvisionedProductName, caller);
        const unknown = input.OutputKeys?.filter(
          (key) => !outputs.some(({ OutputKey }) => OutputKey === key),
        );
        if (unknown?.length) throw invalidParameters(`Invalid output keys: ${unknown.join(', ')}`);
        const asked = outputs.filter(
          ({ OutputKey: key }) => !input.OutputKeys || (key !== undefined && input.OutputKeys.includes(key)),
        );
        const page = pageOf(`GetProvisionedProductOutputs ${id}`, asked, input);
        return { Outputs: page.items, NextPageToken: page.next };
      },
    }),

    SearchProvisionedProducts: operation({
      input: z.strictObject({
        AcceptLanguage,
        AccessLevelFilter: AccessLevelFilter.optional(),
        Filters: z.strictObject({ SearchQuery: z.array(z.string()).optional() }).optional(),
        SortBy: z.string().optional(),
        SortOrder: SortOrder.optional(),
        ...paged(100),
      }),
      refuses: ['InvalidParametersException'],
      answer: (input, caller): SearchProvisionedProductsOutput => {
        const level = input.AccessLevelFilter ?? { Key: 'Account', Value: 'self' };
        const seen = withinAccess(productsOf(inventory, caller), level, caller);
        const found = searchProvisionedProducts(seen.map(provisionedProductAttribute), {
          query: input.Filters?.SearchQuery ?? [],
          sortBy: input.SortBy,
          descending: input.SortOrder === 'DESCENDING',
        });
        const page = pageOf('SearchProvisionedProducts', found, input);
        return {
          ProvisionedProducts: page.items,
          TotalResultsCount: found.length,
          NextPageToken: page.next,
        };
      },
    }),

    ScanProvisionedProducts: operation({
      input: z.strictObject({
        AcceptLanguage,
        AccessLevelFilter: AccessLevelFilter.optional(),
        ...paged(20),
      }),
      refuses: ['InvalidParametersException'],
      answer: (input, caller): ScanProvisionedProductsOutput => {
        const level = input.AccessLevelFilter ?? { Key: 'User', Value: 'self' };
        const seen = withinAccess(productsOf(inventory, caller), level, caller);
        const page = pageOf('ScanProvisionedProducts', seen, input);
        return {
          ProvisionedProducts: page.items.map(provisionedProductDetail),
          NextPageToken: page.next,
        };
      },
    }),
  };
};
