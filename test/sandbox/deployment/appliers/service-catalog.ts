import { z } from 'zod';
import { suffixOf } from '../../aws/cloudformation/deterministic-ids';
import { RuleSet } from '../../aws/service-catalog/template-rules';
import { NotModelled } from '../../aws/service';
import { applierOf, flag, text } from '../resource';
import type { World } from '../world';

const onProduct = { PortfolioId: text, ProductId: text, Description: text.optional() };
const described = (description: string | undefined) => (description === undefined ? {} : { description });

const portfolio = applierOf({
  type: 'AWS::ServiceCatalog::Portfolio',
  properties: z.object({ DisplayName: text, ProviderName: text, Description: text.optional() }),
  quiet: ['AcceptLanguage', 'Tags'],
  apply: (properties, { account, region }, { catalog }: World) => {
    const { DisplayName: name, ProviderName: provider, Description: description } = properties;
    const id = catalog.createPortfolio({ account, region, name, provider, ...described(description) });
    return { id, attributes: { PortfolioName: name } };
  },
});

const product = applierOf({
  type: 'AWS::ServiceCatalog::CloudFormationProduct',
  properties: z.object({
    Name: text,
    Owner: text,
    Description: text.optional(),
    ProductType: z.literal('CLOUD_FORMATION_TEMPLATE').optional(),
    ProvisioningArtifactParameters: z
      .array(
        z.strictObject({
          Name: text,
          Description: text.optional(),
          DisableTemplateValidation: flag.optional(),
          Info: z.strictObject({ LoadTemplateFromURL: text }),
          Type: z.literal('CLOUD_FORMATION_TEMPLATE').optional(),
        }),
      )
      .min(1),
  }),
  quiet: [
    'AcceptLanguage',
    'Distributor',
    'ReplaceProvisioningArtifacts',
    'SupportDescription',
    'SupportEmail',
    'SupportUrl',
    'Tags',
  ],
  apply: (properties, { account, region }, { catalog }: World) => {
    const { Name: name, Owner: owner, Description: description } = properties;
    const productId = catalog.createProduct({ account, region, name, owner, ...described(description) });
    const versions = properties.ProvisioningArtifactParameters.map((version) => ({
      name: version.Name,
      id: catalog.addVersion({
        productId,
        name: version.Name,
        ...described(version.Description),
        templateUrl: version.Info.LoadTemplateFromURL,
      }),
    }));
    return {
      id: productId,
      attributes: {
        ProductName: name,
        ProvisioningArtifactIds: versions.map((version) => version.id).join(','),
        ProvisioningArtifactNames: versions.map((version) => version.name).join(','),
      },
    };
  },
});

const productAssociation = applierOf({
  type: 'AWS::ServiceCatalog::PortfolioProductAssociation',
  properties: z.object({ PortfolioId: text, ProductId: text }),
  quiet: ['AcceptLanguage'],
  apply: ({ PortfolioId, ProductId }, _, { catalog }: World) => {
    catalog.addProduct(PortfolioId, ProductId);
    return { id: `${PortfolioId}|${ProductId}` };
  },
});

const principalAssociation = applierOf({
  type: 'AWS::ServiceCatalog::PortfolioPrincipalAssociation',
  properties: z.object({
    PortfolioId: text,
    PrincipalARN: text,
    PrincipalType: z.enum(['IAM', 'IAM_PATTERN']),
  }),
  quiet: ['AcceptLanguage'],
  apply: (
    { PortfolioId: portfolioId, PrincipalARN: arn, PrincipalType: type },
    place,
    { catalog }: World,
  ) => {
    catalog.associatePrincipal({ portfolioId, arn, type, account: place.account });
    return { id: `${arn}|${portfolioId}` };
  },
});

const launchRoleConstraint = applierOf({
  type: 'AWS::ServiceCatalog::LaunchRoleConstraint',
  properties: z.object({ ...onProduct, LocalRoleName: text.optional(), RoleArn: text.optional() }),
  quiet: ['AcceptLanguage'],
  apply: (properties, _, { catalog }: World) => {
    const { LocalRoleName: localRoleName } = properties;
    if (localRoleName === undefined) throw new NotModelled('a launch constraint without LocalRoleName');
    const { PortfolioId: portfolioId, ProductId: productId, Description: description } = properties;
    const constraint = { portfolioId, productId, localRoleName, ...described(description) };
    return { id: catalog.addConstraint({ ...constraint, type: 'LAUNCH' }) };
  },
});

const templateConstraint = applierOf({
  type: 'AWS::ServiceCatalog::LaunchTemplateConstraint',
  properties: z.object({ ...onProduct, Rules: text }),
  quiet: ['AcceptLanguage'],
  apply: (properties, _, { catalog }: World) => {
    const rules = RuleSet.parse(JSON.parse(properties.Rules));
    const { PortfolioId: portfolioId, ProductId: productId, Description: description } = properties;
    const constraint = { portfolioId, productId, rules, ...described(description) };
    return { id: catalog.addConstraint({ ...constraint, type: 'TEMPLATE' }) };
  },
});

const updateConstraint = applierOf({
  type: 'AWS::ServiceCatalog::ResourceUpdateConstraint',
  properties: z.object({
    ...onProduct,
    TagUpdateOnProvisionedProduct: z.enum(['ALLOWED', 'NOT_ALLOWED']),
  }),
  quiet: ['AcceptLanguage'],
  apply: (properties, _, { catalog }: World) => {
    const { PortfolioId: portfolioId, ProductId: productId, Description: description } = properties;
    const tagUpdates = properties.TagUpdateOnProvisionedProduct;
    const constraint = { portfolioId, productId, tagUpdates, ...described(description) };
    return { id: catalog.addConstraint({ ...constraint, type: 'RESOURCE_UPDATE' }) };
  },
});

/** A TagOption's id carries what it says until it is associated with something, which is when it begins to count. */
const tagOption = applierOf({
  type: 'AWS::ServiceCatalog::TagOption',
  properties: z.object({ Key: text, Value: text, Active: flag.default(true) }),
  apply: ({ Key: key, Value: value, Active: active }, { stackId, logicalId }, { tagOptions }: World) => {
    if (!active) throw new NotModelled('a TagOption that is not active');
    const id = `tag-${suffixOf(stackId, logicalId)}`;
    tagOptions.set(id, { key, value });
    return { id };
  },
});

const tagOptionAssociation = applierOf({
  type: 'AWS::ServiceCatalog::TagOptionAssociation',
  properties: z.object({ ResourceId: text, TagOptionId: text }),
  apply: ({ ResourceId: resourceId, TagOptionId: optionId }, _, { catalog, tagOptions }: World) => {
    const option = tagOptions.get(optionId);
    if (!option) throw new Error(`TagOption ${optionId} not found.`);
    catalog.associateTagOption({ resourceId, ...option });
    return { id: `${optionId}|${resourceId}` };
  },
});

export const serviceCatalogAppliers = [
  portfolio,
  product,
  productAssociation,
  principalAssociation,
  launchRoleConstraint,
  templateConstraint,
  updateConstraint,
  tagOption,
  tagOptionAssociation,
];
