import { Aws, type aws_iam as iam } from 'aws-cdk-lib';
import { PRODUCT_TAG } from './product-tag';

/**
 * What several products' launch rights have in common. A launch role is one for all regions, so its ARNs leave the
 * region open; the account is always the one in which the role lives.
 */

type Statement = iam.PolicyStatementProps;

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:*:${Aws.ACCOUNT_ID}:${resource}`;

/** An ARN of a service that knows no regions. */
export const globalArn = (service: string, resource: string): string =>
  `arn:aws:${service}::${Aws.ACCOUNT_ID}:${resource}`;

/** The names that CloudFormation gives in a stack of Service Catalog, which is called `SC-…`, begin so. */
export const OF_STACK = 'SC-*';
/** The same where a service has lower case names only. */
export const OF_STACK_LOWER_CASE = 'sc-*';

/** EC2 answers these for the whole region or not at all. */
export const describing = (...actions: readonly string[]): Statement => ({
  actions: actions.map((action) => `ec2:${action}`),
  resources: ['*'],
});

interface TaggedThings {
  readonly productKey: string;
  /** Types as they stand in EC2's ARNs, such as `route-table`. */
  readonly types: readonly string[];
  /** Actions that make one of them, tagged as it comes to be. */
  readonly create: readonly string[];
  /** Actions on what already carries the product's tag. */
  readonly change: readonly string[];
}

/** What EC2 gives ids to rather than names: a product creates it with its tag, and touches only what carries it. */
export const taggedInEc2 = ({ productKey, types, create, change }: TaggedThings): readonly Statement[] => {
  const resources = types.map((type) => arn('ec2', `${type}/*`));
  return [
    {
      actions: create.map((action) => `ec2:${action}`),
      resources,
      conditions: { StringEquals: { [`aws:RequestTag/${PRODUCT_TAG}`]: productKey } },
    },
    {
      actions: ['ec2:CreateTags'],
      resources,
      conditions: { StringEquals: { 'ec2:CreateAction': [...create] } },
    },
    {
      actions: ['ec2:CreateTags', 'ec2:DeleteTags', ...change.map((action) => `ec2:${action}`)],
      resources,
      conditions: carryingTagOf(productKey),
    },
  ];
};

export const carryingTagOf = (productKey: string): NonNullable<Statement['conditions']> => ({
  StringEquals: { [`aws:ResourceTag/${PRODUCT_TAG}`]: productKey },
});

/** One security group with its rules. */
export const securityGroupRights = (productKey: string): readonly Statement[] => [
  ...taggedInEc2({
    productKey,
    types: ['security-group'],
    create: ['CreateSecurityGroup'],
    change: [
      'DeleteSecurityGroup',
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'UpdateSecurityGroupRuleDescriptionsEgress',
      'UpdateSecurityGroupRuleDescriptionsIngress',
    ],
  }),
  // The VPC is the tenant's own, chosen at launch.
  { actions: ['ec2:CreateSecurityGroup'], resources: [arn('ec2', 'vpc/*')] },
];

/**
 * A key of the product's own. Its ARN is known only once it exists, and KMS takes up to five minutes to see a tag:
 * a condition on tags would keep a launch that fails from taking its key back.
 */
export const keyRights: readonly Statement[] = [
  // A key that does not exist yet has no ARN.
  { actions: ['kms:CreateKey'], resources: ['*'] },
  {
    actions: [
      'kms:DescribeKey',
      'kms:DisableKey',
      'kms:DisableKeyRotation',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UntagResource',
      'kms:UpdateKeyDescription',
    ],
    resources: [arn('kms', 'key/*')],
  },
];

/**
 * A bucket with its policy, closed to the public. CloudFormation reads all of a bucket's settings back, whichever of
 * them a template sets.
 */
export const bucketRights = (bucketArn: string): readonly Statement[] => [
  { actions: ['s3:CreateBucket'], resources: [bucketArn] },
  {
    actions: [
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:GetAccelerateConfiguration',
      's3:GetAnalyticsConfiguration',
      's3:GetBucketAbac',
      's3:GetBucketAcl',
      's3:GetBucketCORS',
      's3:GetBucketLogging',
      's3:GetBucketMetadataTableConfiguration',
      's3:GetBucketNotification',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketOwnershipControls',
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:GetBucketWebsite',
      's3:GetEncryptionConfiguration',
      's3:GetIntelligentTieringConfiguration',
      's3:GetInventoryConfiguration',
      's3:GetLifecycleConfiguration',
      's3:GetMetricsConfiguration',
      's3:GetReplicationConfiguration',
      's3:ListBucket',
      's3:ListTagsForResource',
      's3:PutBucketOwnershipControls',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketTagging',
      's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration',
      's3:PutLifecycleConfiguration',
      's3:TagResource',
      's3:UntagResource',
    ],
    resources: [bucketArn],
    // A bucket's ARN does not name its account.
    conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
  },
];
