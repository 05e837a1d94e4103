import { PATIENCE } from '../../../../aws-bridge/operation/retries';
import { awsRefusal, throttled } from './builders';
import { HOUR, MINUTE, OperationUnderTest } from './operation-under-test';

/* What may only be a delay is believed once enough attempts in a row have found it, and attempts that found nothing out do not count. */

const NAME_TAKEN = awsRefusal('DuplicateResourceException', 'the name is taken');
const NOT_SEEN = awsRefusal('ResourceNotFoundException', 'not found');
const DENIED = awsRefusal('AccessDenied', 'no', 'sts');

/** A launch that Service Catalog accepts although nobody hears of it, and that cannot be looked up for `unseen` attempts. */
const acceptedUnheard = (under: OperationUnderTest, unseen: number): void => {
  under.tenant.trouble('provision', throttled(), { after: true });
  under.tenant.trouble('provision', NAME_TAKEN, { times: unseen + 1 });
  under.tenant.trouble('provisionedProduct', NOT_SEEN, { times: unseen });
};

test('a launch whose answer was lost after six throttled attempts is followed, not told as refused', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('provision', throttled(), { times: PATIENCE - 1 });
  acceptedUnheard(under, PATIENCE - 1);
  under.becomes(HOUR, { status: 'SUCCEEDED' });
  expect(await under.end()).toMatchObject({ state: 'succeeded', record: { id: 'rec-one' } });
  expect(under.told.map(({ state }) => state)).toEqual(['provisioning', 'succeeded']);
});

test('a name that is taken is not believed the sooner because something else was doubted before', async () => {
  const under = new OperationUnderTest();
  under.entering.push(...Array.from({ length: PATIENCE - 1 }, () => DENIED));
  acceptedUnheard(under, 3);
  under.becomes(HOUR, { status: 'SUCCEEDED' });
  expect(await under.end()).toMatchObject({ state: 'succeeded' });
});

test('throttling in between neither adds to a doubt nor ends it', async () => {
  const under = new OperationUnderTest();
  for (let n = 1; n <= PATIENCE; n++) under.entering.push(throttled('sts'), DENIED);
  expect(await under.end()).toMatchObject({
    state: 'refused',
    errors: [{ code: 'TenantNotReachable' }],
  });
  expect(under.entered).toBe(2 * PATIENCE);
});

test('wherever an invocation dies, as many attempts in a row doubt before a refusal is believed', async () => {
  const under = new OperationUnderTest();
  const seen = new Set<string>();
  under.execution.dies = (moment) => !seen.has(moment) && Boolean(seen.add(moment));
  for (let n = 1; n <= 3 * PATIENCE; n++) under.entering.push(DENIED);
  expect(await under.end()).toMatchObject({ state: 'refused', errors: [{ code: 'TenantNotReachable' }] });
  expect(under.entered).toBeGreaterThanOrEqual(PATIENCE);
});

test('doubts are as far apart as attempts at one step, and are logged as such', async () => {
  const under = new OperationUnderTest();
  const times: number[] = [];
  const start = under.execution.clock.now().getTime();
  under.entering.push(...Array.from({ length: PATIENCE }, () => DENIED));
  under.execution.dies = (moment) => {
    if (/^after launch.*SUCCEED$/.test(moment)) times.push(under.execution.clock.now().getTime() - start);
    return false;
  };
  await under.end();
  expect(times).toHaveLength(PATIENCE);
  // Waits of 2, 4, 8, 16, 32 and 60 seconds at most, half of that on average.
  expect(Math.max(...times)).toBeLessThan(2.2 * MINUTE);
  const failed = under.log.filter(({ outcome }) => outcome === 'attempt-failed');
  expect(failed).toMatchObject(
    Array.from({ length: PATIENCE - 1 }, (_, index) => ({
      ...{ step: 'launch', attempt: index + 1, reason: 'TenantNotReachable' },
    })),
  );
});

test('a record that is not known at one of its looks is not told as lost because that look was throttled before', async () => {
  const under = new OperationUnderTest();
  under.tenant.trouble('record', throttled(), { times: 30 });
  under.tenant.trouble('record', NOT_SEEN, { times: 11 });
  under.becomes(8 * HOUR, { status: 'SUCCEEDED' });
  expect(await under.end()).toMatchObject({ state: 'succeeded' });

  const gone = new OperationUnderTest();
  gone.tenant.trouble('record', NOT_SEEN, { times: 12 });
  expect(await gone.end()).toMatchObject({ state: 'lost', errors: [{ code: 'RecordLost' }] });
});
