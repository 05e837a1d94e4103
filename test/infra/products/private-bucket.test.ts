import { Match } from 'aws-cdk-lib/assertions';
import { judge, patternOf, rendered, templateOf } from './templates';

const denial = (sid: string, condition: object) =>
  Match.objectLike({
    Sid: sid,
    Effect: 'Deny',
    Action: 's3:*',
    Principal: { AWS: '*' },
    Condition: condition,
  });

test('a private bucket is owned by its account, and closed to other accounts and to everything but TLS', () => {
  const template = templateOf('private-bucket');
  template.hasResourceProperties('AWS::S3::Bucket', {
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    VersioningConfiguration: { Status: { Ref: 'Versioning' } },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [
        denial('TlsOnly', { Bool: { 'aws:SecureTransport': 'false' } }),
        denial('OwnAccountOnly', {
          StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        }),
      ],
    },
  });
});

test('a private bucket, its policy and its key outlive their stack, but not a launch that failed', () => {
  const template = templateOf('private-bucket');
  for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key']) {
    template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
});

test('a private bucket has a key of its own where that was chosen, and only there', () => {
  expect(Object.keys(rendered('private-bucket'))).not.toContain('Key');
  const ownKey = rendered('private-bucket', { Encryption: 'SSE-KMS' });
  expect(ownKey).toMatchObject({
    Key: { EnableKeyRotation: true },
    Bucket: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: '<Key.Arn>' },
          },
        ],
      },
    },
  });
});

test('restricted data needs a key of its own', () => {
  expect(() => judge('private-bucket', { DataClassification: 'restricted', Encryption: 'SSE-S3' })).toThrow(
    'choose SSE-KMS',
  );
  expect(() =>
    judge('private-bucket', { DataClassification: 'restricted', Encryption: 'SSE-KMS' }),
  ).not.toThrow();
});

test.each<[string, boolean]>([
  ['', true],
  ['ledger-2026', true],
  ['abc', true],
  ['ab', false],
  ['Ledger', false],
  ['ledger.2026', false],
  ['-ledger', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
])('as a bucket name %j is %j', (name, taken) => {
  expect(patternOf('private-bucket', 'BucketName').test(name)).toBe(taken);
});
