import type {
  DescribeProductAsAdminOutput,
  DescribeProvisioningArtifactOutput,
  ListProvisioningArtifactsOutput,
  ProductViewDetail,
  SearchProductsAsAdminOutput,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { visiblePortfolio } from './admin-operations';
import { type Catalog, type Home, type Product, type Version, tagOptionsOf } from './catalog';
import { artifact, artifactDetail, productArn, productSummary, tagOptionDetail } from './catalog-views';
import { type Operations, operation } from './operation';
import { pageOf } from './paging';
import { chooseProduct, chooseVersion } from './product-choice';
import { productSearch, searchProducts } from './product-search';
import { AcceptLanguage, ArtifactName, Id, ProductName, paged } from './shapes';
import { type VersionContents, parameterView } from './version-contents';
import type { Visibility } from './visibility';

interface AdminProductOptions {
  readonly catalog: Catalog;
  readonly visibility: Visibility;
  readonly contentsOf: (version: Version) => VersionContents;
}

/** What administrators read of products and their versions. */
export const adminProductOperations = (options: AdminProductOptions): Operations => {
  const { catalog, visibility, contentsOf } = options;
  const ownProducts = ({ account, region }: Home): Product[] =>
    [...catalog.products.values()].filter(
      (product) => product.account === account && product.region === region,
    );
  const findProduct = (id: string | undefined, name: string | undefined, home: Home): Product => {
    const own = ownProducts(home).filter((product) => id === undefined && product.name === name);
    return own.length === 1 && own[0] ? own[0] : chooseProduct({ id, name }, home, visibility);
  };
  const detail = (product: Product): ProductViewDetail => ({
    ProductViewSummary: productSummary(product),
    Status: 'AVAILABLE',
    ProductARN: productArn(product),
    CreatedTime: product.createdAt,
  });

  return {
    SearchProductsAsAdmin: operation({
      input: z.strictObject({ AcceptLanguage, PortfolioId: Id.optional(), ...productSearch, ...paged(20) }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): SearchProductsAsAdminOutput => {
        const products =
          input.PortfolioId === undefined
            ? ownProducts(caller)
            : visiblePortfolio(visibility, input.PortfolioId, caller).productIds.flatMap(
                (id) => catalog.products.get(id) ?? [],
              );
        const list = `SearchProductsAsAdmin ${input.PortfolioId ?? ''}`;
        const page = pageOf(list, searchProducts(products, input), input);
        return { ProductViewDetails: page.items.map(detail), NextPageToken: page.next };
      },
    }),

    DescribeProductAsAdmin: operation({
      input: z.strictObject({ AcceptLanguage, Id: Id.optional(), Name: ProductName.optional() }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): DescribeProductAsAdminOutput => {
        const product = findProduct(input.Id, input.Name, caller);
        return {
          ProductViewDetail: detail(product),
          ProvisioningArtifactSummaries: product.versions.map((version) => {
            const { Id: id, Name, Description, CreatedTime } = artifact(version);
            return { Id: id, Name, Description, CreatedTime };
          }),
          Tags: [],
          TagOptions: tagOptionsOf(catalog, product.id).map(tagOptionDetail),
          Budgets: [],
        };
      },
    }),

    ListProvisioningArtifacts: operation({
      input: z.strictObject({ AcceptLanguage, ProductId: Id }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: ({ ProductId: id }, caller): ListProvisioningArtifactsOutput => {
        const product = findProduct(id, undefined, caller);
        return {
          ProvisioningArtifactDetails: product.versions.map((version) => artifactDetail(version, product)),
        };
      },
    }),

    DescribeProvisioningArtifact: operation({
      input: z.strictObject({
        AcceptLanguage,
        ProvisioningArtifactId: Id.optional(),
        ProductId: Id.optional(),
        ProvisioningArtifactName: ArtifactName.optional(),
        ProductName: ProductName.optional(),
        Verbose: z.boolean().optional(),
        IncludeProvisioningArtifactParameters: z.boolean().optional(),
      }),
      refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
      answer: (input, caller): DescribeProvisioningArtifactOutput => {
        const product = findProduct(input.ProductId, input.ProductName, caller);
        const wish = { id: input.ProvisioningArtifactId, name: input.ProvisioningArtifactName };
        const version = chooseVersion(wish, product.versions);
        const { template, parameters } = contentsOf(version);
        const { source } = version;
        return {
          ProvisioningArtifactDetail: artifactDetail(version, product),
          Info: {
            ...('templateUrl' in source && { TemplateUrl: source.templateUrl }),
            ...(template && input.Verbose && { CloudFormationTemplate: JSON.stringify(template) }),
          },
          Status: 'AVAILABLE',
          ...(input.IncludeProvisioningArtifactParameters && {
            ProvisioningArtifactParameters: parameters.map(parameterView),
          }),
        };
      },
    }),
  };
};
