import { z } from 'zod';
import { aHub, aPrincipal, otherTenant, refusal } from './a-hub';

const Paths = z.object({ LaunchPathSummaries: z.array(z.looseObject({ Id: z.string() })) });

test('a single path needs no naming', async () => {
  const { launch } = aHub();
  await expect(launch()).resolves.toMatchObject({ Status: 'CREATED' });
});

test('a launch without any path is refused', async () => {
  const { launch, productId } = aHub();
  await expect(launch({}, aPrincipal({ roleName: 'Developer' }))).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `No launch paths found for resource: ${productId}`),
  );
});

test('of several paths one has to be named', async () => {
  const { ask, launch, addPortfolio, productId } = aHub();
  addPortfolio('Data');
  await expect(launch()).rejects.toMatchObject(
    refusal(
      'InvalidParametersException',
      'More than one launch path ids exist. Please specify the launch path id',
    ),
  );
  const { LaunchPathSummaries: paths } = Paths.parse(await ask('ListLaunchPaths', { ProductId: productId }));
  expect(paths.map(({ Name }) => Name)).toEqual(['Self service', 'Data']);
  await expect(launch({ PathId: paths[1]?.Id })).resolves.toMatchObject({ PathId: paths[1]?.Id });
  await expect(
    launch({ PathName: 'Data', ProvisionedProductName: 'reports-2', ProvisionToken: 'launch-2' }),
  ).resolves.toMatchObject({ PathId: paths[1]?.Id });
});

test('a path that the caller does not have is not found', async () => {
  const { launch } = aHub();
  await expect(launch({ PathId: 'lpv3-aaaaaaaaaaaaa' })).rejects.toMatchObject(
    refusal('ResourceNotFoundException', /Launch path lpv3-aaaaaaaaaaaaa not found/),
  );
});

test('a path is named or identified, not both', async () => {
  const { launch } = aHub();
  await expect(launch({ PathId: 'lpv3-aaaaaaaaaaaaa', PathName: 'Data' })).rejects.toMatchObject(
    refusal('InvalidParametersException', /Only one of PathId and PathName/),
  );
});

test('a path of one account is not one of another', async () => {
  const { ask, productId, launch } = aHub();
  const there = aPrincipal({ account: otherTenant });
  const { LaunchPathSummaries: paths } = Paths.parse(
    await ask('ListLaunchPaths', { ProductId: productId }, there),
  );
  expect(paths[0]?.Id).toMatch(/^lpv3-[a-z2-7]{13}$/);
  await expect(launch({ PathId: paths[0]?.Id })).rejects.toMatchObject(
    refusal('ResourceNotFoundException', /Launch path/),
  );
});

test('a path tells of its constraints', async () => {
  const { ask, seed, portfolioId, productId } = aHub();
  seed.addConstraint({
    ...{ portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launch', description: 'launches as Launch' },
  });
  await expect(ask('ListLaunchPaths', { ProductId: productId })).resolves.toMatchObject({
    LaunchPathSummaries: [{ ConstraintSummaries: [{ Type: 'LAUNCH', Description: 'launches as Launch' }] }],
  });
});
