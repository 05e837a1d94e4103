import { z } from 'zod';
import type { Existing } from '../inventory';
import {
  defineModel,
  flag,
  GLOBAL,
  refusedBy,
  type ServiceCall,
  type Site,
  suffixFor,
  tags,
  text,
  whole,
} from '../resource-model';
import { cloudFrontId, makes } from './cloudfront-policies';
import { isTagged, on, requestTags, resourceTags } from './service-calls';

const METHODS = [
  ['GET', 'HEAD'],
  ['GET', 'HEAD', 'OPTIONS'],
  ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
].map((methods) => methods.join());
/** CloudFront takes certain sets of methods and no others. */
const methods = z
  .array(text)
  .refine(
    (given) => METHODS.includes([...given].sort().join()),
    'is no set of methods that CloudFront takes',
  );

/** The cache policies that AWS manages: `CachingOptimized`, `CachingDisabled`. */
const CACHE_POLICIES = ['658327ea-f89d-4fab-a63d-7e88639e58f6', '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'];

const Config = z.strictObject({
  Aliases: z.array(text).default([]),
  Comment: text.optional(),
  CustomErrorResponses: z
    .array(
      z.strictObject({
        ErrorCachingMinTTL: whole.optional(),
        ErrorCode: whole,
        ResponseCode: whole.optional(),
        ResponsePagePath: text.optional(),
      }),
    )
    .default([]),
  DefaultCacheBehavior: z.strictObject({
    AllowedMethods: methods.optional(),
    CachedMethods: methods.optional(),
    CachePolicyId: text,
    Compress: flag.optional(),
    FunctionAssociations: z
      .array(z.strictObject({ EventType: z.enum(['viewer-request', 'viewer-response']), FunctionARN: text }))
      .default([]),
    ResponseHeadersPolicyId: text.optional(),
    TargetOriginId: text,
    ViewerProtocolPolicy: z.enum(['allow-all', 'https-only', 'redirect-to-https']),
  }),
  DefaultRootObject: text.optional(),
  Enabled: flag,
  HttpVersion: z.enum(['http1.1', 'http2', 'http2and3', 'http3']).optional(),
  IPV6Enabled: flag.optional(),
  Logging: z
    .strictObject({ Bucket: text, IncludeCookies: flag.optional(), Prefix: text.optional() })
    .optional(),
  Origins: z
    .array(
      z.strictObject({
        DomainName: text,
        Id: text,
        OriginAccessControlId: text.optional(),
        S3OriginConfig: z.strictObject({ OriginAccessIdentity: z.literal('').optional() }),
      }),
    )
    .min(1),
  PriceClass: z.enum(['PriceClass_100', 'PriceClass_200', 'PriceClass_All']).optional(),
  ViewerCertificate: z
    .strictObject({
      AcmCertificateArn: text.optional(),
      CloudFrontDefaultCertificate: flag.optional(),
      MinimumProtocolVersion: text.optional(),
      SslSupportMethod: z.enum(['sni-only', 'static-ip', 'vip']).optional(),
    })
    .optional(),
});
type Config = z.infer<typeof Config>;

/** A distribution in front of S3 buckets; other origins are not modelled. */
export const distribution = defineModel({
  type: 'AWS::CloudFront::Distribution',
  global: true,
  properties: z.strictObject({ DistributionConfig: Config, Tags: tags }),
  attributes: ['DomainName', 'Id'],
  takes: { create: 240, delete: 300 },
  create: ({ DistributionConfig: config }, site) => {
    checkOrigins(config, site);
    checkBehavior(config.DefaultCacheBehavior, site);
    checkDomain(config, site);
    checkErrors(config, site);
    checkLogs(config, site);
    const id = cloudFrontId(site);
    const domain = `d${suffixFor(site, 'domain')}0.cloudfront.net`;
    const { FunctionAssociations: functions, ResponseHeadersPolicyId: headers } = config.DefaultCacheBehavior;
    return {
      id,
      attributes: { Id: id, DomainName: domain },
      facts: {
        accessControls: config.Origins.map(({ OriginAccessControlId: control }) => control ?? '').join(' '),
        aliases: config.Aliases.join(' '),
        functions: functions.map(({ FunctionARN: arn }) => arn).join(' '),
        headersPolicies: headers ?? '',
      },
    };
  },
  calls: {
    create: ({ DistributionConfig: { Logging: logging } }, resource) => [
      ...makes('CreateDistribution', resource),
      ...(isTagged(resource) ? on(arnOf(resource), ['cloudfront:TagResource'], requestTags(resource)) : []),
      // CloudFront lets itself into the bucket for its logs.
      ...(logging
        ? on(`arn:aws:s3:::${bucketNameIn(logging.Bucket)}`, ['s3:GetBucketAcl', 's3:PutBucketAcl'], {
            'aws:ResourceAccount': resource.account,
          })
        : []),
      ...ofDistribution(resource, 'GetDistribution', 'GetDistributionConfig'),
    ],
    // Only what is disabled can be deleted.
    remove: (resource) =>
      ofDistribution(
        resource,
        'GetDistribution',
        'GetDistributionConfig',
        'UpdateDistribution',
        'DeleteDistribution',
      ),
  },
});

const arnOf = ({ account, id }: Existing): string => `arn:aws:cloudfront::${account}:distribution/${id}`;

const ofDistribution = (resource: Existing, ...actions: readonly string[]): readonly ServiceCall[] =>
  on(
    arnOf(resource),
    actions.map((action) => `cloudfront:${action}`),
    resourceTags(resource),
  );

const refused = (site: Site, message: string): Error =>
  refusedBy(site, { service: 'CloudFront', message, code: 'InvalidRequest' });

const isThere = (site: Site, type: string, id: string): boolean =>
  site.inventory.find(`AWS::CloudFront::${type}`, { ...site, region: GLOBAL }, id) !== undefined;

const checkOrigins = (config: Config, site: Site): void => {
  const { Origins: origins, DefaultCacheBehavior: behavior } = config;
  if (!origins.some(({ Id: id }) => id === behavior.TargetOriginId)) {
    throw refused(site, 'One or more of your origins or origin groups do not exist.');
  }
  for (const { DomainName: domain, OriginAccessControlId: control } of origins) {
    if (!site.inventory.findAnywhere('AWS::S3::Bucket', bucketNameIn(domain))) {
      throw refused(site, 'The parameter Origin DomainName does not refer to a valid S3 bucket.');
    }
    if (control !== undefined && !isThere(site, 'OriginAccessControl', control)) {
      throw refused(site, 'The specified origin access control does not exist.');
    }
  }
};

const bucketNameIn = (domain: string): string => domain.replace(/\.s3[.-].*$/, '');

const checkBehavior = (behavior: Config['DefaultCacheBehavior'], site: Site): void => {
  if (!CACHE_POLICIES.includes(behavior.CachePolicyId)) {
    throw refused(site, 'The specified cache policy does not exist.');
  }
  const { ResponseHeadersPolicyId: headers } = behavior;
  if (headers !== undefined && !isThere(site, 'ResponseHeadersPolicy', headers)) {
    throw refused(site, 'The specified response headers policy does not exist.');
  }
  for (const { FunctionARN: arn } of behavior.FunctionAssociations) {
    const found = site.inventory.find('AWS::CloudFront::Function', { ...site, region: GLOBAL }, arn);
    if (found?.facts['stage'] !== 'LIVE') {
      throw refused(
        site,
        'One or more of the functions that you specified in the function associations do not exist or are not published.',
      );
    }
  }
};

/** A domain of one's own needs a certificate, and belongs to one distribution in the world. */
const checkDomain = (config: Config, site: Site): void => {
  const { Aliases: aliases, ViewerCertificate: certificate } = config;
  const { AcmCertificateArn: arn, CloudFrontDefaultCertificate: own = false } = certificate ?? {};
  if (arn !== undefined && own) {
    throw refused(
      site,
      'You can specify only one of the following: CloudFrontDefaultCertificate, ACMCertificateArn.',
    );
  }
  if (aliases.length > 0 && arn === undefined) {
    throw refused(
      site,
      'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.',
    );
  }
  if (arn !== undefined && !arn.startsWith(`arn:aws:acm:us-east-1:${site.account}:certificate/`)) {
    throw refused(
      site,
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
  }
  for (const alias of aliases) {
    const elsewhere = site.inventory
      .everywhere('AWS::CloudFront::Distribution')
      .some(({ facts }) => (facts['aliases'] ?? '').split(' ').includes(alias));
    if (!elsewhere) continue;
    const message =
      'One or more of the CNAMEs you provided are already associated with a different resource.';
    throw refusedBy(site, { service: 'CloudFront', message, code: 'AlreadyExists', status: 409 });
  }
};

const checkErrors = ({ CustomErrorResponses: responses }: Config, site: Site): void => {
  if (
    responses.some(
      ({ ResponseCode: code, ResponsePagePath: path }) => (code === undefined) !== (path === undefined),
    )
  ) {
    throw refused(site, 'Your request must specify both ResponsePagePath and ResponseCode together or none.');
  }
};

/** CloudFront delivers its logs by an access control list. */
const checkLogs = ({ Logging: logging }: Config, site: Site): void => {
  if (!logging) return;
  const bucket = site.inventory.findAnywhere('AWS::S3::Bucket', bucketNameIn(logging.Bucket));
  if (!bucket) throw refused(site, 'The parameter Logging Bucket does not refer to a valid S3 bucket.');
  if (bucket.facts['ownership'] !== 'BucketOwnerEnforced') return;
  throw refused(
    site,
    `The S3 bucket that you specified for CloudFront logs does not enable ACL access: ${logging.Bucket}`,
  );
};
