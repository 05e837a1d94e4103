import { type Input, aHub, aTemplate, refusal } from './a-hub';

const parameters = (values: Readonly<Record<string, string>>): Input => ({
  ProvisioningParameters: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
});

/** A hub whose product may only be large where it has three zones, and never of a forbidden pair. */
const aConstrainedHub = () => {
  const hub = aHub();
  hub.seed.addConstraint({
    ...{ portfolioId: hub.portfolioId, productId: hub.productId, type: 'TEMPLATE' },
    rules: {
      LargeEverywhere: {
        RuleCondition: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] },
        Assertions: [
          {
            Assert: { 'Fn::EachMemberIn': [['a', 'b', 'c'], { Ref: 'Zones' }] },
            AssertDescription: 'A large one needs the zones a, b and c',
          },
        ],
      },
      KnownZones: {
        Assertions: [
          {
            Assert: {
              'Fn::And': [
                { 'Fn::EachMemberIn': [{ Ref: 'Zones' }, ['a', 'b', 'c']] },
                { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Zones' }, 'c'] }] },
                { 'Fn::Or': [{ 'Fn::Contains': [['small', 'large'], { Ref: 'Size' }] }] },
              ],
            },
            AssertDescription: 'Choose from the zones a, b and c',
          },
        ],
      },
    },
  });
  return hub;
};

test('what the template refuses is answered at once', async () => {
  const { launch } = aHub();
  await expect(launch(parameters({ Size: 'huge' }))).rejects.toMatchObject(
    refusal('InvalidParametersException', "Parameter 'Size' must be one of AllowedValues"),
  );
});

test('what the template refuses may show in the record only', async () => {
  const { launch, clock, record, provisionedProduct } = aHub({ badParameters: 'recorded' });
  const { RecordId, ProvisionedProductId } = await launch(parameters({ Size: 'huge' }));
  await clock.advance(0);
  expect((await record(RecordId)).RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [{ Description: expect.stringContaining('AmazonCloudFormationException') as string }],
  });
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({ Status: 'ERROR' });
});

test('a parameter that the template does not have is refused', async () => {
  const { launch } = aHub();
  await expect(launch(parameters({ Colour: 'red', Shape: 'round' }))).rejects.toMatchObject(
    refusal('InvalidParametersException', 'Parameters: [Colour, Shape] do not exist in the template'),
  );
});

test('a parameter is given once', async () => {
  const { launch } = aHub();
  const twice = [
    { Key: 'Size', Value: 'small' },
    { Key: 'Size', Value: 'large' },
  ];
  await expect(launch({ ProvisioningParameters: twice })).rejects.toMatchObject(
    refusal('InvalidParametersException', 'A parameter is given more than once.'),
  );
});

test('a parameter without default has to be given', async () => {
  const { launch, seed, productId } = aHub();
  const template = aTemplate({ Parameters: { Cidr: { Type: 'String' } } });
  const ProvisioningArtifactId = seed.addVersion({
    ...{ productId, name: 'v2', templateUrl: 'https://templates.example/v2', template },
  });
  await expect(launch({ ProvisioningArtifactId })).rejects.toMatchObject(
    refusal('InvalidParametersException', 'Parameters: [Cidr] must have values'),
  );
});

test.each([
  [{ Size: 'large' }, 'LargeEverywhere is violated: A large one needs the zones a, b and c'],
  [{ Zones: 'a,d' }, 'KnownZones is violated: Choose from the zones a, b and c'],
  [{ Zones: 'c' }, 'KnownZones is violated: Choose from the zones a, b and c'],
])('a template constraint refuses %j in its own words', async (values, words) => {
  const { launch } = aConstrainedHub();
  await expect(launch(parameters(values))).rejects.toMatchObject(
    refusal('InvalidParametersException', new RegExp(`${words}$`)),
  );
});

test.each([{}, { Zones: 'a, b' }, { Size: 'large', Zones: 'a,b,c' }])(
  'a template constraint lets %j through',
  async (values) => {
    const { launch } = aConstrainedHub();
    await expect(launch(parameters(values))).resolves.toBeDefined();
  },
);

test('a rule function that is not modelled is an error that says so', async () => {
  const { launch, seed, portfolioId, productId } = aHub();
  seed.addConstraint({
    ...{ portfolioId, productId, type: 'TEMPLATE' },
    rules: { Odd: { Assertions: [{ Assert: { 'Fn::RefAll': ['AWS::EC2::VPC::Id'] } }] } },
  });
  await expect(launch()).rejects.toThrow('The sandbox does not model the rule function Fn::RefAll');
});

test("a parameter's value is in no refusal", async () => {
  const { launch } = aHub();
  const secret = `s3cret${'x'.repeat(4096)}`;
  await expect(launch(parameters({ Secret: secret }))).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.not.stringContaining('s3cret') as string,
  });
});

test('what a version asks for is described with its limits as text', async () => {
  const { ask, seed, productId } = aHub();
  const template = aTemplate({ Parameters: { Name: { Type: 'String', NoEcho: true, MinLength: 3 } } });
  const versionId = seed.addVersion({
    ...{ productId, name: 'v2', templateUrl: 'https://templates.example/v2', template },
  });
  await expect(
    ask('DescribeProvisioningParameters', { ProductId: productId, ProvisioningArtifactId: versionId }),
  ).resolves.toMatchObject({
    ProvisioningArtifactParameters: [
      {
        ...{ ParameterKey: 'Name', ParameterType: 'String', IsNoEcho: true, DefaultValue: undefined },
        ParameterConstraints: { MinLength: '3' },
      },
    ],
    ProvisioningArtifactOutputKeys: [{ Key: 'Url', Description: 'Where it is' }],
  });
});
