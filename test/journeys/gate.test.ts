import { type Console, startGateJourney } from './gate-journey';
import { HOUR, type Journey, MINUTE } from './journey';

let journey: Journey;
let console: Console;
beforeEach(async () => {
  ({ journey, console } = await startGateJourney());
});
afterEach(() => journey.sandbox.close());

const status = (key: string): string => journey.sandbox.site.request(key).status;

test('a stack from the console goes on when somebody has approved, and the request shows what came of it', async () => {
  const key = await console.launch();
  expect(journey.state(key)).toBe('awaiting-approval');
  const [shown = ''] = journey.comments(key);
  expect(shown).toContain('WordPress');
  expect(shown).toContain('payments-dev (100000000003)');
  expect(await console.person.status('blog')).toBe('UNDER_CHANGE');
  await journey.sandbox.clock.advance(HOUR);
  expect(await console.made()).toStrictEqual([]);

  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  expect(await console.person.status('blog')).toBe('AVAILABLE');
  expect(status(key)).toBe('Done');
  expect(journey.comments(key).at(-1)).toMatch(/http/);
  expect(console.signals()).toBe(1);
  expect(console.requests()).toEqual([key]);
});

test('the request is raised on behalf of whoever launched, found by the e-mail address', async () => {
  const key = await console.launch();
  expect(journey.sandbox.site.request(key).reporter).toBe('712020:00000000-0000-4000-8000-000000000001');
});

test('where no customer has that address, the app raises the request itself and says so', async () => {
  const key = await console.launch('blog', { RequesterEmail: 'nobody.here@example.com' });
  expect(journey.sandbox.site.request(key).reporter).toBe('712020:00000000-0000-4000-8000-0000000000ff');
  expect(journey.comments(key)[0]).toMatch(/No customer of this service desk/);
});

test('what the template does not let be shown is not on the request', async () => {
  const key = await console.launch('blog', { SiteTitle: 'Team news', BackupDays: '17' });
  const [shown = ''] = journey.comments(key);
  expect(shown).toContain('Team news');
  expect(shown).not.toContain('BackupDays');
});

test('a stack whose approval is declined fails at once, and its events say why', async () => {
  const key = await console.launch();
  const { site, clock } = journey.sandbox;
  await site.answerApproval({
    ...{ as: 'approver', key, decision: 'decline' },
    comment: 'We have a blog already: ask the communications team.',
  });
  const declined = clock.now().getTime();
  await console.stackIs('ROLLBACK_COMPLETE', 10 * MINUTE);
  expect(clock.now().getTime() - declined).toBeLessThan(5 * MINUTE);
  expect(await console.whyItFailed()).toContain('We have a blog already: ask the communications team.');
  await journey.reaches(key, 'declined');
  expect(status(key)).toBe('Declined');
});

test('nobody decides: the approvers are reminded twice, then stack and request are closed before CloudFormation does', async () => {
  const key = await console.launch();
  const { clock } = journey.sandbox;
  const began = clock.now().getTime();
  const reminders = () => journey.comments(key).filter((text) => text.includes('[~accountid:'));
  await clock.advance(7.9 * HOUR);
  expect(reminders()).toHaveLength(0);
  await clock.advance(0.3 * HOUR);
  expect(reminders()).toHaveLength(1);
  await clock.advance(2.9 * HOUR);
  expect(reminders()).toHaveLength(2);
  await journey.reaches(key, 'expired', 2 * HOUR);
  expect(clock.now().getTime() - began).toBeLessThan(12 * HOUR + 5 * MINUTE);
  expect(status(key)).toBe('Declined');
  expect(await console.whyItFailed()).toMatch(/nobody/i);
  await console.stackIs('ROLLBACK_COMPLETE', 10 * MINUTE);
  expect(console.signals()).toBe(1);
});

test('a stack that is deleted while it waits closes its request, and nothing is signalled', async () => {
  const key = await console.launch();
  await console.person.deleteStack('blog');
  await journey.reaches(key, 'withdrawn', 10 * MINUTE);
  expect(status(key)).toBe('Declined');
  expect(console.signals()).toBe(0);
  expect(await console.person.status('blog')).not.toBe('AVAILABLE');
});

test('an approval after the end is told to have come too late, and nothing is signalled', async () => {
  const key = await console.launch();
  journey.sandbox.faults.plan('web trigger', 'bridge-callback', 'unreachable', 100);
  await console.person.deleteStack('blog');
  await console.stackIs('DELETE_COMPLETE', 10 * MINUTE);
  await journey.approve(key);
  await journey.sandbox.clock.advance(2 * HOUR);
  journey.sandbox.faults.clear();
  await journey.reaches(key, 'withdrawn', 2 * HOUR);
  expect(console.signals()).toBe(0);
  expect(journey.comments(key).some((text) => /too late/i.test(text))).toBe(true);
});

test('whoever approves in the very last moment and the end of the time come to one outcome on both sides', async () => {
  const { clock } = journey.sandbox;
  const seconds = [-20, -1, 0, 1, 20];
  const waiting: { name: string; key: string }[] = [];
  for (const [index] of seconds.entries()) {
    const name = `blog-${index}`;
    waiting.push({ name, key: await console.launch(name) });
  }
  await clock.advance(MINUTE);
  const launched: { name: string; key: string; closes: number }[] = [];
  for (const { name, key } of waiting) {
    const asked = (await console.person.stack(name)).events.find(
      ({ resource, status: is }) => resource === 'ApprovalGate' && is === 'CREATE_COMPLETE',
    );
    // A minute before the stack's own twelve hours are over.
    launched.push({ name, key, closes: (asked?.at.getTime() ?? NaN) + 12 * HOUR - MINUTE });
  }
  for (const [index, { key, closes }] of launched.entries()) {
    await clock.advance(closes + (seconds[index] ?? 0) * 1000 - clock.now().getTime());
    await journey.approve(key).catch(() => undefined);
  }
  const outcomes = new Set<string | undefined>();
  for (const { name, key } of launched) {
    const isOver = () => ['succeeded', 'expired'].includes(journey.state(key) ?? '');
    await clock.until(isOver, 3 * HOUR, `the end of ${name}`);
    outcomes.add(journey.state(key));
    const status = await console.person.status(name);
    expect([name, status]).toEqual([name, journey.state(key) === 'succeeded' ? 'AVAILABLE' : 'ERROR']);
  }
  expect(outcomes).toEqual(new Set(['succeeded', 'expired']));
});

test('an update with the other approval round is asked about again', async () => {
  const first = await console.launch();
  await journey.approve(first);
  await journey.reaches(first, 'succeeded');

  const second = await console.update({ InstanceType: 't3.medium', ApprovalRound: 'B' });
  expect(second).not.toBe(first);
  expect(journey.comments(second)[0]).toContain('t3.medium');
  await journey.approve(second);
  await journey.reaches(second, 'succeeded');
  await console.stackIs('UPDATE_COMPLETE', 30 * MINUTE);
  expect(console.signals()).toBe(2);
});

test('a declined update leaves the stack as it was', async () => {
  const first = await console.launch();
  await journey.approve(first);
  await journey.reaches(first, 'succeeded');
  const second = await console.update({ InstanceType: 't3.medium', ApprovalRound: 'B' });
  await journey.decline(second);
  await journey.reaches(second, 'declined');
  await console.stackIs('UPDATE_ROLLBACK_COMPLETE', 30 * MINUTE);
  expect(await console.person.status('blog')).toBe('TAINTED');
  // Going back asked nobody.
  expect(console.requests()).toEqual([first, second]);
});

test('an update that keeps the approval round is refused at once, and asks nobody', async () => {
  const first = await console.launch();
  await journey.approve(first);
  await journey.reaches(first, 'succeeded');
  await console.person.update({ name: 'blog', parameters: { InstanceType: 't3.medium' } });
  await console.stackIs('UPDATE_ROLLBACK_COMPLETE', 10 * MINUTE);
  const { events } = await console.person.stack('blog');
  expect(events.some(({ reason = '' }) => reason.includes('choose the other approval round'))).toBe(true);
  expect(console.requests()).toEqual([first]);
});

test('an update that is taken back while it waits closes its request', async () => {
  const first = await console.launch();
  await journey.approve(first);
  await journey.reaches(first, 'succeeded');
  const second = await console.update({ InstanceType: 't3.medium', ApprovalRound: 'B' });
  await console.person.cancelUpdate('blog');
  await journey.reaches(second, 'withdrawn', 10 * MINUTE);
  expect(console.signals()).toBe(1);
});

test('a launch that was approved on the portal is not asked about again', async () => {
  const { productId, versionId } = journey.sandbox.portfolio.product('wordpress');
  const { vpcId, subnetIds } = journey.sandbox.cloudFormation.defaultNetwork('100000000003', 'eu-west-1');
  const key = await journey.raise(
    journey.form({
      productId,
      provisioningArtifactId: versionId,
      name: 'portal-blog',
      parameters: {
        VpcId: vpcId,
        ServerSubnetId: subnetIds[0] ?? '',
        DatabaseSubnetIds: subnetIds.slice(0, 2).join(','),
        AllowedRange: '172.31.0.0/16',
        RequesterEmail: 'employee@example.com',
        DeletionProtection: 'Off',
      },
    }),
  );
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  expect(console.requests()).toStrictEqual([]);
});

test('those who are to hear of approvals are sent a link to the request, and nothing that acts', async () => {
  const key = await console.launch();
  const { messages } = journey.sandbox.aws.topics;
  const notices = messages.filter(({ topicArn }) => topicArn.endsWith(':gatehouse-approvals'));
  expect(notices).toHaveLength(1);
  const text = JSON.stringify(notices);
  expect(text).toContain(key);
  expect(text).not.toMatch(/X-Amz-|waitcondition/);
});
