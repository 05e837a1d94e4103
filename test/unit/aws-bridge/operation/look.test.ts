import { createExplain, createLook } from '../../../../aws-bridge/operation/look';
import { createFollowedRecord } from '../../../../aws-bridge/operation/followed-record';
import type { Finding } from '../../../../aws-bridge/operation/progress';
import { InDoubt } from '../../../../aws-bridge/operation/step-failure';
import type { Believes } from '../../../../aws-bridge/operation/steps';
import type { Tenant } from '../../../../aws-bridge/operation/tenant-port';
import type { TenantSession } from '../../../../aws-bridge/operation/tenant-session';
import { anOperation, aStackEvent, awsRefusal, believing, doubting, ofTheStack, throttled } from './builders';
import { StandInTenant } from './stand-in-tenant';

const AT = '2026-01-15T09:00:00.000Z';
const RECORD = {
  id: 'rec-one',
  status: 'CREATED',
  provisionedProductId: 'pp-one',
  provisionedProductType: 'CFN_STACK',
};
const AFTER_FAILURE =
  'Once the cause is put right, raise a new request, or ask here: an agent can have it launched again. The failed provisioned product stays in the account until it is terminated.';

const aTenant = () => {
  const tenant = new StandInTenant();
  const sessions: TenantSession[] = [];
  const ports = {
    enterTenant: (session: TenantSession) => {
      sessions.push(session);
      return Promise.resolve(tenant);
    },
    openSealed: () => Promise.reject(new Error('nothing is sealed')),
    now: () => new Date(AT),
  };
  const operation = anOperation();
  return {
    tenant,
    sessions,
    followed: createFollowedRecord(ports)(operation, RECORD),
    look: (believes: Believes = doubting) => createLook(ports)(operation, RECORD, undefined, believes),
    explain: (failure: Partial<Finding> = {}) =>
      createExplain(ports)(operation, RECORD, {
        state: 'failed',
        at: AT,
        outputs: [],
        errors: [],
        ...failure,
      }),
  };
};

test('a look tells what the record says, in the account and in the name of whoever approved', async () => {
  const { tenant, sessions, look } = aTenant();
  tenant.description = {
    status: 'FAILED',
    outputs: [{ key: 'BucketName', value: 'invoices-bucket' }],
    errors: [{ code: 'InternalError', description: 'The stack was rolled back.' }],
  };
  expect(await look()).toEqual({
    state: 'failed',
    at: AT,
    record: { id: 'rec-one', status: 'FAILED' },
    provisionedProduct: { id: 'pp-one', name: 'invoices-6789abcdef' },
    outputs: [{ key: 'BucketName', value: 'invoices-bucket' }],
    errors: [{ code: 'InternalError', message: 'The stack was rolled back.' }],
  });
  expect(sessions).toMatchObject([
    { account: '100000000003', sourceIdentity: 'jira.712020=0f7e0000-0000-4000-8000-000000000002' },
  ]);
});

test('a record that is not known is looked for eleven times more before it is told as lost', async () => {
  const { tenant, look } = aTenant();
  tenant.trouble('record', awsRefusal('ResourceNotFoundException'), { times: 2 });
  const inARow =
    (times: number): Believes =>
    (code, patience = 1) =>
      code === 'RecordNotFound' && times >= patience;
  await expect(look(inARow(11))).rejects.toThrow(new InDoubt('RecordNotFound'));
  expect(await look(inARow(12))).toMatchObject({ state: 'lost', errors: [{ code: 'RecordLost' }] });
});

test.each([awsRefusal('AccessDeniedException'), throttled(), new TypeError('a mistake of ours')])(
  'a record that cannot be looked at is not lost, however often: %p',
  async (trouble) => {
    const { tenant, look } = aTenant();
    tenant.trouble('record', trouble);
    await expect(look(believing)).rejects.toBe(trouble);
  },
);

test('a failure is explained by whether the product can be used, and by what failed first', async () => {
  const { tenant, sessions, explain } = aTenant();
  await tenant.provision({
    productId: 'prod-bucket',
    provisioningArtifactId: 'pa-one',
    pathId: 'lpv2-one',
    provisionedProductName: 'invoices-6789abcdef',
    provisionToken: anOperation().operationId,
    parameters: {},
    tags: {},
  });
  tenant.productStatus = 'TAINTED';
  tenant.events = [
    ofTheStack('ROLLBACK_COMPLETE'),
    aStackEvent({ status: 'CREATE_FAILED', reason: 'invoices-bucket already exists' }),
    ofTheStack('CREATE_IN_PROGRESS'),
  ];
  const errors = [
    { code: 'InternalError', message: 'The stack was rolled back.' },
    { code: 'Other', message: 'And more.' },
  ];
  expect(await explain({ errors })).toStrictEqual({
    state: 'tainted',
    at: AT,
    outputs: [],
    errors: [{ ...errors[0], remedy: AFTER_FAILURE }, errors[1]],
    failedResource: {
      logicalId: 'Bucket',
      type: 'AWS::S3::Bucket',
      reason: 'invoices-bucket already exists',
    },
  });
  expect(sessions).toHaveLength(1);
});

test('its own product is looked at, and the events of its stack back to where the attempt began', async () => {
  const { tenant, explain } = aTenant();
  const asked: unknown[] = [];
  const stackEvents: Tenant['stackEvents'] = (stack, more) => {
    asked.push(stack, more([aStackEvent()]), more([aStackEvent(), ofTheStack('CREATE_IN_PROGRESS')]));
    return Promise.resolve([]);
  };
  const provisionedProduct: Tenant['provisionedProduct'] = (which) => {
    asked.push(which);
    return Promise.reject(awsRefusal('ResourceNotFoundException'));
  };
  Object.assign(tenant, { stackEvents, provisionedProduct });
  await explain();
  expect(asked).toEqual([{ id: 'pp-one' }, 'SC-100000000003-pp-one', true, false]);
});

test('a failure of which nothing more can be found out is told all the same, with what to do', async () => {
  const { tenant, explain } = aTenant();
  tenant.trouble('stackEvents', awsRefusal('AccessDenied', 'no', 'cloudformation'));
  expect(await explain()).toStrictEqual({
    state: 'failed',
    at: AT,
    outputs: [],
    errors: [
      {
        code: 'ProvisioningFailed',
        message: 'Service Catalog reports that provisioning failed and gives no reason.',
        remedy: AFTER_FAILURE,
      },
    ],
  });
});

test.each(['provisionedProduct', 'stackEvents'] as const)(
  'what may pass, or is a mistake of ours, is no reason to tell a failure unexplained: %s',
  async (call) => {
    const { tenant, explain } = aTenant();
    tenant.trouble(call, throttled());
    await expect(explain()).rejects.toThrow('ThrottlingException');
    tenant.trouble(call, new TypeError('a mistake of ours'));
    await expect(explain()).rejects.toThrow(TypeError);
  },
);

test('a launch is followed by its stack and its record, and given up as what it is', async () => {
  const { tenant, followed } = aTenant();
  expect(followed).toMatchObject({
    operationId: 'launch-10042-0123456789abcdef',
    site: anOperation().site,
    stack: '100000000003/eu-west-1/SC-100000000003-pp-one',
    quiet: 4,
  });
  expect(await followed.look(undefined, doubting)).toMatchObject({
    state: 'provisioning',
    record: { id: 'rec-one' },
  });
  const failure: Finding = { state: 'failed', at: AT, outputs: [], errors: [] };
  expect(await followed.explain(failure)).toMatchObject({ errors: [{ code: 'ProvisioningFailed' }] });
  expect(followed.givenUp(AT, undefined)).toMatchObject({
    state: 'lost',
    errors: [{ code: 'StillUnderWay' }],
  });
  expect(tenant.calls).toEqual(['record', 'provisionedProduct', 'stackEvents']);
});
