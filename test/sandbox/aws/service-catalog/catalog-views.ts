import type {
  ConstraintDetail,
  PortfolioDetail,
  ProductViewSummary,
  ProvisioningArtifact,
  ProvisioningArtifactDetail,
  TagOptionDetail,
} from '@aws-sdk/client-service-catalog';
import type { Constraint, Portfolio, Product, TagOption, Version } from './catalog';

/** The catalog's entries as the API shows them. */

export const portfolioDetail = (portfolio: Portfolio): PortfolioDetail => ({
  Id: portfolio.id,
  ARN: `arn:aws:catalog:${portfolio.region}:${portfolio.account}:portfolio/${portfolio.id}`,
  DisplayName: portfolio.name,
  Description: portfolio.description,
  CreatedTime: portfolio.createdAt,
  ProviderName: portfolio.provider,
});

export const productArn = ({ region, account, id }: Product): string =>
  `arn:aws:catalog:${region}:${account}:product/${id}`;

export const productSummary = (product: Product): ProductViewSummary => ({
  Id: product.viewId,
  ProductId: product.id,
  Name: product.name,
  Owner: product.owner,
  ShortDescription: product.description,
  Type: product.type,
  HasDefaultPath: false,
});

/** A version as people who launch see it. */
export const artifact = (version: Version): ProvisioningArtifact => ({
  Id: version.id,
  Name: version.name,
  Description: version.description,
  CreatedTime: version.createdAt,
  Guidance: version.guidance,
});

/** A version as administrators see it. */
export const artifactDetail = (version: Version, product: Product): ProvisioningArtifactDetail => ({
  ...artifact(version),
  Type: product.type,
  Active: version.active,
});

export const constraintDetail = (constraint: Constraint): ConstraintDetail => ({
  ConstraintId: constraint.id,
  Type: constraint.type,
  Description: constraint.description,
  Owner: constraint.owner,
  ProductId: constraint.productId,
  PortfolioId: constraint.portfolioId,
});

export const tagOptionDetail = (option: TagOption): TagOptionDetail => ({
  Key: option.key,
  Value: option.value,
  Active: option.active,
  Id: option.id,
  Owner: option.account,
});
