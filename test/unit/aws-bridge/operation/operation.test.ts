import { digestOf } from '../../../../aws-bridge/contract/order';
import { AnswerNotUnderstood } from '../../../../aws-bridge/operation/aws-failure';
import { anOperation, anOrder, aStackEvent, awsRefusal, ofTheStack, throttled } from './builders';
import { HOUR, MINUTE, OperationUnderTest } from './operation-under-test';

const states = (under: OperationUnderTest) => under.told.map(({ sequence, state }) => `${sequence} ${state}`);

/** What the bridge knew of a launch that was under way. */
const KNOWN = {
  record: { id: 'rec-one', status: 'CREATED' },
  provisionedProduct: { id: 'pp-one', name: 'invoices-6789abcdef' },
};

test('an approved operation is launched, told of, looked at twice and told as succeeded with its outputs', async () => {
  const under = new OperationUnderTest();
  const outputs = [{ key: 'BucketName', value: 'invoices-bucket' }];
  under.becomes(2 * MINUTE, { status: 'SUCCEEDED', outputs });

  const result = await under.end();

  expect(under.tenant.calls).toEqual(['launchPaths', 'provision', 'record', 'record']);
  expect(states(under)).toEqual(['1 provisioning', '2 succeeded']);
  expect(under.told[0]).toMatchObject({
    record: { id: 'rec-one', status: 'CREATED' },
    provisionedProduct: { id: 'pp-one', name: 'invoices-6789abcdef' },
  });
  expect(result).toEqual(under.told[1]);
  expect(result).toMatchObject({ outputs, record: { status: 'SUCCEEDED' }, errors: [] });
  expect([...under.waiters.keys()]).toEqual(['100000000003/eu-west-1/SC-100000000003-pp-one']);
});

test('what changed before anybody registered is seen by the look that follows the registration', async () => {
  const under = new OperationUnderTest();
  under.tenant.description = { status: 'SUCCEEDED', errors: [], outputs: [] };
  await under.end();
  expect(states(under)).toEqual(['1 provisioning', '2 succeeded']);
  expect(under.tenant.count('record')).toBe(1);
});

test('a lost event costs minutes, not the operation', async () => {
  const under = new OperationUnderTest();
  const start = under.execution.clock.now().getTime();
  under.becomes(2 * MINUTE, { status: 'SUCCEEDED' }, { event: false });
  await under.end();
  expect(states(under)).toEqual(['1 provisioning', '2 succeeded']);
  expect(under.execution.clock.now().getTime() - start).toBeLessThan(6 * MINUTE);
});

test('a product without a stack is followed by time limits that grow', async () => {
  const under = new OperationUnderTest();
  under.tenant.type = 'TERRAFORM_OPEN_SOURCE';
  under.becomes(HOUR, { status: 'SUCCEEDED' }, { event: false });
  await under.end();
  expect(states(under)).toEqual(['1 provisioning', '2 succeeded']);
  // 15, 30, 60, 120 seconds, and then every four minutes of an hour.
  expect(under.tenant.count('record')).toBeLessThanOrEqual(20);
});

test('a record that lags behind its event is looked at again within seconds', async () => {
  const under = new OperationUnderTest();
  const start = under.execution.clock.now().getTime();
  under.execution.clock.after(2 * MINUTE, 'an early event', () => under.wake());
  under.becomes(2 * MINUTE + 10_000, { status: 'SUCCEEDED' }, { event: false });
  await under.end();
  expect(under.execution.clock.now().getTime() - start).toBeLessThan(3 * MINUTE);
});

test('a stack that rolls back is told of on the way, and its failure with the resource that failed first', async () => {
  const under = new OperationUnderTest();
  under.tenant.events = [
    ofTheStack('ROLLBACK_COMPLETE'),
    ofTheStack('ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Bucket].'),
    aStackEvent({ logicalId: 'Key', status: 'CREATE_FAILED', reason: 'Resource creation cancelled' }),
    aStackEvent({ status: 'CREATE_FAILED', reason: 'invoices-bucket already exists' }),
    aStackEvent(),
    ofTheStack('CREATE_IN_PROGRESS', 'User Initiated'),
  ];
  under.becomes(MINUTE, { status: 'IN_PROGRESS_IN_ERROR' });
  const errors = [{ code: 'InternalError', description: 'The stack was rolled back.' }];
  under.becomes(3 * MINUTE, { status: 'FAILED', errors }, { productStatus: 'ERROR' });

  const result = await under.end();

  expect(states(under)).toEqual(['1 provisioning', '2 rolling-back', '3 failed']);
  expect(result.failedResource).toEqual({
    logicalId: 'Bucket',
    type: 'AWS::S3::Bucket',
    reason: 'invoices-bucket already exists',
  });
  expect(result.errors).toEqual([
    expect.objectContaining({ code: 'InternalError', message: 'The stack was rolled back.' }),
  ]);
});

test('a failure is told without its resource where the tenant does not let us look', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('stackEvents', awsRefusal('AccessDenied', 'no', 'cloudformation'));
  under.tenant.trouble('provisionedProduct', awsRefusal('ResourceNotFoundException'));
  under.becomes(MINUTE, { status: 'FAILED' });
  const result = await under.end();
  expect(result.state).toBe('failed');
  expect(result.failedResource).toBeUndefined();
  expect(result.errors[0]?.code).toBe('ProvisioningFailed');
  expect(result.errors[0]?.remedy).toContain('new request');
});

test('a failure that cannot be explained for half an hour is told unexplained', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('stackEvents', throttled('cloudformation'), { times: 100 });
  const errors = [{ code: 'InternalError', description: 'The stack was rolled back.' }];
  under.becomes(MINUTE, { status: 'FAILED', errors });
  const result = await under.end();
  expect(result).toMatchObject({ state: 'failed', errors: [{ message: 'The stack was rolled back.' }] });
});

test('a provisioned product that is still usable after a failure is told as tainted', async () => {
  const under = new OperationUnderTest();
  under.becomes(MINUTE, { status: 'FAILED' }, { productStatus: 'TAINTED' });
  expect((await under.end()).state).toBe('tainted');
});

test('an order that is not the one approved is refused and nothing is launched', async () => {
  const approved = anOrder();
  const under = new OperationUnderTest(
    anOperation({ order: anOrder({ parameters: { Purpose: 'other' } }), digest: digestOf(approved) }),
  );
  const result = await under.end();
  expect(result).toMatchObject({ state: 'refused', sequence: 1, errors: [{ code: 'OrderChanged' }] });
  expect(under.told).toEqual([result]);
  expect(under.entered).toBe(0);
});

test("another site's operation is refused without anybody being told or any account entered", async () => {
  const under = new OperationUnderTest(anOperation({ site: '00000000-0000-4000-8000-000000000000' }));
  expect(await under.end()).toMatchObject({ state: 'refused', errors: [{ code: 'ForeignSite' }] });
  expect(under.bodies).toStrictEqual([]);
  expect(under.entered).toBe(0);
});

test('a payload that is no operation fails the execution, naming paths and no values', async () => {
  const under = new OperationUnderTest({ ...anOperation(), requestKey: 'secret words' });
  await under.execution.end(MINUTE);
  expect(under.execution.answer).toMatchObject({ Status: 'FAILED' });
  expect(JSON.stringify(under.execution.answer)).toContain('requestKey');
  expect(JSON.stringify(under.execution.answer)).not.toContain('secret words');
});

test('what Service Catalog refuses ends the operation as refused, told once, in its words', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('provision', awsRefusal('InvalidParametersException', 'Purpose must be one of a, b'));
  const result = await under.end();
  expect(states(under)).toEqual(['1 refused']);
  expect(result.errors).toMatchObject([
    { code: 'InvalidParameters', message: 'Purpose must be one of a, b' },
  ]);
  expect(under.tenant.count('record')).toBe(0);
});

test('a state is told until the app takes it, with the same content, and the next only after it', async () => {
  const under = new OperationUnderTest();
  under.appAnswers.push(503, 401, 500, 'delivered', 502);
  under.becomes(MINUTE, { status: 'SUCCEEDED' });
  await under.end();
  expect(states(under)).toEqual(['1 provisioning', '2 succeeded']);
  expect(new Set(under.bodies.slice(0, 4)).size).toBe(1);
  expect(new Set(under.bodies.slice(4)).size).toBe(1);
  expect(under.bodies).toHaveLength(6);
});

test('once the request is gone nothing more is told, yet the operation is followed to its end', async () => {
  const under = new OperationUnderTest();
  under.appAnswers.push('gone');
  under.becomes(MINUTE, { status: 'SUCCEEDED' });
  expect(await under.end()).toMatchObject({ state: 'succeeded', sequence: 2 });
  expect(under.bodies).toHaveLength(1);
});

test('events that cannot be registered for cost time and nothing else', async () => {
  const under = new OperationUnderTest();
  under.registering.push(...Array.from({ length: 3 }, () => throttled('sts')));
  under.becomes(MINUTE, { status: 'SUCCEEDED' });
  expect((await under.end()).state).toBe('succeeded');
});

test('throttling, failures and broken connections on the way are waited out', async () => {
  const under = new OperationUnderTest();
  under.entering.push(throttled('sts'), throttled('sts'));
  under.tenant.trouble('launchPaths', throttled());
  under.tenant.trouble('provision', throttled(), { times: 2 });
  under.tenant.trouble('record', throttled(), { times: 3 });
  under.becomes(20 * MINUTE, { status: 'SUCCEEDED' });
  await under.end();
  expect(states(under)).toEqual(['1 provisioning', '2 succeeded']);
  expect(under.tenant.launched.size).toBe(1);
});

test('a record that Service Catalog does not know for long is told as lost, with where to look', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('record', awsRefusal('ResourceNotFoundException'), { times: 100 });
  const result = await under.end();
  expect(result).toMatchObject({ state: 'lost', errors: [{ code: 'RecordLost' }], ...KNOWN });
  expect(under.told).toHaveLength(2);
});

test('an account that cannot be entered any more ends as lost, with all that was known and where to look', async () => {
  const under = new OperationUnderTest();
  under.execution.clock.after(MINUTE, 'the role is removed', () => {
    under.entering.push(...Array.from({ length: 50 }, () => awsRefusal('AccessDenied', 'no', 'sts')));
    under.wake();
  });
  const result = await under.end();
  expect(result).toMatchObject({ state: 'lost', sequence: 2, errors: [{ code: 'LostTrack' }], ...KNOWN });
  expect(result.errors[0]?.message).toContain('sts: AccessDenied');
  expect(result.errors[0]?.message).toContain('provisioning');
  for (const fact of [
    '100000000003',
    'eu-west-1',
    'invoices-6789abcdef',
    'rec-one',
    'SC-100000000003-pp-one',
  ]) {
    expect(result.errors[0]?.remedy).toContain(fact);
  }
});

test('a launch of which no answer is ever heard is lost, not refused: AWS may have taken it', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('provision', throttled(), { times: 2000, after: true });
  const result = await under.end(3 * 24 * HOUR);
  expect(result).toMatchObject({ state: 'lost', sequence: 1, errors: [{ code: 'LostTrack' }] });
  expect(result.record).toBeUndefined();
  expect(result.errors[0]?.message).toContain('not known whether AWS had accepted');
  expect(result.errors[0]?.remedy).toContain('invoices-6789abcdef');
});

test('a launch whose answers cannot be understood is told to people within two hours, as not known', async () => {
  const under = new OperationUnderTest();
  const answer = new AnswerNotUnderstood('servicecatalog', new SyntaxError('secret'));
  under.tenant.trouble('provision', answer, { times: 100, after: true });
  const result = await under.end(2 * HOUR);
  expect(result).toMatchObject({ state: 'lost', errors: [{ code: 'LostTrack' }] });
  expect(result.errors[0]?.message).toContain('servicecatalog: AnswerNotUnderstood (SyntaxError)');
  expect(under.execution.history + JSON.stringify(under.log)).not.toContain('secret');
});

test('a mistake of ours ends as lost within two hours, and says what it was', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('record', new TypeError('undefined is not a function: secret'), { times: 100 });
  const result = await under.end(2 * HOUR);
  expect(result).toMatchObject({ state: 'lost', errors: [{ code: 'LostTrack' }] });
  expect(result.errors[0]?.message).toContain('Unexpected TypeError');
  expect(under.execution.history + JSON.stringify(under.log)).not.toContain('secret');
});

test('an invocation that dies before and after every checkpoint launches once and tells every state in order', async () => {
  const under = new OperationUnderTest();
  const seen = new Set<string>();
  under.execution.dies = (moment) => !seen.has(moment) && Boolean(seen.add(moment));
  under.becomes(5 * MINUTE, { status: 'IN_PROGRESS_IN_ERROR' });
  under.becomes(10 * MINUTE, { status: 'FAILED' });
  const result = await under.end();

  expect(under.tenant.launched.size).toBe(1);
  expect(new Set(under.tenant.requests.map((request) => JSON.stringify(request))).size).toBe(1);
  expect(under.tenant.count('provision')).toBeGreaterThan(1);
  expect(result).toMatchObject({ state: 'failed', sequence: 3 });
  expect(under.told.map(({ sequence }) => sequence)).toEqual(
    under.told.map(({ sequence }) => sequence).sort(),
  );
  expect(new Set(states(under))).toEqual(new Set(['1 provisioning', '2 rolling-back', '3 failed']));
  for (const sequence of [1, 2, 3]) {
    expect(new Set(under.bodies.filter((body) => body.includes(`"sequence":${sequence},`))).size).toBe(1);
  }
});

test('the log has ids, states and codes, and nothing of the order or its outputs', async () => {
  const under = new OperationUnderTest(anOperation({ order: anOrder({ parameters: { Purpose: 'hush' } }) }));
  under.tenant.trouble('provision', throttled());
  under.becomes(MINUTE, { status: 'SUCCEEDED', outputs: [{ key: 'Password', value: 'hush' }] });
  await under.end();
  expect(under.log.map(({ outcome }) => outcome)).toEqual([
    'attempt-failed',
    'told',
    'found',
    'found',
    'told',
  ]);
  expect(JSON.stringify(under.log)).not.toMatch(/hush|Password|Rate exceeded/);
});
