import { type Stack, aws_iam as iam } from 'aws-cdk-lib';
import type { Product } from '../../products/product';
import type { Configuration } from '../configuration';
import { FUNCTION, launchRoleName } from '../names';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { OF_PRODUCTS, regionalArns } from './names';
import { assertInlineFits } from './policy-limits';

const LONGEST_ROLE_NAME = 64;

/**
 * The role by which Service Catalog launches, updates and terminates one product: what every launch needs, and what
 * this product's template needs.
 * @throws where name or policies are longer than IAM takes
 */
export const createLaunchRole = (
  stack: Stack,
  configuration: Configuration,
  product: Product,
  boundary: iam.CfnManagedPolicy,
): iam.CfnRole => {
  const roleName = nameOf(configuration, product);
  const policies = [
    { policyName: 'launch', policyDocument: whatEveryLaunchNeeds(configuration) },
    ...(product.gated ? [{ policyName: 'gate', policyDocument: whatAGateNeeds(configuration) }] : []),
    ...(product.launchRights.length === 0
      ? []
      : [{ policyName: product.key, policyDocument: whatItsTemplateNeeds(product) }]),
  ];
  const documents = policies.map(({ policyDocument }) => policyDocument);
  assertInlineFits(stack, product.key, documents);
  const role = new iam.CfnRole(stack, `Launch${inPascalCase(product.key)}`, {
    roleName,
    description: `Service Catalog launches the product ${product.key} with it`,
    permissionsBoundary: boundary.ref,
    // Service Catalog does not document that it says on whose behalf it assumes a launch role, so no condition may
    // ask for aws:SourceAccount or aws:SourceArn.
    assumeRolePolicyDocument: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          sid: 'ServiceCatalogLaunches',
          principals: [new iam.ServicePrincipal('servicecatalog.amazonaws.com')],
          actions: ['sts:AssumeRole'],
        }),
      ],
    }),
    policies,
  });
  acknowledgeWildcards(
    role,
    documents,
    `What a launch of ${product.key} creates gets its name only then, and a boundary caps what the role may do to anything else`,
  );
  return role;
};

const nameOf = (configuration: Configuration, { key }: Product): string => {
  const name = launchRoleName(configuration, key);
  if (name.length > LONGEST_ROLE_NAME) {
    throw new Error(
      `The launch role ${name} has ${name.length} characters, and IAM takes ${LONGEST_ROLE_NAME}: ` +
        `choose a shorter key for the product, or a shorter roles.launchPrefix in the configuration`,
    );
  }
  return name;
};

const inPascalCase = (key: string): string =>
  key
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

const whatItsTemplateNeeds = ({ launchRights }: Product): iam.PolicyDocument =>
  new iam.PolicyDocument({
    minimize: true,
    statements: launchRights.map((right) => new iam.PolicyStatement(right)),
  });

/** A custom resource is the launch role's call: into the hub account, to that one function, in the stack's region. */
const whatAGateNeeds = ({ regions, hubAccount }: Configuration): iam.PolicyDocument =>
  new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'AskForTheApproval',
        actions: ['lambda:InvokeFunction'],
        resources: regions.map(
          (region) => `arn:aws:lambda:${region}:${hubAccount}:function:${FUNCTION.gate}`,
        ),
      }),
    ],
  });

const whatEveryLaunchNeeds = ({ regions }: Configuration): iam.PolicyDocument =>
  new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'StacksOfProducts',
        actions: [
          'CreateChangeSet',
          'CreateStack',
          'DeleteChangeSet',
          'DeleteStack',
          'DescribeChangeSet',
          'DescribeStackEvents',
          'DescribeStacks',
          'ExecuteChangeSet',
          'ListChangeSets',
          'ListStackResources',
          'SetStackPolicy',
          'TagResource',
          'UntagResource',
          'UpdateStack',
        ].map((action) => `cloudformation:${action}`),
        resources: regionalArns('cloudformation', regions, `stack/${OF_PRODUCTS}/*`),
      }),
      new iam.PolicyStatement({
        sid: 'LookAtTemplates',
        actions: ['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate'],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        sid: 'ReadTemplatesOfServiceCatalog',
        actions: ['s3:GetObject'],
        resources: ['*'],
        conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
      }),
    ],
  });
