import type {
  DescribeProductOutput,
  DescribeProvisioningParametersOutput,
  ListLaunchPathsOutput,
  SearchProductsOutput,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { artifact, productSummary } from './catalog-views';
import { chooseLaunch, launchMembers } from './launch-choice';
import type { LaunchPaths } from './launch-paths';
import { launchRoleName } from './constraint-parameters';
import { type Caller, type Operations, operation } from './operation';
import { pageOf } from './paging';
import { chooseProduct } from './product-choice';
import { productSearch, searchProducts } from './product-search';
import { invalidParameters, notFound } from './refusals';
import { AcceptLanguage, Id, ProductName, paged } from './shapes';
import { type VersionContents, parameterView } from './version-contents';
import type { Version, Product } from './catalog';
import type { Visibility } from './visibility';

interface BrowseOptions {
  readonly visibility: Visibility;
  readonly launchPaths: LaunchPaths;
  readonly contentsOf: (version: Version) => VersionContents;
}

/** What people who launch may look at: products that they have a path to. */
export const browseOperations = ({ visibility, launchPaths, contentsOf }: BrowseOptions): Operations => {
  const launchable = (caller: Caller): Product[] =>
    [...new Set(visibility.usablePortfolios(caller).flatMap(({ productIds }) => productIds))].flatMap(
      (id) => visibility.product(id, caller) ?? [],
    );

  return {
    SearchProducts: operation({
      input: z.strictObject({ AcceptLanguage, ...productSearch, ...paged(100) }),
      refuses: ['InvalidParametersException'],
      answer: (input, caller): SearchProductsOutput => {
        const page = pageOf('SearchProducts', searchProducts(launchable(caller), input), input);
        return { ProductViewSummaries: page.items.map(productSummary), NextPageToken: page.next };
      },
    }),

    DescribeProduct: operation({
      input: z.strictObject({ AcceptLanguage, Id: Id.optional(), Name: ProductName.optional() }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: ({ Id: id, Name: name }, caller): DescribeProductOutput => {
        const product = chooseProduct({ id, name }, caller, visibility);
        const paths = launchPaths.of(product, caller);
        if (paths.length === 0) throw notFound(`Product ${product.id} not found.`);
        return {
          ProductViewSummary: productSummary(product),
          ProvisioningArtifacts: product.versions.filter(({ active }) => active).map(artifact),
          Budgets: [],
          LaunchPaths: paths.map((path) => ({ Id: path.id, Name: path.name })),
        };
      },
    }),

    ListLaunchPaths: operation({
      input: z.strictObject({ AcceptLanguage, ProductId: Id, ...paged(20) }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): ListLaunchPathsOutput => {
        const product = chooseProduct({ id: input.ProductId, name: undefined }, caller, visibility);
        const paths = launchPaths.of(product, caller);
        if (paths.length === 0) throw notFound(`No launch paths found for resource: ${product.id}`);
        const page = pageOf(`ListLaunchPaths ${product.id}`, paths, input);
        return {
          LaunchPathSummaries: page.items.map((path) => ({
            Id: path.id,
            ConstraintSummaries: path.constraints.map(({ type, description }) => ({
              Type: type,
              Description: description,
            })),
            Tags: [],
            Name: path.name,
          })),
          NextPageToken: page.next,
        };
      },
    }),

    DescribeProvisioningParameters: operation({
      input: z.strictObject({
        AcceptLanguage,
        ...launchMembers,
      }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): DescribeProvisioningParametersOutput => {
        const { product, path, version } = chooseLaunch(input, caller, { visibility, launchPaths });
        if (product.type !== 'CLOUD_FORMATION_TEMPLATE' && !launchRoleName(path.constraints))
          throw invalidParameters(
            'Error occurred during parameter parsing: LaunchRoleArn is required and must be non empty',
          );
        const { parameters, outputs } = contentsOf(version);
        return {
          ProvisioningArtifactParameters: parameters.map(parameterView),
          ConstraintSummaries: path.constraints.map(({ type, description }) => ({
            Type: type,
            Description: description,
          })),
          UsageInstructions: [
            { Type: 'guidance', Value: version.guidance },
            ...path.constraints
              .filter(({ type }) => type === 'TEMPLATE')
              .map(({ parameters: rules }) => ({ Type: 'rules', Value: rules })),
          ],
          TagOptions: [...path.tagChoices].map(([Key, values]) => ({ Key, Values: [...values] })),
          ProvisioningArtifactPreferences: { StackSetAccounts: [], StackSetRegions: [] },
          ProvisioningArtifactOutputKeys: [...outputs],
        };
      },
    }),
  };
};
