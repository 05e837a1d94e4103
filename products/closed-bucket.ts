import { Fn, RemovalPolicy, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { overTlsOnly } from './over-tls-only';

/**
 * A bucket that is closed to the public, and encrypted by S3 unless told otherwise. It outlives its stack; a launch that
 * fails leaves none behind.
 */
export class ClosedBucket extends s3.CfnBucket {
  constructor(
    scope: Construct,
    id: string,
    props: Omit<s3.CfnBucketProps, 'publicAccessBlockConfiguration'>,
  ) {
    super(scope, id, {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
      },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      ...props,
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    });
    this.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}

/** Lets in over TLS only, besides what its statements say, and stays with the bucket that it protects. */
export class ClosedBucketPolicy extends s3.CfnBucketPolicy {
  constructor(
    scope: Construct,
    id: string,
    bucket: s3.CfnBucket,
    ...statements: readonly iam.PolicyStatement[]
  ) {
    super(scope, id, {
      bucket: bucket.ref,
      policyDocument: new iam.PolicyDocument({
        statements: [overTlsOnly('s3:*', ...everythingOf(bucket)), ...statements],
      }),
    });
    this.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}

/** The bucket and the objects in it, as a policy names them. */
export const everythingOf = (bucket: s3.CfnBucket): readonly [string, string] => [
  bucket.attrArn,
  Fn.join('', [bucket.attrArn, '/*']),
];

/** For a bucket with versions: what is overwritten or deleted goes after so many days, an upload cut short after seven. */
export const oldVersionsGoAfter = (days: number): s3.CfnBucket.LifecycleConfigurationProperty => ({
  rules: [
    {
      id: 'expire-old-versions',
      status: 'Enabled',
      noncurrentVersionExpiration: { noncurrentDays: days },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ],
});
