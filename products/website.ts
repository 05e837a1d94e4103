import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnRule,
  Fn,
  RemovalPolicy,
  Token,
  Validations,
  aws_cloudfront as cloudfront,
  aws_iam as iam,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { ClosedBucket, ClosedBucketPolicy, oldVersionsGoAfter } from './closed-bucket';
import { OF_STACK, bucketRights, carryingTagOf, globalArn } from './launch-rights';
import { layOutParameters } from './parameter-form';
import type { Product } from './product';
import { PRODUCT_TAG, tagAs } from './product-tag';

const KEY = 'website';
/** AWS's own cache policy `Managed-CachingOptimized`. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const TWO_YEARS = 63_072_000;

/** Runs in CloudFront: a path that ends in a slash, or has no file ending, is that of a folder's page. */
const FOLDER_PAGES = `function handler(event) {
  var request = event.request;
  var last = request.uri.split('/').pop();
  if (last === '') request.uri += 'index.html';
  else if (last.indexOf('.') < 0) request.uri += '/index.html';
  return request;
}
`;

/**
 * A web site of files behind CloudFront. The bucket is private: only this distribution reads it. The files outlive
 * the stack, because a bucket with something in it cannot be deleted anyway; a launch that fails leaves none behind.
 */
class WebsiteStack extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Static web site: private S3 bucket behind CloudFront',
      analyticsReporting: false,
    });
    tagAs(this, KEY);

    const routing = new CfnParameter(this, 'Routing', {
      description:
        'Pages: a path is a file or a folder with an index.html, anything else shows 404.html. ' +
        'Single-page: what is no file is answered by index.html.',
      default: 'Pages',
      allowedValues: ['Pages', 'Single-page'],
      constraintDescription: 'must be Pages or Single-page',
    });
    const contentPolicy = new CfnParameter(this, 'ContentSecurityPolicy', {
      description: 'What browsers may load and run on the site, as the header Content-Security-Policy.',
      default: "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
      allowedPattern: '[ -~]{1,1024}',
      constraintDescription: 'must be 1 to 1024 printable ASCII characters',
    });
    const reach = new CfnParameter(this, 'Reach', {
      description: 'From where the site is served. Europe and North America cost least.',
      default: 'Europe and North America',
      allowedValues: ['Europe and North America', 'Everywhere'],
      constraintDescription: 'must be Europe and North America, or Everywhere',
    });
    const domainName = new CfnParameter(this, 'DomainName', {
      description: 'A domain of yours under which the site is reached, such as www.example.com. Optional.',
      default: '',
      allowedPattern: '^$|^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$',
      constraintDescription: 'must be a domain name in lower case such as www.example.com, or empty',
    });
    const certificateArn = new CfnParameter(this, 'CertificateArn', {
      description:
        'The certificate for that domain: in ACM, in this account and in us-east-1, as CloudFront wants it.',
      default: '',
      allowedPattern: '^$|^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]{36}$',
      constraintDescription:
        'must be the ARN of a certificate in us-east-1, beginning with arn:aws:acm:us-east-1:, or empty',
    });
    const accessLogs = new CfnParameter(this, 'AccessLogs', {
      description:
        'On: who asked for what is kept for 90 days. It holds addresses of visitors, so it is off unless needed.',
      default: 'Off',
      allowedValues: ['On', 'Off'],
      constraintDescription: 'must be On or Off',
    });
    layOutParameters(this, [
      {
        title: 'Site',
        parameters: [
          [routing, 'Routing'],
          [contentPolicy, 'Content security policy'],
          [reach, 'Reach'],
          [accessLogs, 'Access logs'],
        ],
      },
      {
        title: 'Own domain',
        parameters: [
          [domainName, 'Domain name'],
          [certificateArn, 'Certificate'],
        ],
      },
    ]);
    const isEmpty = (parameter: CfnParameter) => Fn.conditionEquals(parameter, '');
    const isGiven = (parameter: CfnParameter) => Fn.conditionNot(isEmpty(parameter));
    new CfnRule(this, 'DomainAndCertificateBelongTogether', {
      assertions: [
        {
          assert: Fn.conditionOr(
            Fn.conditionAnd(isEmpty(domainName), isEmpty(certificateArn)),
            Fn.conditionAnd(isGiven(domainName), isGiven(certificateArn)),
          ),
          assertDescription: 'A domain needs a certificate and a certificate a domain: give both or neither',
        },
      ],
    });

    const hasDomain = new CfnCondition(this, 'HasDomain', { expression: isGiven(domainName) });
    const isSinglePage = new CfnCondition(this, 'IsSinglePage', {
      expression: Fn.conditionEquals(routing, 'Single-page'),
    });
    const hasPages = new CfnCondition(this, 'HasPages', { expression: Fn.conditionNot(isSinglePage) });
    const isEverywhere = new CfnCondition(this, 'IsEverywhere', {
      expression: Fn.conditionEquals(reach, 'Everywhere'),
    });
    const hasLogs = new CfnCondition(this, 'HasAccessLogs', {
      expression: Fn.conditionEquals(accessLogs, 'On'),
    });

    const bucket = new ClosedBucket(this, 'Bucket', {
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: oldVersionsGoAfter(30),
    });
    const logs = new ClosedBucket(this, 'LogBucket', {
      // CloudFront delivers its logs by an access control list.
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerPreferred' }] },
      lifecycleConfiguration: {
        rules: [{ id: 'expire-logs', status: 'Enabled', expirationInDays: 90 }],
      },
    });
    logs.cfnOptions.condition = hasLogs;

    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only CloudFront reads it, whose own log is a choice; who writes to it is told by the trail of the organization',
    });
    Validations.of(logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It is where logs are kept; a log of the reading of logs would have to be kept somewhere, too',
    });

    const access = new cloudfront.CfnOriginAccessControl(this, 'OriginAccess', {
      originAccessControlConfig: {
        name: Aws.STACK_NAME,
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    const headers = new cloudfront.CfnResponseHeadersPolicy(this, 'SecurityHeaders', {
      responseHeadersPolicyConfig: {
        name: Aws.STACK_NAME,
        securityHeadersConfig: {
          contentSecurityPolicy: {
            contentSecurityPolicy: contentPolicy.valueAsString,
            override: true,
          },
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: 'DENY', override: true },
          referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: true },
          strictTransportSecurity: {
            accessControlMaxAgeSec: TWO_YEARS,
            includeSubdomains: false,
            override: true,
          },
        },
      },
    });
    const folderPages = new cloudfront.CfnFunction(this, 'FolderPages', {
      name: Fn.sub('${AWS::StackName}-folder-pages'),
      autoPublish: true,
      functionCode: FOLDER_PAGES,
      functionConfig: { comment: 'A folder is its index.html', runtime: 'cloudfront-js-2.0' },
    });
    folderPages.cfnOptions.condition = hasPages;

    // The bucket does not tell the distribution what is in it, so a file that is missing comes back as forbidden.
    const missing = [403, 404].map((errorCode) => ({
      errorCode,
      responseCode: Token.asNumber(Fn.conditionIf(isSinglePage.logicalId, 200, 404)),
      responsePagePath: Fn.conditionIf(isSinglePage.logicalId, '/index.html', '/404.html').toString(),
      errorCachingMinTtl: 60,
    }));
    const whenNamed = (value: string | CfnParameter) =>
      Fn.conditionIf(hasDomain.logicalId, value, Aws.NO_VALUE).toString();
    const distribution = new cloudfront.CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        comment: Aws.STACK_NAME,
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        defaultRootObject: 'index.html',
        priceClass: Fn.conditionIf(isEverywhere.logicalId, 'PriceClass_All', 'PriceClass_100').toString(),
        aliases: Token.asList(Fn.conditionIf(hasDomain.logicalId, [domainName], Aws.NO_VALUE)),
        viewerCertificate: {
          acmCertificateArn: whenNamed(certificateArn),
          minimumProtocolVersion: whenNamed('TLSv1.2_2021'),
          sslSupportMethod: whenNamed('sni-only'),
          cloudFrontDefaultCertificate: Fn.conditionIf(hasDomain.logicalId, Aws.NO_VALUE, true),
        },
        logging: Fn.conditionIf(
          hasLogs.logicalId,
          { Bucket: logs.attrRegionalDomainName, IncludeCookies: false },
          Aws.NO_VALUE,
        ),
        origins: [
          {
            id: 'bucket',
            domainName: bucket.attrRegionalDomainName,
            originAccessControlId: access.attrId,
            // The empty identity says that the origin access control signs instead.
            s3OriginConfig: { originAccessIdentity: '' },
          },
        ],
        defaultCacheBehavior: {
          targetOriginId: 'bucket',
          viewerProtocolPolicy: 'redirect-to-https',
          allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
          cachedMethods: ['GET', 'HEAD'],
          compress: true,
          cachePolicyId: CACHING_OPTIMIZED,
          responseHeadersPolicyId: headers.attrId,
          functionAssociations: Fn.conditionIf(
            hasPages.logicalId,
            [{ EventType: 'viewer-request', FunctionARN: folderPages.attrFunctionArn }],
            Aws.NO_VALUE,
          ),
        },
        customErrorResponses: missing,
      },
    });
    // It holds nothing: what it serves is in the bucket.
    distribution.applyRemovalPolicy(RemovalPolicy.DESTROY);
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason:
          'A public site is for the public wherever they are; a company that sees it otherwise restricts the account',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'Behind it are files and nothing that runs; a firewall costs more than the site and would live in us-east-1',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          "CloudFront's own certificate takes no minimum; with a domain of its own the site asks for TLS 1.2",
      },
    );

    const readByTheDistribution = new iam.PolicyStatement({
      sid: 'ReadByTheDistribution',
      principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [Fn.join('', [bucket.attrArn, '/*'])],
      conditions: {
        StringEquals: {
          'aws:SourceArn': Fn.sub(
            'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}',
          ),
        },
      },
    });
    new ClosedBucketPolicy(this, 'BucketPolicy', bucket, readByTheDistribution);
    const logPolicy = new ClosedBucketPolicy(this, 'LogBucketPolicy', logs);
    logPolicy.cfnOptions.condition = hasLogs;

    new CfnOutput(this, 'Url', {
      description: 'Where the site is',
      value: Fn.conditionIf(
        hasDomain.logicalId,
        Fn.sub('https://${DomainName}/'),
        Fn.sub('https://${Distribution.DomainName}/'),
      ).toString(),
    });
    new CfnOutput(this, 'BucketName', { description: 'The bucket for its files', value: bucket.ref });
    new CfnOutput(this, 'DistributionId', {
      description: 'The CloudFront distribution',
      value: distribution.ref,
    });
    new CfnOutput(this, 'DistributionDomain', {
      description: 'What the DNS entry of a domain of your own has to point to',
      value: distribution.attrDomainName,
    });
    new CfnOutput(this, 'Upload', {
      description: 'How to publish the files of the current folder',
      value: Fn.sub(
        'aws s3 sync . s3://${Bucket} --delete && aws cloudfront create-invalidation --distribution-id ${Distribution} --paths "/*"',
      ),
    });
    new CfnOutput(this, 'LogBucketName', {
      description: 'Where the access logs are',
      value: logs.ref,
      condition: hasLogs,
    });
  }
}

const BUCKETS = 'arn:aws:s3:::sc-*';
const DISTRIBUTIONS = globalArn('cloudfront', 'distribution/*');

export const website: Product = {
  key: KEY,
  name: 'Static web site',
  description:
    'A web site of files: a private bucket behind CloudFront, over TLS, with security headers and a domain of your own.',
  owner: 'Cloud platform',
  versions: [
    {
      name: '1.0',
      description: 'Pages or a single-page application, with or without a domain of its own',
      template: { stack: WebsiteStack },
    },
  ],
  templateConstraint: undefined,
  launchRights: [
    ...bucketRights(BUCKETS),
    // CloudFront lets itself into the log bucket in the caller's name.
    { actions: ['s3:PutBucketAcl'], resources: [BUCKETS] },
    // What CloudFront makes has no ARN before it exists: only the tag can tell whose it will be.
    {
      actions: [
        'cloudfront:CreateDistribution',
        'cloudfront:CreateDistributionWithTags',
        'cloudfront:CreateFunction',
      ],
      resources: ['*'],
      conditions: { StringEquals: { [`aws:RequestTag/${PRODUCT_TAG}`]: KEY } },
    },
    {
      actions: ['cloudfront:TagResource'],
      resources: [DISTRIBUTIONS],
      conditions: { StringEquals: { [`aws:RequestTag/${PRODUCT_TAG}`]: KEY } },
    },
    {
      actions: [
        'cloudfront:DeleteDistribution',
        'cloudfront:GetDistribution',
        'cloudfront:GetDistributionConfig',
        'cloudfront:ListTagsForResource',
        'cloudfront:TagResource',
        'cloudfront:UntagResource',
        'cloudfront:UpdateDistribution',
      ],
      resources: [DISTRIBUTIONS],
      conditions: carryingTagOf(KEY),
    },
    {
      actions: [
        'cloudfront:DeleteFunction',
        'cloudfront:DescribeFunction',
        'cloudfront:GetFunction',
        'cloudfront:ListTagsForResource',
        'cloudfront:PublishFunction',
        'cloudfront:TagResource',
        'cloudfront:UntagResource',
        'cloudfront:UpdateFunction',
      ],
      resources: [globalArn('cloudfront', `function/${OF_STACK}`)],
    },
    // Both go by an id that CloudFront gives, and can carry no tag.
    {
      actions: ['cloudfront:CreateOriginAccessControl', 'cloudfront:CreateResponseHeadersPolicy'],
      resources: ['*'],
    },
    {
      actions: [
        'cloudfront:DeleteOriginAccessControl',
        'cloudfront:GetOriginAccessControl',
        'cloudfront:UpdateOriginAccessControl',
      ],
      resources: [globalArn('cloudfront', 'origin-access-control/*')],
    },
    {
      actions: [
        'cloudfront:DeleteResponseHeadersPolicy',
        'cloudfront:GetResponseHeadersPolicy',
        'cloudfront:UpdateResponseHeadersPolicy',
      ],
      resources: [globalArn('cloudfront', 'response-headers-policy/*')],
    },
  ],
  tagUpdates: 'allowed',
};
