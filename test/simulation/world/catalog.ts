import { createHash } from 'node:crypto';
import {
  BOOKS_KEY,
  INDEX_KEY,
  type KeptBooks,
  type KeptIndex,
  type KeptProduct,
  productKey,
} from '../../../forge-app/catalog/kept-catalog';
import { REGION } from '../../sandbox/organization';
import type { SimulatedProduct } from './catalogue';

type Offered = SimulatedProduct & { readonly productId: string; readonly versionId: string };

/** What the app keeps of the catalogue after it has been synchronised, which the journeys show: here it begins with it. */
export const keptCatalog = (
  products: Iterable<Offered>,
): readonly (readonly [key: string, value: object])[] => {
  const kept = [...products]
    .filter(({ key }) => key !== 'gated')
    .map(({ productId, versionId, name, template }): KeptProduct => ({
      ...{
        form: 2,
        id: productId,
        region: REGION,
        name,
        owner: 'Platform',
        type: 'CLOUD_FORMATION_TEMPLATE',
      },
      constraints: [],
      versions: [
        {
          ...{
            id: versionId,
            name: 'v1',
            createdAt: '2026-01-02T10:00:00.000Z',
            guidance: 'DEFAULT',
            active: true,
          },
          described: {
            parameters: [
              {
                key: 'Size',
                type: 'String',
                noEcho: false,
                default: 'small',
                allowedValues: ['small', 'large'],
              },
            ],
            resourceTypes: Object.values(
              template['Resources'] as Readonly<Record<string, { readonly Type: string }>>,
            ).map(({ Type }) => Type),
            capabilities: [],
          },
        },
      ],
    }));
  const index: KeptIndex = {
    form: 2,
    revision: 'revision-1',
    products: kept.map((product) => ({
      ...{ id: product.id, name: product.name, region: product.region, launchable: true },
      digest: createHash('sha256').update(JSON.stringify(product)).digest('hex'),
    })),
  };
  const books: KeptBooks = {
    form: 2,
    described: kept.flatMap(({ versions }) => versions.map(({ id }) => id)),
    apart: [],
    complete: true,
    forgetting: [],
  };
  return [
    [INDEX_KEY, index],
    [BOOKS_KEY, books],
    ...kept.map((product) => [productKey(product.id), product] as const),
  ];
};
