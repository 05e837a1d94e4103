import { judge, patternOf, rendered, templateOf } from './templates';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const DOMAIN = { DomainName: 'www.example.com', CertificateArn: CERTIFICATE };

test('only the distribution reads the bucket, signed, and over TLS', () => {
  const resources = rendered('website');
  expect(resources['BucketPolicy']).toMatchObject({
    PolicyDocument: {
      Statement: [
        { Sid: 'TlsOnly', Effect: 'Deny' },
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceArn':
                'arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<Distribution>',
            },
          },
        },
      ],
    },
  });
  expect(resources['OriginAccess']).toMatchObject({
    OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
  });
});

test('visitors come over TLS and get the security headers', () => {
  expect(rendered('website', { ContentSecurityPolicy: "default-src 'none'" })).toMatchObject({
    Distribution: {
      DistributionConfig: {
        DefaultCacheBehavior: {
          ViewerProtocolPolicy: 'redirect-to-https',
          ResponseHeadersPolicyId: '<SecurityHeaders.Id>',
        },
      },
    },
    SecurityHeaders: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
        },
      },
    },
  });
});

test('a domain of its own comes with its certificate and TLS 1.2', () => {
  expect(rendered('website', DOMAIN)).toMatchObject({
    Distribution: {
      DistributionConfig: {
        Aliases: ['www.example.com'],
        ViewerCertificate: {
          AcmCertificateArn: CERTIFICATE,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      },
    },
  });
});

test('without one it has CloudFront’s', () => {
  const { Distribution: distribution } = rendered('website');
  expect(distribution).toHaveProperty('DistributionConfig.ViewerCertificate', {
    CloudFrontDefaultCertificate: true,
  });
  expect(distribution).not.toHaveProperty('DistributionConfig.Aliases');
});

test('a domain without a certificate is refused, and a certificate without a domain', () => {
  const { DomainName, CertificateArn } = DOMAIN;
  expect(() => judge('website', { DomainName })).toThrow('give both or neither');
  expect(() => judge('website', { CertificateArn })).toThrow('give both or neither');
  expect(() => judge('website', DOMAIN)).not.toThrow();
});

test.each([
  ['Pages', 404, '/404.html', true],
  ['Single-page', 200, '/index.html', false],
])('with %s a missing file is answered %i by %s', (routing, status, page, folders) => {
  const resources = rendered('website', { Routing: routing });
  expect(resources['Distribution']).toHaveProperty(
    'DistributionConfig.CustomErrorResponses',
    [403, 404].map((code) => ({
      ErrorCode: code,
      ErrorCachingMinTTL: 60,
      ResponseCode: status,
      ResponsePagePath: page,
    })),
  );
  expect('FolderPages' in resources).toBe(folders);
  expect(JSON.stringify(resources['Distribution']).includes('FunctionAssociations')).toBe(folders);
});

test.each([
  ['/', '/index.html'],
  ['/docs/', '/docs/index.html'],
  ['/docs', '/docs/index.html'],
  ['/docs/logo.svg', '/docs/logo.svg'],
])('the function in CloudFront reads %s as %s', (uri, file) => {
  const resources = rendered('website');
  const code: unknown =
    typeof resources['FolderPages'] === 'object' && resources['FolderPages'] !== null
      ? Reflect.get(resources['FolderPages'], 'FunctionCode')
      : undefined;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is the product's own, and runs elsewhere
  const run = new Function('event', `${String(code)}; return handler(event);`) as (event: object) => object;
  expect(run({ request: { uri } })).toEqual({ uri: file });
});

test('access logs are kept where they were asked for, and only there', () => {
  expect(Object.keys(rendered('website'))).not.toContain('LogBucket');
  expect(rendered('website')['Distribution']).not.toHaveProperty('DistributionConfig.Logging');
  expect(rendered('website', { AccessLogs: 'On' })).toMatchObject({
    LogBucket: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90 }] } },
    Distribution: {
      DistributionConfig: { Logging: { Bucket: '<LogBucket.RegionalDomainName>', IncludeCookies: false } },
    },
  });
});

test('the files outlive the stack, but not a launch that failed', () => {
  for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
    templateOf('website').allResources(type, {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  }
});

test.each<[string, string, boolean]>([
  ['DomainName', '', true],
  ['DomainName', 'www.example.com', true],
  ['DomainName', 'WWW.example.com', false],
  ['DomainName', 'https://www.example.com', false],
  ['CertificateArn', CERTIFICATE, true],
  ['CertificateArn', CERTIFICATE.replace('us-east-1', 'eu-west-1'), false],
  ['ContentSecurityPolicy', "default-src 'self'", true],
  ['ContentSecurityPolicy', '', false],
])('as %s %j is %j', (parameter, value, taken) => {
  expect(patternOf('website', parameter).test(value)).toBe(taken);
});
