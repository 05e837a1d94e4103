import { z } from 'zod';
import { aHub, aPrincipal, otherTenant, refusal } from './a-hub';

const reason = 'The following resource(s) failed to create: [Bucket]. Rollback requested by user.';
const History = z.object({ RecordDetails: z.array(z.looseObject({ RecordId: z.string() })) });

test('a record goes with its stack from created to succeeded, and then has its outputs', async () => {
  const { launch, record, stacks, clock } = aHub();
  const { RecordId, Status } = await launch();
  expect(Status).toBe('CREATED');
  await clock.advance(0);
  const underWay = await record(RecordId);
  expect(underWay.RecordDetail.Status).toBe('IN_PROGRESS');
  await clock.advance(60_000);
  stacks.move(stacks.latest, 'CREATE_COMPLETE', {
    outputs: [{ key: 'Url', value: 'https://example.org', description: 'Where it is' }],
  });
  const { RecordDetail, RecordOutputs } = await record(RecordId);
  expect(RecordDetail).toMatchObject({ Status: 'SUCCEEDED', RecordErrors: [] });
  expect(RecordDetail.UpdatedTime.getTime() - RecordDetail.CreatedTime.getTime()).toBe(60_000);
  expect(RecordOutputs).toEqual([
    {
      OutputKey: 'CloudformationStackARN',
      OutputValue: stacks.latest,
      Description: 'The ARN of the launched Cloudformation Stack',
    },
    { OutputKey: 'Url', OutputValue: 'https://example.org', Description: 'Where it is' },
  ]);
});

test('a stack that rolls back is an error in progress, and a failure with its first reason at the end', async () => {
  const { launch, record, stacks, clock, provisionedProduct } = aHub();
  const { RecordId, ProvisionedProductId } = await launch();
  await clock.advance(0);
  stacks.move(stacks.latest, 'ROLLBACK_IN_PROGRESS', { statusReason: reason });
  expect((await record(RecordId)).RecordDetail).toMatchObject({
    Status: 'IN_PROGRESS_IN_ERROR',
    RecordErrors: [],
  });
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({ Status: 'UNDER_CHANGE' });
  stacks.move(stacks.latest, 'ROLLBACK_COMPLETE');
  const { RecordDetail, RecordOutputs } = await record(RecordId);
  expect(RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [{ Code: 'InternalFailure', Description: reason }],
  });
  expect(RecordOutputs.map(({ OutputKey }) => OutputKey)).toEqual(['CloudformationStackARN']);
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({
    Status: 'ERROR',
    StatusMessage: reason,
  });
});

test('a stack that has ended before its creation is answered is not missed', async () => {
  const { launch, record, stacks, clock } = aHub();
  stacks.atOnce = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'];
  const { RecordId, Status } = await launch();
  expect(Status).toBe('CREATED');
  await clock.advance(0);
  expect((await record(RecordId)).RecordDetail.Status).toBe('SUCCEEDED');
});

test('a record may be behind its stack', async () => {
  const { launch, record, stacks, clock, provisionedProduct } = aHub({ recordDelay: 2_000 });
  const { RecordId, ProvisionedProductId } = await launch();
  await clock.advance(2_000);
  stacks.move(stacks.latest, 'CREATE_COMPLETE');
  await clock.advance(1_999);
  expect((await record(RecordId)).RecordDetail.Status).toBe('IN_PROGRESS');
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({ Status: 'UNDER_CHANGE' });
  await clock.advance(1);
  expect((await record(RecordId)).RecordDetail.Status).toBe('SUCCEEDED');
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({ Status: 'AVAILABLE' });
});

test('outputs come in pages', async () => {
  const { ask, launch, stacks, record } = aHub();
  const { RecordId } = await launch();
  const outputs = Array.from({ length: 21 }, (_, index) => ({
    ...{ key: `Output${index}`, value: 'value', description: undefined },
  }));
  stacks.move(stacks.latest, 'CREATE_COMPLETE', { outputs });
  const first = await record(RecordId);
  expect(first.RecordOutputs).toHaveLength(20);
  const second = await ask('DescribeRecord', { Id: RecordId, PageToken: first.NextPageToken });
  expect(second).toMatchObject({
    RecordOutputs: [{ OutputKey: 'Output19' }, { OutputKey: 'Output20' }],
    NextPageToken: undefined,
  });
  const all = await ask('DescribeRecord', { Id: RecordId, PageSize: 20 });
  expect(all['NextPageToken']).toBe(first.NextPageToken);
});

test('a page token is good for the list that gave it', async () => {
  const { ask, launch } = aHub();
  const { RecordId } = await launch();
  await expect(ask('DescribeRecord', { Id: RecordId, PageToken: 'abc' })).rejects.toMatchObject(
    refusal('ValidationException', 'The page token is not valid.'),
  );
});

test('a record is not seen from another account', async () => {
  const { ask, launch } = aHub();
  const { RecordId } = await launch();
  await expect(
    ask('DescribeRecord', { Id: RecordId }, aPrincipal({ account: otherTenant })),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', `Record ${RecordId} not found.`));
});

test('the history shows what one session asked for, or all of the account, newest first', async () => {
  const { ask, launch, productId } = aHub();
  const first = await launch();
  const elsewhere = aPrincipal({ sessionName: 'IT-43' });
  const second = await launch({ ProvisionedProductName: 'r-2', ProvisionToken: 't-2' }, elsewhere);
  const history = async (input: object) =>
    History.parse(await ask('ListRecordHistory', { ...input })).RecordDetails.map(({ RecordId }) => RecordId);
  expect(await history({})).toEqual([first.RecordId]);
  const all = { AccessLevelFilter: { Key: 'Account', Value: 'self' } };
  expect(await history(all)).toEqual([second.RecordId, first.RecordId]);
  expect(await history({ ...all, SearchFilter: { Key: 'product', Value: productId } })).toHaveLength(2);
  const SearchFilter = { Key: 'provisionedproduct', Value: second.ProvisionedProductId };
  expect(await history({ ...all, SearchFilter })).toEqual([second.RecordId]);
  await expect(history({ SearchFilter: { Key: 'name', Value: 'r-2' } })).rejects.toMatchObject(
    refusal('InvalidParametersException', /cannot be searched by name/),
  );
});
