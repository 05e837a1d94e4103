import { ACCOUNT, aCloudFormation, historyOf } from '../a-cloudformation';
import { reasonOf, valuesOf } from './launching';

const of = (type: string, properties: object) => ({ Type: `AWS::${type}`, Properties: properties });
const access = (name = 'site') =>
  of('CloudFront::OriginAccessControl', {
    OriginAccessControlConfig: {
      Name: name,
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    },
  });
const headers = (name = 'site') =>
  of('CloudFront::ResponseHeadersPolicy', { ResponseHeadersPolicyConfig: { Name: name } });
const pages = (overrides: object = {}) =>
  of('CloudFront::Function', {
    AutoPublish: true,
    FunctionCode: 'function handler(event) { return event.request; }',
    FunctionConfig: { Comment: 'Pages', Runtime: 'cloudfront-js-2.0' },
    Name: 'pages',
    ...overrides,
  });

/** A site with everything behind it. */
const aSite = (
  config: object = {},
  behavior: object = {},
  origin: object = {},
  others: Record<string, object> = {},
): Record<string, object> => ({
  Bucket: of('S3::Bucket', {}),
  Access: access(),
  Headers: headers(),
  Pages: pages(),
  ...others,
  Site: of('CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      Origins: [
        {
          Id: 'bucket',
          DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
          OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
          S3OriginConfig: { OriginAccessIdentity: '' },
          ...origin,
        },
      ],
      DefaultCacheBehavior: {
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        FunctionAssociations: [
          { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Pages', 'FunctionARN'] } },
        ],
        ResponseHeadersPolicyId: { Ref: 'Headers' },
        TargetOriginId: 'bucket',
        ViewerProtocolPolicy: 'redirect-to-https',
        ...behavior,
      },
      ...config,
    },
  }),
});
const certificate = (region: string) => ({
  AcmCertificateArn: `arn:aws:acm:${region}:${ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555`,
  SslSupportMethod: 'sni-only',
});

test('a site is known by what CloudFront gives: ids, a domain, the ARN of a function', async () => {
  const values = await valuesOf(aSite(), {
    Site: { Ref: 'Site' },
    Domain: { 'Fn::GetAtt': ['Site', 'DomainName'] },
    Access: { Ref: 'Access' },
    Headers: { Ref: 'Headers' },
    Pages: { Ref: 'Pages' },
  });
  expect(values['Site']).toMatch(/^E[A-Z0-9]{13}$/);
  expect(values['Domain']).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/);
  expect(values['Access']).toMatch(/^E[A-Z0-9]{13}$/);
  expect(values['Headers']).toMatch(/^[0-9a-f-]{36}$/);
  expect(values['Pages']).toBe(`arn:aws:cloudfront::${ACCOUNT}:function/pages`);
});

test.each<[string, Record<string, object>, string]>([
  [
    'a behaviour for an origin that is not there',
    aSite({}, { TargetOriginId: 'none' }),
    'origins or origin groups do not exist',
  ],
  [
    'an origin that is no bucket',
    aSite({}, {}, { DomainName: 'none.s3.eu-west-1.amazonaws.com' }),
    'valid S3 bucket',
  ],
  [
    'an access control that is not there',
    aSite({}, {}, { OriginAccessControlId: 'E0' }),
    'access control does not exist',
  ],
  ['a cache policy that is not there', aSite({}, { CachePolicyId: 'none' }), 'cache policy does not exist'],
  [
    'a headers policy that is not there',
    aSite({}, { ResponseHeadersPolicyId: 'none' }),
    'headers policy does not exist',
  ],
  ['methods that are no set', aSite({}, { AllowedMethods: ['GET', 'POST'] }), 'no set of methods'],
  [
    'a function that was not published',
    aSite({}, {}, {}, { Pages: pages({ AutoPublish: false }) }),
    'not published',
  ],
  [
    'a domain without a certificate',
    aSite({ Aliases: ['www.example.com'] }),
    'must attach a trusted certificate',
  ],
  [
    'a certificate of another region',
    aSite({ Aliases: ['www.example.com'], ViewerCertificate: certificate('eu-west-1') }),
    "isn't in us-east-1 region",
  ],
  [
    'two certificates',
    aSite({ ViewerCertificate: { ...certificate('us-east-1'), CloudFrontDefaultCertificate: true } }),
    'only one of the following',
  ],
  [
    'a page for an error without a status',
    aSite({ CustomErrorResponses: [{ ErrorCode: 404, ResponsePagePath: '/404.html' }] }),
    'both ResponsePagePath and ResponseCode',
  ],
  [
    'logs into a bucket without access control lists',
    aSite({ Logging: { Bucket: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } } }),
    'does not enable ACL access',
  ],
  [
    'a function in a language of its own',
    { Pages: pages({ FunctionConfig: { Comment: '', Runtime: 'perl' } }) },
    '#/FunctionConfig/Runtime',
  ],
  [
    'a function that is too long',
    { Pages: pages({ FunctionCode: 'x'.repeat(10_241) }) },
    'the limit is 10240',
  ],
])('%s is refused', async (_what, resources, reason) => {
  expect(await reasonOf(resources)).toContain(reason);
});

test.each([
  ['access control', { A: access(), B: { ...access(), DependsOn: 'A' } }],
  ['headers policy', { A: headers(), B: { ...headers(), DependsOn: 'A' } }],
  ['function', { A: pages(), B: { ...pages(), DependsOn: 'A' } }],
])('a second %s of the same name is refused', async (_what, resources) => {
  expect(await reasonOf(resources)).toContain('with the same name already exists');
});

test('a domain belongs to one distribution in the world', async () => {
  const bench = aCloudFormation();
  const named = { Aliases: ['www.example.com'], ViewerCertificate: certificate('us-east-1') };
  await valuesOf(aSite(named), { Site: { Ref: 'Site' } }, bench);
  const second = aSite(
    named,
    {},
    {},
    { Access: access('b'), Headers: headers('b'), Pages: pages({ Name: 'b' }) },
  );
  expect(await reasonOf(second, bench)).toContain('already associated with a different resource');
});

test('what a distribution uses goes after the distribution', async () => {
  const bench = aCloudFormation();
  const stack = await bench.launch({ template: { Resources: aSite() } });
  bench.stacks.delete(stack.id);
  expect(await bench.ended(stack.id)).toMatchObject({ status: 'DELETE_COMPLETE' });
  const history = await historyOf(bench, stack.id);
  const gone = history.indexOf('Site DELETE_COMPLETE');
  for (const used of ['Access', 'Headers', 'Pages']) {
    expect(history.indexOf(`${used} DELETE_IN_PROGRESS`)).toBeGreaterThan(gone);
  }
});
