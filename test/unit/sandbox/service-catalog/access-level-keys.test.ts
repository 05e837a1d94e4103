import { aHub, aPrincipal, type Input, otherTenant, region } from './a-hub';

const LEVEL = {
  account: 'servicecatalog:accountLevel',
  role: 'servicecatalog:roleLevel',
  user: 'servicecatalog:userLevel',
};

const launched = async () => {
  const hub = aHub();
  const { RecordId, ProvisionedProductId } = await hub.launch();
  const levels = (operation: string, input: Input, principal = aPrincipal()) =>
    Object.keys(hub.service.conditionKeys?.({ operation, input, region, principal }) ?? {}).sort();
  return { levels, RecordId, ProvisionedProductId };
};

test('a record is in the view of the account, of the role and of the session that launched', async () => {
  const { levels, RecordId } = await launched();
  const look = { Id: RecordId };
  expect(levels('DescribeRecord', look)).toEqual([LEVEL.account, LEVEL.role, LEVEL.user]);
  const next = aPrincipal({ sessionName: 'IT-43' });
  expect(levels('DescribeRecord', look, next)).toEqual([LEVEL.account, LEVEL.role]);
  const colleague = aPrincipal({ roleName: 'Developer' });
  expect(levels('DescribeRecord', look, colleague)).toEqual([LEVEL.account]);
});

test('a provisioned product is in the same views, by id, by name and by ARN', async () => {
  const { levels, ProvisionedProductId } = await launched();
  const colleague = aPrincipal({ roleName: 'Developer' });
  const arn = `arn:aws:servicecatalog:${region}:100000000003:stack/reports-1/${ProvisionedProductId}`;
  for (const operation of ['UpdateProvisionedProduct', 'TerminateProvisionedProduct'])
    expect(levels(operation, { ProvisionedProductName: arn }, colleague)).toEqual([LEVEL.account]);
  for (const look of [{ Id: ProvisionedProductId }, { Name: 'reports-1' }]) {
    expect(levels('DescribeProvisionedProduct', look)).toContain(LEVEL.role);
    expect(levels('DescribeProvisionedProduct', look, colleague)).toEqual([LEVEL.account]);
  }
});

test('what is not there, or is another account’s, is in every view: the answer is that it is not there', async () => {
  const { levels, RecordId } = await launched();
  const everyView = [LEVEL.account, LEVEL.role, LEVEL.user];
  expect(levels('DescribeProvisionedProduct', { Name: 'reports-2' })).toEqual(everyView);
  expect(levels('DescribeRecord', { Id: RecordId }, aPrincipal({ account: otherTenant }))).toEqual(everyView);
});

test('a list is in the view that is asked for', async () => {
  const { levels } = await launched();
  const filter = (Key: string) => ({ AccessLevelFilter: { Key, Value: 'self' } });
  expect(levels('ListRecordHistory', filter('Role'))).toEqual([LEVEL.role]);
  expect(levels('ListRecordHistory', {})).toEqual([LEVEL.user]);
  expect(levels('SearchProvisionedProducts', filter('Account'))).toEqual([LEVEL.account]);
});
