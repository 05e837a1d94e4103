import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnRule,
  Fn,
  RemovalPolicy,
  Validations,
  aws_iam as iam,
  aws_kms as kms,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { ClosedBucket, ClosedBucketPolicy, everythingOf, oldVersionsGoAfter } from './closed-bucket';
import { bucketRights, keyRights } from './launch-rights';
import { layOutParameters } from './parameter-form';
import type { Product } from './product';
import { tagAs } from './product-tag';

const KEY = 'private-bucket';

/**
 * A bucket that nobody outside of the account can read, over TLS only. It outlives its stack, because data that
 * somebody still needs must not go with a provisioned product; a launch that fails leaves none behind.
 */
class PrivateBucketStack extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'Private, encrypted S3 bucket', analyticsReporting: false });
    tagAs(this, KEY);

    const bucketName = new CfnParameter(this, 'BucketName', {
      description: 'Name of the bucket, unique in the world. Leave it empty to have one made up.',
      default: '',
      // No dots: a dot in a bucket's name breaks TLS for virtual-hosted addresses.
      allowedPattern: '^$|^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
      constraintDescription:
        'must be 3 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit, or empty',
    });
    const classification = new CfnParameter(this, 'DataClassification', {
      description: 'The most sensitive data that the bucket will hold.',
      default: 'internal',
      allowedValues: ['internal', 'confidential', 'restricted'],
      constraintDescription: 'must be internal, confidential or restricted',
    });
    const encryption = new CfnParameter(this, 'Encryption', {
      description: "SSE-S3: a key that S3 manages. SSE-KMS: a key of the bucket's own, rotated every year.",
      default: 'SSE-S3',
      allowedValues: ['SSE-S3', 'SSE-KMS'],
      constraintDescription: 'must be SSE-S3 or SSE-KMS',
    });
    const versioning = new CfnParameter(this, 'Versioning', {
      description: 'Enabled keeps what is overwritten or deleted.',
      default: 'Enabled',
      allowedValues: ['Enabled', 'Suspended'],
      constraintDescription: 'must be Enabled or Suspended',
    });
    const retentionDays = new CfnParameter(this, 'RetentionDays', {
      type: 'Number',
      description: 'For how many days an overwritten or deleted object is kept.',
      default: 30,
      minValue: 1,
      maxValue: 3650,
      constraintDescription: 'must be a number of days from 1 to 3650',
    });
    layOutParameters(this, [
      { title: 'Bucket', parameters: [[bucketName, 'Bucket name']] },
      {
        title: 'Protection',
        parameters: [
          [classification, 'Data classification'],
          [encryption, 'Encryption'],
        ],
      },
      {
        title: 'Versions',
        parameters: [
          [versioning, 'Versioning'],
          [retentionDays, 'Retention in days'],
        ],
      },
    ]);
    new CfnRule(this, 'RestrictedDataHasItsOwnKey', {
      ruleCondition: Fn.conditionEquals(classification, 'restricted'),
      assertions: [
        {
          assert: Fn.conditionEquals(encryption, 'SSE-KMS'),
          assertDescription: 'Restricted data has to be encrypted with a key of its own: choose SSE-KMS',
        },
      ],
    });

    const named = new CfnCondition(this, 'HasName', {
      expression: Fn.conditionNot(Fn.conditionEquals(bucketName, '')),
    });
    const ownKey = new CfnCondition(this, 'HasOwnKey', {
      expression: Fn.conditionEquals(encryption, 'SSE-KMS'),
    });

    const key = new kms.CfnKey(this, 'Key', {
      description: `Encrypts the bucket of ${Aws.STACK_NAME}`,
      enableKeyRotation: true,
      keyPolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'TheAccountDecides',
            principals: [new iam.AccountRootPrincipal()],
            actions: ['kms:*'],
            resources: ['*'],
          }),
        ],
      }),
    });
    key.cfnOptions.condition = ownKey;
    key.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);

    const bucket = new ClosedBucket(this, 'Bucket', {
      bucketName: Fn.conditionIf(named.logicalId, bucketName, Aws.NO_VALUE).toString(),
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          {
            bucketKeyEnabled: Fn.conditionIf(ownKey.logicalId, true, Aws.NO_VALUE),
            serverSideEncryptionByDefault: Fn.conditionIf(
              ownKey.logicalId,
              { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key.attrArn },
              { SSEAlgorithm: 'AES256' },
            ),
          },
        ],
      },
      versioningConfiguration: { status: versioning.valueAsString },
      lifecycleConfiguration: oldVersionsGoAfter(retentionDays.valueAsNumber),
      tags: [{ key: 'data-classification', value: classification.valueAsString }],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        "Who reads or writes what is told by the organization's trail; a log bucket beside every bucket would be one more to protect",
    });

    // Whatever somebody adds to its policy later; AWS services act for the account itself.
    const ownAccountOnly = new iam.PolicyStatement({
      sid: 'OwnAccountOnly',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:*'],
      resources: [...everythingOf(bucket)],
      conditions: {
        StringNotEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    });
    new ClosedBucketPolicy(this, 'BucketPolicy', bucket, ownAccountOnly);

    new CfnOutput(this, 'Name', { description: 'Name of the bucket', value: bucket.ref });
    new CfnOutput(this, 'Arn', { description: 'ARN of the bucket, for IAM policies', value: bucket.attrArn });
    new CfnOutput(this, 'ConsoleUrl', {
      description: 'The bucket in the AWS console',
      value: Fn.sub('https://${AWS::Region}.console.aws.amazon.com/s3/buckets/${Bucket}'),
    });
    new CfnOutput(this, 'KeyArn', {
      description: 'ARN of the KMS key, for IAM policies',
      value: key.attrArn,
      condition: ownKey,
    });
  }
}

export const privateBucket: Product = {
  key: KEY,
  name: 'Private bucket',
  description:
    'An S3 bucket for data that stays inside: encrypted, versioned, closed to the public, TLS only.',
  owner: 'Cloud platform',
  versions: [
    {
      name: '1.1',
      description: 'Other accounts stay out, whatever else is added to the bucket policy',
      template: { stack: PrivateBucketStack },
    },
    {
      name: '1.0',
      description: 'SSE-S3 or a KMS key of its own; versions kept for a time of your choice',
      template: { file: 'versions/private-bucket/1.0.template.json' },
      deprecated:
        'A statement added to its policy could let another account in; 1.1 keeps every other account out.',
    },
  ],
  templateConstraint: undefined,
  // A person may name the bucket, so its name says nothing of the stack.
  launchRights: [...bucketRights('arn:aws:s3:::*'), ...keyRights],
  tagUpdates: 'allowed',
};
