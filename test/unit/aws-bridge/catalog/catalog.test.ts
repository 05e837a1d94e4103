import { type Catalog, CatalogAnswer } from '../../../../aws-bridge/contract/catalog';
import { composeCatalog, PortfoliosMalformed } from '../../../../aws-bridge/catalog/compose';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { type GivenAnswer, startHttpServer } from '../runtime/http-server';
import { aMessage, aRequest, NOW, SECRET, SITE } from '../runtime/messages';

const TEMPLATE_URL = 'https://templates.s3.eu-west-1.amazonaws.com/bucket.json?X-Amz-Signature=hidden';
const CREATED = 1767225600;

const aProductView = (id: string, type = 'CLOUD_FORMATION_TEMPLATE') => ({
  ProductViewSummary: {
    Id: `prodview-${id}`,
    ProductId: id,
    Name: id,
    Owner: 'Platform',
    ShortDescription: '',
    Type: type,
  },
  Status: 'AVAILABLE',
});

/** Service Catalog's answers by operation, as they come over the wire: times in seconds, limits as text. */
const portfolio = (): Record<string, (input: Record<string, unknown>) => GivenAnswer> => ({
  SearchProductsAsAdmin: ({ PageToken }) =>
    PageToken === 'second'
      ? ok({ ProductViewDetails: [aProductView('prod-terraform', 'TERRAFORM_OPEN_SOURCE')] })
      : ok({ ProductViewDetails: [aProductView('prod-bucket')], NextPageToken: 'second' }),
  ListProvisioningArtifacts: ({ ProductId }) =>
    ok({
      ProvisioningArtifactDetails: [
        {
          Id: ProductId === 'prod-bucket' ? 'pa-bucket' : 'pa-terraform',
          Name: 'v1',
          Type: ProductId === 'prod-bucket' ? 'CLOUD_FORMATION_TEMPLATE' : 'TERRAFORM_OPEN_SOURCE',
          CreatedTime: CREATED,
          Active: true,
          Guidance: 'DEFAULT',
        },
      ],
    }),
  ListConstraintsForPortfolio: () =>
    ok({
      ConstraintDetails: [
        { ConstraintId: 'cons-launch', Type: 'LAUNCH', ProductId: 'prod-bucket' },
        { ConstraintId: 'cons-rules', Type: 'TEMPLATE', ProductId: 'prod-bucket' },
      ],
    }),
  DescribeConstraint: () =>
    ok({
      ConstraintDetail: { ConstraintId: 'cons-rules', Type: 'TEMPLATE' },
      ConstraintParameters: '{"Rules":{}}',
      Status: 'AVAILABLE',
    }),
  DescribeProvisioningArtifact: ({ ProvisioningArtifactId }) =>
    ok({
      Info: ProvisioningArtifactId === 'pa-bucket' ? { TemplateUrl: TEMPLATE_URL } : {},
      ProvisioningArtifactParameters: [
        {
          ParameterKey: 'Purpose',
          ParameterType: 'String',
          IsNoEcho: false,
          ParameterConstraints: { MaxLength: '20' },
        },
      ],
    }),
});
type Told = { readonly catalog: Catalog };
const ok = (body: object): GivenAnswer => ({ status: 200, body });

const summary = `<GetTemplateSummaryResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateSummaryResult>
<ResourceTypes><member>AWS::S3::Bucket</member><member>AWS::S3::Bucket</member></ResourceTypes>
<Capabilities><member>CAPABILITY_IAM</member></Capabilities>
<Metadata>{"AWS::CloudFormation::Interface":{"ParameterLabels":{"Purpose":{"default":"What it is for"}}}}</Metadata>
</GetTemplateSummaryResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetTemplateSummaryResponse>`;

const RULES = { Size: { Assertions: [{ Assert: { 'Fn::Equals': ['a', 'a'] } }] } };
let templateAnswer: GivenAnswer;
let operations: ReturnType<typeof portfolio>;
let calls: { readonly operation: string; readonly input: Record<string, unknown>; readonly region: string }[];
let server: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  operations = portfolio();
  templateAnswer = ok({ Rules: RULES });
  calls = [];
  server = await startHttpServer(({ method, headers, body }) => {
    if (method === 'GET') return templateAnswer;
    const target = headers['x-amz-target'];
    const region = String(headers['authorization']).split('/')[2] ?? '';
    if (target === undefined) {
      const input = Object.fromEntries(new URLSearchParams(body));
      calls.push({ operation: input['Action'] ?? '', input, region });
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: summary };
    }
    const operation = String(target).replace(/^.*\./, '');
    if (operation === 'GetSecretValue') return ok({ SecretString: JSON.stringify({ current: SECRET }) });
    if (operation === 'GetPublicKey') return ok({ PublicKey: 'AAAA' });
    const input = JSON.parse(body) as Record<string, unknown>;
    calls.push({ operation, input, region });
    return operations[operation]?.(input) ?? { status: 501 };
  });
});
afterEach(() => server.stop());

const setUp = (portfolios = '{"eu-west-1":"port-1"}') => {
  const lines: LogLine[] = [];
  const handler = composeCatalog(
    {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: server.url,
      PORTFOLIOS: portfolios,
      WEBHOOK_SECRET_ID: 'gatehouse/webhook',
      SITE_ID: SITE,
      CHOICES_ROLE_NAME: 'GatehouseChoices',
      SEALED_VALUES_KEY: 'arn:aws:kms:eu-west-1:100000000002:key/sealed',
      EXTERNAL_ID: `gatehouse:${SITE}`,
    },
    () => NOW,
    (line) => lines.push(line),
  );
  const ask = async (has: object = {}) => {
    const data = { site: SITE, revision: null, describedVersions: [], ...has };
    const request = aRequest(aMessage('catalog.requested', data), { path: '/catalog', id: 'catalog-1' });
    const { statusCode, body } = await handler(request);
    const value: unknown = JSON.parse(body);
    return { status: statusCode, body: value };
  };
  return { ask, lines };
};

test('the portfolio is told over all its pages, described as the contract says', async () => {
  const { ask } = setUp();
  const { status, body } = await ask();
  expect(status).toBe(200);
  expect(CatalogAnswer.parse(body)).toMatchObject({
    changed: true,
    catalog: {
      products: [
        {
          id: 'prod-bucket',
          region: 'eu-west-1',
          constraints: [{ type: 'TEMPLATE', parameters: '{"Rules":{}}' }],
          versions: [
            {
              id: 'pa-bucket',
              createdAt: '2026-01-01T00:00:00.000Z',
              described: {
                parameters: [{ key: 'Purpose', label: 'What it is for', maxLength: 20 }],
                resourceTypes: ['AWS::S3::Bucket'],
                capabilities: ['CAPABILITY_IAM'],
              },
            },
          ],
        },
        {
          id: 'prod-terraform',
          type: 'TERRAFORM_OPEN_SOURCE',
          versions: [{ described: { resourceTypes: [], capabilities: [] } }],
        },
      ],
    },
  });
  expect(calls.filter(({ operation }) => operation === 'GetTemplateSummary')).toMatchObject([
    { input: { TemplateURL: TEMPLATE_URL } },
  ]);
  expect(calls.find(({ operation }) => operation === 'SearchProductsAsAdmin')?.input).toMatchObject({
    PortfolioId: 'port-1',
  });
});

test('constraints that no order can break are not described', async () => {
  const { ask } = setUp();
  await ask();
  expect(calls.filter(({ operation }) => operation === 'DescribeConstraint')).toMatchObject([
    { input: { Id: 'cons-rules' } },
  ]);
});

test('who has it already is told so, and no version is described', async () => {
  const { ask, lines } = setUp();
  const answer = CatalogAnswer.parse((await ask()).body);
  if (!answer.changed) throw new Error('unchanged');
  calls.length = 0;
  const { revision } = answer.catalog;
  expect((await ask({ revision })).body).toEqual({ changed: false, revision });
  expect(calls.map(({ operation }) => operation)).not.toContain('DescribeProvisioningArtifact');
  expect(lines.map(({ outcome }) => outcome)).toEqual(['catalog-told', 'catalog-unchanged']);
});

test('an answer without an id is a failure, and the log names what was missing', async () => {
  operations['SearchProductsAsAdmin'] = () =>
    ok({ ProductViewDetails: [{ ProductViewSummary: { Name: 'x' } }] });
  const { ask, lines } = setUp();
  expect(await ask()).toMatchObject({ status: 503, body: { error: 'unavailable' } });
  expect(lines[0]?.reason).toContain(
    'SearchProductsAsAdmin: ProductViewDetails.0.ProductViewSummary.ProductId',
  );
});

test('a version without a template location is named, its neighbours are not shown half', async () => {
  operations['DescribeProvisioningArtifact'] = () => ok({ Info: {} });
  const { ask, lines } = setUp();
  expect((await ask()).status).toBe(503);
  expect(lines[0]?.reason).toContain('DescribeProvisioningArtifact pa-bucket: Info.TemplateUrl');
});

test.each([
  ['ThrottlingException', 400, 429],
  ['ResourceNotFoundException', 400, 503],
  ['InternalFailure', 500, 503],
])('%s of Service Catalog is answered with what to do', async (name, status, answered) => {
  operations['SearchProductsAsAdmin'] = () => ({
    status,
    body: { __type: name, Message: 'arn:aws:catalog' },
  });
  const { ask, lines } = setUp();
  const refused = await ask();
  expect(refused.status).toBe(answered);
  expect(JSON.stringify([refused, lines])).not.toMatch(/arn:aws|X-Amz-Signature/);
  expect(calls.filter(({ operation }) => operation === 'SearchProductsAsAdmin')).toHaveLength(1);
});

test('the portfolio of each region is asked for there, and its products say where they are launched', async () => {
  operations['SearchProductsAsAdmin'] = ({ PortfolioId }) =>
    ok({ ProductViewDetails: [aProductView(PortfolioId === 'port-1' ? 'prod-bucket' : 'prod-terraform')] });
  const { ask } = setUp('{"eu-west-1":"port-1","us-east-1":"port-2"}');
  const { body } = await ask();
  expect(CatalogAnswer.parse(body)).toMatchObject({
    catalog: {
      products: [
        { id: 'prod-bucket', region: 'eu-west-1' },
        { id: 'prod-terraform', region: 'us-east-1' },
      ],
    },
  });
  const searches = calls.filter(({ operation }) => operation === 'SearchProductsAsAdmin');
  expect(searches.map(({ input, region }) => [input['PortfolioId'], region]).sort()).toEqual([
    ['port-1', 'eu-west-1'],
    ['port-2', 'us-east-1'],
  ]);
});

test('one region that cannot be read leaves nothing told: the rest would look complete', async () => {
  operations['SearchProductsAsAdmin'] = ({ PortfolioId }) =>
    PortfolioId === 'port-1'
      ? ok({ ProductViewDetails: [aProductView('prod-bucket')] })
      : { status: 500, body: { __type: 'InternalFailure' } };
  expect((await setUp('{"eu-west-1":"port-1","us-east-1":"port-2"}').ask()).status).toBe(503);
});

test.each(['port-1', '{}', '{"cn-north-1":"port-1"}', '{"eu-west-1":""}'])(
  'portfolios given as %s are refused when the function starts',
  (portfolios) => {
    expect(() => setUp(portfolios)).toThrow(PortfoliosMalformed);
  },
);

test.each([
  ['a pre-signed address', TEMPLATE_URL],
  ['the path of a bucket', 'https://s3.eu-west-1.amazonaws.com/templates/bucket.json'],
  ['a bucket of its own host', 'https://templates.s3.eu-west-1.amazonaws.com/bucket.json'],
])("a template's rules are read at %s", async (_, TemplateUrl) => {
  const describe = operations['DescribeProvisioningArtifact'];
  operations['DescribeProvisioningArtifact'] = (input) => {
    const { body } = describe?.(input) ?? ok({});
    const isTemplate = input['ProvisioningArtifactId'] === 'pa-bucket';
    return ok({ ...(body as object), Info: isTemplate ? { TemplateUrl } : {} });
  };
  const { body } = await setUp().ask();
  const [bucket, terraform] = CatalogAnswer.parse(body).changed ? (body as Told).catalog.products : [];
  expect(JSON.parse(bucket?.versions[0]?.described?.rules ?? '')).toEqual(RULES);
  expect(terraform?.versions[0]?.described).not.toHaveProperty('rules');
});

test.each([403, 404])('a template that may not be read (%i) is described without rules', async (status) => {
  templateAnswer = { status };
  const { body } = await setUp().ask();
  expect((body as Told).catalog.products[0]?.versions[0]?.described).not.toHaveProperty('rules');
});

test('where S3 fails, nothing is told: the version would stay without its rules for good', async () => {
  templateAnswer = { status: 500 };
  const { status } = await setUp().ask();
  expect(status).toBe(503);
});
