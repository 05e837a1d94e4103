import { createLaunch } from '../../../../aws-bridge/operation/launch';
import { createLaunchPathMemory } from '../../../../aws-bridge/operation/launch-paths';
import { type OpenSealed, SealedValueNotOpened } from '../../../../aws-bridge/operation/open-sealed';
import { aSealedValue } from '../../../builders/orders';
import { anOperation, anOrder, awsRefusal, believing, doubting, throttled } from './builders';
import { StandInTenant } from './stand-in-tenant';

const now = () => new Date('2026-01-15T09:00:00Z');
const other = { operationId: 'launch-10043-fedcba9876543210', requestKey: 'IT-43' };

const aLaunch = (openSealed: OpenSealed = () => Promise.reject(new Error('nothing is sealed'))) => {
  const tenant = new StandInTenant();
  const entering: unknown[] = [];
  const launch = createLaunch({
    enterTenant: () =>
      Promise.resolve().then(() => {
        if (entering.length > 0) throw entering.shift();
        return tenant;
      }),
    paths: createLaunchPathMemory(),
    openSealed,
    now,
  });
  return { tenant, entering, launch };
};

const refusalOf = (launched: Awaited<ReturnType<ReturnType<typeof createLaunch>>>) =>
  launched.accepted ? 'accepted' : launched.finding.errors[0]?.code;

test('what Service Catalog took is told with its record and its name, and what it refused as refused', async () => {
  const { launch } = aLaunch();
  expect(await launch(anOperation(), doubting)).toStrictEqual({
    accepted: true,
    record: {
      id: 'rec-one',
      status: 'CREATED',
      provisionedProductId: 'pp-one',
      provisionedProductType: 'CFN_STACK',
    },
    finding: {
      state: 'provisioning',
      at: '2026-01-15T09:00:00.000Z',
      record: { id: 'rec-one', status: 'CREATED' },
      provisionedProduct: { id: 'pp-one', name: 'invoices-6789abcdef' },
      outputs: [],
      errors: [],
    },
  });
  const refusing = aLaunch();
  refusing.tenant.trouble('provision', awsRefusal('InvalidParametersException', 'Size must be one of …'));
  expect(await refusing.launch(anOperation(), doubting)).toMatchObject({
    accepted: false,
    finding: { state: 'refused', at: '2026-01-15T09:00:00.000Z', outputs: [] },
  });
});

test('what is none of AWS’s failures is no refusal', async () => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', new TypeError('a mistake of ours'));
  await expect(launch(anOperation(), believing)).rejects.toThrow(TypeError);
});

test('an order whose sealed value does not open is refused at once, and nothing is launched', async () => {
  const { tenant, launch } = aLaunch(() => Promise.reject(new SealedValueNotOpened()));
  const order = anOrder({ sealedParameters: { Password: aSealedValue() } });
  expect(refusalOf(await launch(anOperation({ order }), doubting))).toBe('SealedValueNotOpened');
  expect(tenant.count('provision')).toBe(0);
});

test('a path is looked up once for a product and an account', async () => {
  const { tenant, launch } = aLaunch();
  await launch(anOperation(), doubting);
  await launch(anOperation(other), doubting);
  expect(tenant.calls).toEqual(['launchPaths', 'provision', 'provision']);
  await launch(anOperation({ order: anOrder({ productId: 'prod-network', name: 'net' }) }), doubting);
  expect(tenant.count('launchPaths')).toBe(2);
});

test('a path that the order names is taken without a look', async () => {
  const { tenant, launch } = aLaunch();
  await launch(anOperation({ order: anOrder({ pathId: 'lpv2-named' }) }), doubting);
  expect(tenant.calls).toEqual(['provision']);
  expect(tenant.requests[0]?.pathId).toBe('lpv2-named');
});

test('a remembered path that is refused is forgotten and looked up again', async () => {
  const { tenant, launch } = aLaunch();
  await launch(anOperation(), doubting);
  tenant.paths = [{ id: 'lpv2-two', name: 'New' }];
  tenant.trouble('provision', awsRefusal('ResourceNotFoundException', 'Launch path lpv2-one not found'));
  expect(refusalOf(await launch(anOperation(other), doubting))).toBe('accepted');
  expect(tenant.requests.map(({ pathId }) => pathId)).toEqual(['lpv2-one', 'lpv2-one', 'lpv2-two']);
});

test('a path that was looked up and is refused is not remembered', async () => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', awsRefusal('InvalidParametersException', 'Parameter Size must be one of …'));
  await launch(anOperation(), doubting);
  await launch(anOperation(other), doubting);
  expect(tenant.count('launchPaths')).toBe(2);
});

test('a name that is taken is no fault of the remembered path', async () => {
  const { tenant, launch } = aLaunch();
  await launch(anOperation(), doubting);
  tenant.trouble('provision', awsRefusal('DuplicateResourceException'));
  await expect(launch(anOperation(other), doubting)).rejects.toThrow('NameTaken');
  expect(tenant.count('launchPaths')).toBe(1);
});

test('of several paths none is guessed; all are named', async () => {
  const { tenant, launch } = aLaunch();
  tenant.paths = [
    { id: 'lpv2-one', name: 'Engineering' },
    { id: 'lpv2-two', name: 'Research' },
  ];
  const launched = await launch(anOperation(), doubting);
  expect(refusalOf(launched)).toBe('SeveralLaunchPaths');
  expect(launched.finding.errors).toEqual([
    {
      code: 'SeveralLaunchPaths',
      message:
        'The product can be launched in this account on several paths: lpv2-one (Engineering), lpv2-two (Research).',
      remedy:
        'Name one of them as pathId in the order, or leave the account one portfolio with this product.',
    },
  ]);
  expect(tenant.count('provision')).toBe(0);
});

test.each([
  ['no launch path', 'NoLaunchPath', (tenant: StandInTenant) => void (tenant.paths = [])],
  [
    'words of no launch path',
    'NoLaunchPath',
    (tenant: StandInTenant) =>
      tenant.trouble(
        'launchPaths',
        awsRefusal('ResourceNotFoundException', 'No launch paths found for resource: prod-bucket'),
        { times: 2 },
      ),
  ],
  [
    'a lack of rights',
    'NotAuthorised',
    (tenant: StandInTenant) =>
      tenant.trouble('launchPaths', awsRefusal('AccessDeniedException'), { times: 2 }),
  ],
  [
    'credentials that the region does not know',
    'NotAuthorised',
    (tenant: StandInTenant) =>
      tenant.trouble('launchPaths', awsRefusal('InvalidClientTokenId'), { times: 2 }),
  ],
])('%s may be a delay, so it is believed only after a minute of attempts', async (_what, code, prepare) => {
  const { tenant, launch } = aLaunch();
  prepare(tenant);
  await expect(launch(anOperation(), doubting)).rejects.toMatchObject({ code, transient: true });
  expect(refusalOf(await launch(anOperation(), believing))).toBe(code);
});

test('a role that cannot be assumed is tried for a minute and then refused, with what to check', async () => {
  const { entering, launch } = aLaunch();
  entering.push(awsRefusal('AccessDenied', 'no', 'sts'), awsRefusal('AccessDenied', 'no', 'sts'));
  await expect(launch(anOperation(), doubting)).rejects.toThrow('TenantNotReachable');
  const launched = await launch(anOperation(), believing);
  expect(refusalOf(launched)).toBe('TenantNotReachable');
  expect(launched.finding.errors[0]?.remedy).toContain('tenant role');
});

test.each([
  ['ResourceNotFoundException', 'Provisioning artifact pa-one not found.', 'NotOffered'],
  ['InvalidParametersException', 'Provisioning artifact pa-one is deprecated.', 'NotOffered'],
  ['InvalidParametersException', 'Parameter Size must be one of …', 'InvalidParameters'],
  ['LimitExceededException', 'too many', 'NotAccepted'],
])('%s (%s) is refused at once as %s', async (code, words, refused) => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', awsRefusal(code, words));
  const launched = await launch(anOperation(), doubting);
  expect(refusalOf(launched)).toBe(refused);
  expect(launched.finding.errors[0]?.message).toContain(words);
});

test('throttling is left to the next attempt, as what it is', async () => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', throttled());
  await expect(launch(anOperation(), believing)).rejects.toMatchObject({ code: 'ThrottlingException' });
});

test.each(['DuplicateResourceException', 'InvalidParametersException'])(
  'a launch whose answer was lost goes on with its record, where %s says that the name is taken',
  async (code) => {
    const { tenant, launch } = aLaunch();
    tenant.trouble('provision', throttled(), { after: true });
    await expect(launch(anOperation(), doubting)).rejects.toThrow('ThrottlingException');
    tenant.trouble('provision', awsRefusal(code, 'A stack named invoices-6789abcdef already exists.'));
    const launched = await launch(anOperation(), doubting);
    expect(launched).toMatchObject({ accepted: true, record: { id: 'rec-one', status: 'IN_PROGRESS' } });
    expect(tenant.launched.size).toBe(1);
  },
);

test('whether it was accepted is looked up by its own name, whatever else is in the account', async () => {
  const { tenant, launch } = aLaunch();
  await launch(anOperation(other), doubting);
  tenant.trouble('provision', throttled(), { after: true });
  await expect(launch(anOperation(), doubting)).rejects.toThrow('ThrottlingException');
  tenant.trouble('provision', awsRefusal('DuplicateResourceException'));
  expect(refusalOf(await launch(anOperation(), doubting))).toBe('accepted');
});

test('a launch of ours whose record cannot be found is neither refused nor followed by another record', async () => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', throttled(), { after: true });
  await expect(launch(anOperation(), doubting)).rejects.toThrow('ThrottlingException');
  tenant.trouble('provision', awsRefusal('DuplicateResourceException'));
  tenant.launchRecord = () => Promise.resolve(undefined);
  await expect(launch(anOperation(), believing)).rejects.toMatchObject({
    name: 'AttemptFailed',
    code: 'LaunchRecordNotFound',
    transient: false,
  });
});

test('a launch whose answer was lost is not called refused when the product is withdrawn meanwhile', async () => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', throttled(), { after: true });
  await expect(launch(anOperation(), doubting)).rejects.toThrow('ThrottlingException');
  tenant.trouble('launchPaths', awsRefusal('ResourceNotFoundException', 'Product prod-bucket not found.'));
  expect(refusalOf(await launch(anOperation(), doubting))).toBe('accepted');
});

describe('a launch that follows another one of its request', () => {
  const next = anOperation({ ...other, earlier: [anOperation().operationId] });
  const launchedBefore = async () => {
    const started = aLaunch();
    await started.launch(anOperation(), doubting);
    return started;
  };

  test.each(['AVAILABLE', 'TAINTED', 'UNDER_CHANGE'])(
    'takes no effect where that one is there after all, %s',
    async (status) => {
      const { tenant, launch } = await launchedBefore();
      tenant.productStatus = status;
      expect(refusalOf(await launch(next, doubting))).toBe('EarlierLaunchLives');
      expect(tenant.count('provision')).toBe(1);
    },
  );

  test('looks for that one by its own name, whatever else is in the account', async () => {
    const { launch } = aLaunch();
    await launch(anOperation({ operationId: 'launch-10044-aaaaaaaaaaaaaaaa' }), doubting);
    await launch(anOperation(), doubting);
    expect(refusalOf(await launch(next, doubting))).toBe('EarlierLaunchLives');
  });

  test('goes ahead where that one failed, or left nothing', async () => {
    const { tenant, launch } = await launchedBefore();
    tenant.productStatus = 'ERROR';
    expect(refusalOf(await launch(next, doubting))).toBe('accepted');
    expect(refusalOf(await aLaunch().launch(next, doubting))).toBe('accepted');
  });

  test('does not go ahead without having looked', async () => {
    const { tenant, launch } = aLaunch();
    tenant.trouble('provisionedProduct', awsRefusal('AccessDeniedException'), { times: 14 });
    await expect(launch(next, doubting)).rejects.toThrow('NotAuthorised');
    expect(refusalOf(await launch(next, believing))).toBe('NotAuthorised');
    expect(tenant.count('provision')).toBe(0);
  });
});

test("a name that somebody else's provisioned product has is refused", async () => {
  const { launch } = aLaunch();
  await launch(anOperation({ operationId: 'update-99999-0123456789abcdef' }), doubting);
  expect(refusalOf(await launch(anOperation(), doubting))).toBe('NameTaken');
});

test('a name that is taken by what cannot be seen yet is tried for a minute', async () => {
  const { tenant, launch } = aLaunch();
  tenant.trouble('provision', awsRefusal('DuplicateResourceException'), { times: 2 });
  await expect(launch(anOperation(), doubting)).rejects.toThrow('NameTaken');
  expect(refusalOf(await launch(anOperation(), believing))).toBe('NameTaken');
});

test('the memory of paths has an end', () => {
  const memory = createLaunchPathMemory(2);
  const orders = ['prod-a', 'prod-b', 'prod-c'].map((productId) => anOrder({ productId }));
  orders.forEach((order) => memory.remember(order, `lp-${order.productId}`));
  expect(orders.map((order) => memory.recall(order))).toEqual([undefined, 'lp-prod-b', 'lp-prod-c']);
  orders.slice(1, 2).forEach((order) => memory.forget(order));
  expect(orders.map((order) => memory.recall(order))).toEqual([undefined, undefined, 'lp-prod-c']);
});
