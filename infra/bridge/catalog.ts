import { Duration, Stack, Validations, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { TEMPLATE_ENDINGS } from '../hub/template-file';
import { CHOICES_ROLE, externalId } from '../names';
import { BridgeFunction } from './bridge-function';
import { maySeal } from './sealed-values-key';
import type { WebhookSecret } from './webhook-secret';

/** Tells the Forge app what the portfolios offer, and what a tenant account has to choose from. */
export const createCatalog = (
  scope: Construct,
  id: string,
  props: {
    readonly configuration: Configuration;
    readonly key: kms.IKey;
    /** What values are sealed to. */
    readonly sealedValuesKey: kms.IKey;
    readonly webhookSecret: WebhookSecret;
    /** By region, the id of the portfolio there. */
    readonly portfolios: Readonly<Record<string, string>>;
  },
): BridgeFunction => {
  const { jira, organization } = props.configuration;
  const stack = Stack.of(scope);
  const products = Object.keys(props.portfolios).map(
    (region) => `arn:aws:catalog:${region}:${stack.account}:product/*`,
  );
  // Where CDK publishes the templates of products.
  const templates = Object.keys(props.portfolios).flatMap((region) =>
    TEMPLATE_ENDINGS.map((ending) => `arn:aws:s3:::cdk-*-assets-${stack.account}-${region}/*${ending}`),
  );
  const choicesRoles = `arn:aws:iam::*:role/${CHOICES_ROLE}`;
  const catalog = new BridgeFunction(scope, id, {
    part: 'catalog',
    description: 'Gatehouse: tells the Forge app what the portfolios offer and what there is to choose from',
    key: props.key,
    memory: 1024,
    // The HTTP API gives up after 29 seconds.
    timeout: Duration.seconds(28),
    environment: {
      SITE_ID: jira.site,
      FORGE_APP_ID: jira.forgeApp,
      WEBHOOK_SECRET_ID: props.webhookSecret.name,
      PORTFOLIOS: stack.toJsonString(props.portfolios),
      CHOICES_ROLE_NAME: CHOICES_ROLE,
      EXTERNAL_ID: externalId(props.configuration),
      SEALED_VALUES_KEY: props.sealedValuesKey.keyArn,
    },
    rights: [
      new iam.PolicyStatement({
        actions: ['servicecatalog:ListProvisioningArtifacts', 'servicecatalog:DescribeProvisioningArtifact'],
        resources: products,
      }),
      new iam.PolicyStatement({
        actions: [
          'servicecatalog:SearchProductsAsAdmin',
          'servicecatalog:ListConstraintsForPortfolio',
          'servicecatalog:DescribeConstraint',
          'cloudformation:GetTemplateSummary',
        ],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: [choicesRoles],
        conditions: { StringEquals: { 'aws:ResourceOrgID': organization.id } },
      }),
      new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: templates }),
      maySeal(props.sealedValuesKey),
      ...props.webhookSecret.readingRights(),
    ],
  });
  Validations.of(catalog.role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Service Catalog and CloudFormation know no resource that these four reading calls could be limited to.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${choicesRoles}]`,
      reason: 'The role is called the same in every tenant account; only those of the organization count.',
    },
    ...templates.map((arn) => ({
      id: `AwsSolutions-IAM5[Resource::${arn}]`,
      reason:
        'Which templates there are is what the function looks up; they lie under digests of what they hold.',
    })),
    ...products.map((arn) => ({
      id: `AwsSolutions-IAM5[Resource::${arn}]`,
      reason:
        'Any product may be in the portfolio: which ones are is what the function looks up. It only reads.',
    })),
  );
  return catalog;
};
