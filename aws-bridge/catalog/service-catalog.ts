import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import type { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import {
  DescribeConstraintCommand,
  DescribeProvisioningArtifactCommand,
  ListConstraintsForPortfolioCommand,
  ListProvisioningArtifactsCommand,
  SearchProductsAsAdminCommand,
} from '@aws-sdk/client-service-catalog';
import * as z from 'zod/mini';
import type { VersionDescription } from '../contract/catalog';
import { DownstreamFailed, downstreamError } from '../runtime/downstream';
import type { Portfolio } from './answer-catalog';
import type { ReadTemplate } from './read-template';
import { rulesOf } from './template-rules';
import { ArtifactParameter, parameterOf, presentationOf } from './version-description';

/** A vendor's answer lacks something that it has to have. `code` names the operation and the paths. */
export class AnswerIncomplete extends Error {
  override readonly name = 'AnswerIncomplete';
  readonly code: string;
  constructor(operation: string, paths: readonly string[]) {
    super(`${operation} answered without a usable ${paths.join(', ')}`);
    this.code = `${operation}: ${paths.join(', ')}`;
  }
}

const Products = z.object({
  ProductViewDetails: z._default(
    z.array(
      z.object({
        ProductViewSummary: z.object({
          ProductId: z.string(),
          Name: z.string(),
          Owner: z.string(),
          ShortDescription: z.optional(z.string()),
          Type: z.string(),
        }),
      }),
    ),
    [],
  ),
  NextPageToken: z.optional(z.string()),
});
const Artifacts = z.object({
  ProvisioningArtifactDetails: z._default(
    z.array(
      z.object({
        Id: z.string(),
        Name: z.string(),
        Description: z.optional(z.string()),
        Type: z.string(),
        CreatedTime: z.date(),
        Active: z._default(z.boolean(), true),
        Guidance: z._default(z.enum(['DEFAULT', 'DEPRECATED']), 'DEFAULT'),
      }),
    ),
    [],
  ),
});
const Constraints = z.object({
  ConstraintDetails: z._default(
    z.array(z.object({ ConstraintId: z.string(), ProductId: z.string(), Type: z.string() })),
    [],
  ),
  NextPageToken: z.optional(z.string()),
});
const ConstraintAnswer = z.object({
  ConstraintDetail: z.object({ Type: z.string(), Description: z.optional(z.string()) }),
  ConstraintParameters: z.string(),
  Status: z.enum(['AVAILABLE', 'CREATING', 'FAILED']),
});
const Artifact = z.object({ ProvisioningArtifactParameters: z._default(z.array(ArtifactParameter), []) });
const TemplateLocation = z.object({ Info: z.object({ TemplateUrl: z.string() }) });
const Summary = z.object({
  ResourceTypes: z._default(z.array(z.string()), []),
  Capabilities: z._default(z.array(z.string()), []),
  Metadata: z.optional(z.string()),
});

const NO_SUMMARY: z.infer<typeof Summary> = { ResourceTypes: [], Capabilities: [] };

/** Service Catalog's limits: products and constraints of one page. */
const PRODUCTS_A_PAGE = 20;
const CONSTRAINTS_A_PAGE = 20;
/** The type of constraint that an order can break. Describing the others, one call each, would tell nobody anything. */
const CHECKED = 'TEMPLATE';

/**
 * A portfolio of the hub account.
 * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_Operations_AWS_Service_Catalog.html
 */
export const createPortfolio = (
  portfolioId: string,
  clients: {
    readonly serviceCatalog: ServiceCatalogClient;
    readonly cloudFormation: CloudFormationClient;
    readonly readTemplate: ReadTemplate;
  },
): Portfolio => {
  const catalog = clients.serviceCatalog;

  const summaryOf = async (TemplateURL: string): Promise<z.infer<typeof Summary>> =>
    answered('GetTemplateSummary', Summary, () =>
      clients.cloudFormation.send(new GetTemplateSummaryCommand({ TemplateURL })),
    );

  const templateAt = async (url: string) => {
    const [summary, template] = await Promise.all([summaryOf(url), clients.readTemplate(url)]);
    return { summary, template };
  };

  return {
    products: async () => {
      const pages = await everyPage((PageToken) =>
        answered('SearchProductsAsAdmin', Products, () =>
          catalog.send(
            new SearchProductsAsAdminCommand({
              PortfolioId: portfolioId,
              PageSize: PRODUCTS_A_PAGE,
              PageToken,
            }),
          ),
        ),
      );
      return pages
        .flatMap((page) => page.ProductViewDetails)
        .map(({ ProductViewSummary: product }) => ({
          id: product.ProductId,
          name: product.Name,
          owner: product.Owner,
          ...(product.ShortDescription && { description: product.ShortDescription }),
          type: product.Type,
        }));
    },

    // The operation takes no page token; a product has a hundred versions at most.
    versions: async (ProductId) => {
      const { ProvisioningArtifactDetails } = await answered('ListProvisioningArtifacts', Artifacts, () =>
        catalog.send(new ListProvisioningArtifactsCommand({ ProductId })),
      );
      return ProvisioningArtifactDetails.map((artifact) => ({
        type: artifact.Type,
        version: {
          id: artifact.Id,
          name: artifact.Name,
          ...(artifact.Description && { description: artifact.Description }),
          createdAt: artifact.CreatedTime.toISOString(),
          guidance: artifact.Guidance,
          active: artifact.Active,
        },
      }));
    },

    constraints: async () => {
      const pages = await everyPage((PageToken) =>
        answered('ListConstraintsForPortfolio', Constraints, () =>
          catalog.send(
            new ListConstraintsForPortfolioCommand({
              PortfolioId: portfolioId,
              PageSize: CONSTRAINTS_A_PAGE,
              PageToken,
            }),
          ),
        ),
      );
      return pages
        .flatMap((page) => page.ConstraintDetails)
        .filter(({ Type }) => Type === CHECKED)
        .map(({ ConstraintId, ProductId }) => ({ id: ConstraintId, productId: ProductId }));
    },

    constraint: async (Id) => {
      const { ConstraintDetail, ConstraintParameters, Status } = await answered(
        'DescribeConstraint',
        ConstraintAnswer,
        () => catalog.send(new DescribeConstraintCommand({ Id })),
      );
      if (Status !== 'AVAILABLE') return undefined;
      return {
        type: ConstraintDetail.Type,
        ...(ConstraintDetail.Description && { description: ConstraintDetail.Description }),
        parameters: ConstraintParameters,
      };
    },

    describeVersion: async (ProductId, { type, version }): Promise<VersionDescription> => {
      const output = await called('DescribeProvisioningArtifact', () =>
        catalog.send(
          new DescribeProvisioningArtifactCommand({
            ProductId,
            ProvisioningArtifactId: version.id,
            IncludeProvisioningArtifactParameters: true,
          }),
        ),
      );
      const about = `DescribeProvisioningArtifact ${version.id}`;
      const { ProvisioningArtifactParameters } = checked(about, Artifact, output);
      // Only a CloudFormation template can be summarised; of any other version the parameters are known.
      const { summary, template } =
        type === 'CLOUD_FORMATION_TEMPLATE'
          ? await templateAt(checked(about, TemplateLocation, output).Info.TemplateUrl)
          : { summary: NO_SUMMARY, template: undefined };
      // No API tells a template's rules, so they are read in the template itself.
      const rules = template === undefined ? undefined : rulesOf(template);
      const presentation = presentationOf(summary.Metadata);
      return {
        parameters: ProvisioningArtifactParameters.map((parameter) => parameterOf(parameter, presentation)),
        resourceTypes: [...new Set(summary.ResourceTypes)],
        capabilities: summary.Capabilities,
        ...(rules !== undefined && { rules }),
      };
    },
  };
};

const everyPage = async <Page extends { readonly NextPageToken?: string | undefined }>(
  page: (token: string | undefined) => Promise<Page>,
): Promise<Page[]> => {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const next = await page(token);
    pages.push(next);
    token = next.NextPageToken || undefined;
  } while (token !== undefined);
  return pages;
};

const called = async <Output>(operation: string, call: () => Promise<Output>): Promise<Output> => {
  try {
    return await call();
  } catch (error) {
    throw downstreamError(operation, error);
  }
};

const answered = async <Schema extends z.ZodMiniType>(
  operation: string,
  schema: Schema,
  call: () => Promise<unknown>,
): Promise<z.infer<Schema>> => checked(operation, schema, await called(operation, call));

const checked = <Schema extends z.ZodMiniType>(
  operation: string,
  schema: Schema,
  output: unknown,
): z.infer<Schema> => {
  const parsed = schema.safeParse(output);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
  throw new DownstreamFailed(operation, new AnswerIncomplete(operation, paths));
};
