import { aws_servicecatalog as servicecatalog } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Product } from '../../products/product';
import { versionTemplate } from './version-template';

interface OfferedProductProps {
  readonly product: Product;
  readonly portfolioId: string;
  readonly launchRoleName: string;
}

/** A product with all of its versions, offered in the portfolio under its constraints. */
export class OfferedProduct extends Construct {
  readonly productId: string;
  /** Name and template of each version, oldest first. */
  readonly versions: readonly { readonly name: string; readonly templateUrl: string }[];

  constructor(scope: Construct, id: string, { product, portfolioId, launchRoleName }: OfferedProductProps) {
    super(scope, id);
    refuseRepeatedNames(product);
    // The command line switches these on: a template would say where in this app it was made, and differ by region.
    this.node.setContext('aws:cdk:enable-path-metadata', false);
    this.node.setContext('aws:cdk:enable-asset-metadata', false);

    // Service Catalog dates versions in the order in which they are made.
    const oldestFirst = product.versions.toReversed().map((version) => ({
      productVersionName: version.name,
      description: version.description,
      cloudFormationTemplate: versionTemplate(this, version.name, version.template),
    }));
    const made = new servicecatalog.CloudFormationProduct(this, 'Product', {
      productName: product.name,
      description: product.description,
      owner: product.owner,
      productVersions: oldestFirst,
      // Versions keep their ids: orders, approvals and what was launched refer to them.
      replaceProductVersionIds: false,
    });
    this.productId = made.productId;
    this.versions = oldestFirst.map(({ productVersionName, cloudFormationTemplate }) => ({
      name: productVersionName,
      templateUrl: cloudFormationTemplate.bind(made).httpUrl,
    }));

    const place = { portfolioId, productId: made.productId };
    const association = new servicecatalog.CfnPortfolioProductAssociation(this, 'InPortfolio', place);
    const constraints = [
      new servicecatalog.CfnLaunchRoleConstraint(this, 'LaunchRole', {
        ...place,
        description: 'Launched by the role of this name in the account of the launch',
        localRoleName: launchRoleName,
      }),
      new servicecatalog.CfnResourceUpdateConstraint(this, 'TagUpdates', {
        ...place,
        description: `Changing the tags of what was launched is ${product.tagUpdates}`,
        tagUpdateOnProvisionedProduct: product.tagUpdates === 'allowed' ? 'ALLOWED' : 'NOT_ALLOWED',
      }),
      ...(product.templateConstraint
        ? [
            new servicecatalog.CfnLaunchTemplateConstraint(this, 'TemplateRules', {
              ...place,
              description: product.templateConstraint.description,
              // CloudFormation wants the rules alone and puts the API's `Rules` around them.
              rules: JSON.stringify(product.templateConstraint.rules),
            }),
          ]
        : []),
    ];
    for (const constraint of constraints) constraint.addResourceDependency(association);
  }
}

const refuseRepeatedNames = ({ key, versions }: Product): void => {
  const names = versions.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new Error(`The product ${key} has two versions ${repeated}; give the newer one another name`);
};
