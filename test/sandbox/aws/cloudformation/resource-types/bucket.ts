import { z } from 'zod';
import type { Context } from '../../iam/context';
import type { Existing } from '../inventory';
import {
  defineModel,
  madeUpName,
  policy,
  refusedBy,
  type ServiceCall,
  type Site,
  tags,
  text,
  whole,
  flag,
} from '../resource-model';
import { ResourceRefused } from '../refusals';
import { isTagged, on, requestTags, resourceTags } from './service-calls';

const Properties = z.strictObject({
  BucketName: text.optional(),
  BucketEncryption: z
    .strictObject({
      ServerSideEncryptionConfiguration: z.array(
        z.strictObject({
          BucketKeyEnabled: flag.optional(),
          ServerSideEncryptionByDefault: z.strictObject({
            SSEAlgorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
            KMSMasterKeyID: text.optional(),
          }),
        }),
      ),
    })
    .optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(
        z.strictObject({
          Id: text.optional(),
          Status: z.enum(['Enabled', 'Disabled']),
          Prefix: text.optional(),
          ExpirationInDays: whole.optional(),
          NoncurrentVersionExpiration: z.strictObject({ NoncurrentDays: whole }).optional(),
          AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: whole }).optional(),
        }),
      ),
    })
    .optional(),
  OwnershipControls: z
    .strictObject({
      Rules: z.array(
        z.strictObject({
          ObjectOwnership: z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']),
        }),
      ),
    })
    .optional(),
  PublicAccessBlockConfiguration: z
    .strictObject({
      BlockPublicAcls: flag.optional(),
      BlockPublicPolicy: flag.optional(),
      IgnorePublicAcls: flag.optional(),
      RestrictPublicBuckets: flag.optional(),
    })
    .optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  Tags: tags,
});

/** Buckets' names are unique in the world and follow S3's rules. */
export const bucket = defineModel({
  type: 'AWS::S3::Bucket',
  properties: Properties,
  attributes: ['Arn', 'DomainName', 'RegionalDomainName'],
  takes: { create: 20, delete: 2 },
  create: (properties, site) => {
    const name = properties.BucketName ?? madeUpName(site, 63).toLowerCase();
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || /\.\.|^xn--|-s3alias$/.test(name)) {
      throw refusedBy(site, {
        service: 'S3',
        message: 'The specified bucket is not valid.',
        code: 'InvalidRequest',
      });
    }
    if (site.inventory.findAnywhere('AWS::S3::Bucket', name))
      throw new ResourceRefused(`${name} already exists`);
    checkKeys(properties, site);
    return {
      id: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${site.region}.amazonaws.com`,
      },
      facts: { ownership: properties.OwnershipControls?.Rules[0]?.ObjectOwnership ?? 'BucketOwnerEnforced' },
    };
  },
  calls: {
    create: (properties, resource) =>
      ofBucket(resource, settings(properties, isTagged(resource)), requestTags(resource)),
    remove: (resource) => ofBucket(resource, ['ListBucket', 'DeleteBucket'], resourceTags(resource)),
  },
});

/** What it takes to create a bucket and then to give it each of its settings. */
const settings = (properties: z.infer<typeof Properties>, tagged: boolean): readonly string[] => [
  'CreateBucket',
  ...(properties.BucketEncryption ? ['PutEncryptionConfiguration'] : []),
  ...(properties.LifecycleConfiguration ? ['PutLifecycleConfiguration'] : []),
  ...(properties.OwnershipControls ? ['PutBucketOwnershipControls'] : []),
  ...(properties.PublicAccessBlockConfiguration ? ['PutBucketPublicAccessBlock'] : []),
  ...(properties.VersioningConfiguration ? ['PutBucketVersioning'] : []),
  ...(tagged ? ['PutBucketTagging'] : []),
];

/** A bucket's ARN names no account, so IAM is told of it. */
const ofBucket = (
  { account, id }: Existing,
  actions: readonly string[],
  context: Context = {},
): readonly ServiceCall[] =>
  on(
    `arn:aws:s3:::${id}`,
    actions.map((action) => `s3:${action}`),
    { 'aws:ResourceAccount': account, ...context },
  );

const checkKeys = (properties: z.infer<typeof Properties>, site: Site): void => {
  for (const { ServerSideEncryptionByDefault: rule } of properties.BucketEncryption
    ?.ServerSideEncryptionConfiguration ?? []) {
    if (rule.SSEAlgorithm === 'AES256' && rule.KMSMasterKeyID !== undefined) {
      const message =
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse';
      throw refusedBy(site, { service: 'S3', message, code: 'InvalidRequest' });
    }
  }
};

export const bucketPolicy = defineModel({
  type: 'AWS::S3::BucketPolicy',
  properties: z.strictObject({ Bucket: text, PolicyDocument: policy }),
  takes: { create: 2, delete: 1 },
  create: (properties, site) => {
    if (!site.inventory.find('AWS::S3::Bucket', site, properties.Bucket)) {
      const message = 'The specified bucket does not exist';
      throw refusedBy(site, { service: 'S3', message, code: 'NotFound', status: 404 });
    }
    return { id: properties.Bucket };
  },
  calls: {
    create: (_properties, resource) => ofBucket(resource, ['GetBucketPolicy', 'PutBucketPolicy']),
    remove: (resource) => ofBucket(resource, ['GetBucketPolicy', 'DeleteBucketPolicy']),
  },
});
