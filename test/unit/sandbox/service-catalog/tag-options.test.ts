import { type Input, aHub, refusal } from './a-hub';

const tag = (Key: string, Value: string): Input => ({ Tags: [{ Key, Value }] });

/** A hub that has people choose a cost centre, and fixes the stage. */
const aTaggingHub = () => {
  const hub = aHub();
  const { seed, portfolioId, productId } = hub;
  seed.associateTagOption({ resourceId: portfolioId, key: 'cost-centre', value: '100' });
  seed.associateTagOption({ resourceId: portfolioId, key: 'cost-centre', value: '200' });
  seed.associateTagOption({ resourceId: productId, key: 'stage', value: 'production' });
  return hub;
};

test('a value that no TagOption offers is refused', async () => {
  const { launch } = aTaggingHub();
  await expect(launch(tag('cost-centre', '300'))).rejects.toMatchObject(
    refusal(
      'InvalidParametersException',
      'Tag cost-centre has to have one of the TagOption values: 100, 200',
    ),
  );
});

test('a TagOption with one value is put on, one with a choice is not', async () => {
  const { launch } = aTaggingHub();
  const { RecordTags } = await launch();
  expect(RecordTags).toEqual([{ Key: 'stage', Value: 'production' }]);
});

test('a chosen value goes to the stack with the tags asked for', async () => {
  const { launch, stacks } = aTaggingHub();
  await launch(tag('cost-centre', '200'));
  expect(stacks.created).toMatchObject([{ tags: { 'cost-centre': '200', stage: 'production' } }]);
});

test('where portfolio and product contradict each other, the key has no values and cannot be given', async () => {
  const { ask, launch, seed, productId, versionId } = aTaggingHub();
  seed.associateTagOption({ resourceId: productId, key: 'cost-centre', value: '300' });
  await expect(
    ask('DescribeProvisioningParameters', { ProductId: productId, ProvisioningArtifactId: versionId }),
  ).resolves.toMatchObject({
    TagOptions: [
      { Key: 'cost-centre', Values: [] },
      { Key: 'stage', Values: ['production'] },
    ],
  });
  await expect(launch(tag('cost-centre', '300'))).rejects.toMatchObject(
    refusal(
      'InvalidParametersException',
      'Parameter validation failed: Missing required parameter in Tags[0]:Value',
    ),
  );
  await expect(launch()).resolves.toBeDefined();
});

test('a share without TagOptions leaves the spoke free to tag', async () => {
  const { launch, seed, portfolioId } = aTaggingHub();
  seed.share({ portfolioId, with: 'organization', sharePrincipals: true, shareTagOptions: false });
  await expect(launch(tag('cost-centre', '300'))).resolves.toMatchObject({
    RecordTags: [{ Key: 'cost-centre', Value: '300' }],
  });
});

test.each([
  [
    'a key twice',
    [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ],
    /Duplicate tag keys/,
  ],
  ["a key of AWS's own", [{ Key: 'aws:team', Value: '1' }], /aws: prefixed tag key names/],
])('%s is refused', async (_, Tags, message) => {
  const { launch } = aHub();
  await expect(launch({ Tags })).rejects.toMatchObject(refusal('InvalidParametersException', message));
});

test('fifty tags are the most, those of TagOptions included', async () => {
  const { launch } = aTaggingHub();
  const tags = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: 'value' }));
  await expect(launch({ Tags: tags(51) })).rejects.toMatchObject(
    refusal('ValidationException', /'tags' failed .* length less than or equal to 50$/),
  );
  await expect(launch({ Tags: tags(50) })).rejects.toMatchObject(
    refusal('InvalidParametersException', /more than 50 tags/),
  );
  await expect(launch({ Tags: tags(49) })).resolves.toBeDefined();
});
