import { z } from 'zod';
import { type Hub, type Input, aHub, aPrincipal, otherTenant, refusal } from './a-hub';

const Terminated = z.object({ RecordDetail: z.looseObject({ RecordId: z.string() }) });

const aFailedLaunch = async () => {
  const hub = aHub();
  const { ProvisionedProductId: id } = await hub.launch();
  await hub.clock.advance(0);
  hub.stacks.move(hub.stacks.latest, 'ROLLBACK_COMPLETE', { statusReason: 'It could not be' });
  const terminate = async (changes: Input = {}, principal = aPrincipal()) =>
    Terminated.parse(
      await hub.ask(
        'TerminateProvisionedProduct',
        { ProvisionedProductId: id, TerminateToken: 'end-1', ...changes },
        principal,
      ),
    ).RecordDetail;
  return { ...hub, id, terminate };
};

const again = { ProvisionToken: 'launch-2' };
const launchAgain = ({ launch }: Pick<Hub, 'launch'>) => launch(again);

test('a failed launch keeps its name until it is terminated', async () => {
  const hub = await aFailedLaunch();
  await expect(launchAgain(hub)).rejects.toMatchObject(
    refusal('InvalidParametersException', 'A stack named reports-1 already exists.'),
  );
  const { RecordId } = await hub.terminate();
  expect(hub.stacks.deleted).toEqual([hub.stacks.latest]);
  await expect(launchAgain(hub)).rejects.toThrow(/already exists/);
  hub.stacks.move(hub.stacks.latest, 'DELETE_COMPLETE');
  expect((await hub.record(RecordId)).RecordDetail).toMatchObject({
    RecordType: 'TERMINATE_PROVISIONED_PRODUCT',
    Status: 'SUCCEEDED',
  });
  await expect(hub.provisionedProduct(hub.id)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', /not found/),
  );
  await expect(launchAgain(hub)).resolves.toMatchObject({ Status: 'CREATED' });
});

test('a repeated request with the same token is the same termination, also when it is done', async () => {
  const { terminate, stacks } = await aFailedLaunch();
  const { RecordId } = await terminate();
  stacks.move(stacks.latest, 'DELETE_COMPLETE');
  expect(await terminate()).toMatchObject({ RecordId, Status: 'SUCCEEDED' });
  await expect(terminate({ TerminateToken: 'end-2' })).rejects.toMatchObject(
    refusal('ResourceNotFoundException', /not found/),
  );
});

test('a stack that cannot be deleted leaves a tainted product', async () => {
  const { terminate, stacks, provisionedProduct, record, id } = await aFailedLaunch();
  const { RecordId } = await terminate();
  stacks.move(stacks.latest, 'DELETE_FAILED', { statusReason: 'The bucket is not empty' });
  expect((await record(RecordId)).RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [{ Description: 'The bucket is not empty' }],
  });
  expect(await provisionedProduct(id)).toMatchObject({ Status: 'TAINTED' });
});

test('with errors ignored, the product is given up even if its stack stays', async () => {
  const { terminate, stacks, provisionedProduct, id } = await aFailedLaunch();
  await terminate({ IgnoreErrors: true });
  stacks.move(stacks.latest, 'DELETE_FAILED', { statusReason: 'The bucket is not empty' });
  await expect(provisionedProduct(id)).rejects.toThrow(/not found/);
});

test('with its resources retained, the product goes and the stack is left alone', async () => {
  const { terminate, stacks, provisionedProduct, clock, id } = await aFailedLaunch();
  await terminate({ RetainPhysicalResources: true });
  await clock.advance(0);
  expect(stacks.deleted).toStrictEqual([]);
  await expect(provisionedProduct(id)).rejects.toThrow(/not found/);
});

test('it is named or identified, and only in its own account', async () => {
  const { terminate } = await aFailedLaunch();
  await expect(terminate({ ProvisionedProductId: undefined })).rejects.toMatchObject(
    refusal('ValidationException', /has to be given, but not both/),
  );
  await expect(terminate({}, aPrincipal({ account: otherTenant }))).rejects.toMatchObject(
    refusal('ResourceNotFoundException', /not found/),
  );
  await expect(
    terminate({ ProvisionedProductId: undefined, ProvisionedProductName: 'reports-1' }),
  ).resolves.toBeDefined();
});

test('what is under change is not terminated, whether it is launched, updated or terminated', async () => {
  const { ask, launch, stacks } = aHub();
  const { ProvisionedProductId, RecordId } = await launch();
  const terminate = (TerminateToken: string) =>
    ask('TerminateProvisionedProduct', { ProvisionedProductId, TerminateToken });
  await expect(terminate('end-1')).rejects.toMatchObject(
    refusal(
      'ValidationException',
      `Provisioned product ${ProvisionedProductId} is UNDER_CHANGE. Wait until ${RecordId} has ended.`,
    ),
  );
  stacks.move(stacks.latest, 'CREATE_COMPLETE');
  await ask('UpdateProvisionedProduct', { ProvisionedProductId, UpdateToken: 'update-1' });
  await expect(terminate('end-2')).rejects.toMatchObject(refusal('ValidationException', /UNDER_CHANGE/));
  stacks.move(stacks.latest, 'UPDATE_COMPLETE');
  await terminate('end-3');
  await expect(terminate('end-4')).rejects.toMatchObject(refusal('ValidationException', /UNDER_CHANGE/));
  expect(stacks.deleted).toEqual([stacks.latest]);
});

test('a stack that somebody deletes in CloudFormation ends its launch, and is terminated as what is gone', async () => {
  const { ask, launch, record, provisionedProduct, stacks, clock } = aHub();
  const { ProvisionedProductId, RecordId } = await launch();
  await clock.advance(0);
  stacks.delete(stacks.latest);
  expect((await record(RecordId)).RecordDetail).toMatchObject({ Status: 'IN_PROGRESS' });
  stacks.move(stacks.latest, 'DELETE_COMPLETE');
  expect((await record(RecordId)).RecordDetail).toMatchObject({ Status: 'FAILED' });
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({ Status: 'ERROR' });
  await ask('TerminateProvisionedProduct', { ProvisionedProductId, TerminateToken: 'end-1' });
  stacks.move(stacks.latest, 'DELETE_COMPLETE');
  await expect(provisionedProduct(ProvisionedProductId)).rejects.toThrow(/not found/);
});
