import { ok, refused } from '../../forge-app/pages/answer';
import type { Answer } from '../../forge-app/pages/answer';
import type { AgentView, Resynced } from '../../forge-app/pages/request/view';
import type { RequestRecord } from '../../forge-app/request/record';
import { anAgentsView, APPROVED, aRequestAfter, told } from './request-views';
import { openPage, type Page } from './ui-kit';

/** All that is in sight, whatever stands on a line of its own. */
const read = (page: Page): string => page.text().replace(/\s+/g, ' ').trim();

/** The panel, with what it asked for. */
const openContext = async (
  view: () => AgentView | null,
  act: (functionKey: string) => Answer<Resynced | null> = () => ok(null),
) => {
  const calls: { functionKey: string; payload: unknown }[] = [];
  const page = await openPage({
    resource: 'issue-context',
    answer: (functionKey, payload) => {
      calls.push({ functionKey, payload });
      return Promise.resolve(functionKey === 'issue-context.open' ? ok(view()) : act(functionKey));
    },
  });
  const actions = () => calls.filter(({ functionKey }) => functionKey !== 'issue-context.open');
  return { page, actions };
};

const failed = (): RequestRecord =>
  aRequestAfter(
    APPROVED,
    told({
      state: 'failed',
      sequence: 2,
      record: { id: 'rec-abc', status: 'FAILED' },
      provisionedProduct: { id: 'pp-abcdefghijkl2', name: 'reports-0123456789' },
      errors: [{ code: 'ResourceCreationFailed', message: 'The stack failed.' }],
    }),
  );

test('agents read who decided, what is known inside, and follow ids into the console', async () => {
  const { page } = await openContext(() => anAgentsView(failed()));
  await page.see('Approved by Bob Builder');
  for (const text of [
    'rec-abc',
    'pp-abcdefghijkl2',
    'ResourceCreationFailed',
    'Attempt: 1 of at most 5',
    'ann',
  ])
    expect(read(page)).toContain(text);
  expect(read(page)).toContain('Sign in to the account payments-dev (100000000003) first.');
  expect(page.findAll({ type: 'Link' }).map(({ props }) => props['href'])).toEqual([
    'https://eu-west-1.console.aws.amazon.com/servicecatalog/home?region=eu-west-1#provisioned-products/pp-abcdefghijkl2',
    'https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks/stackinfo?stackId=SC-100000000003-pp-abcdefghijkl2',
  ]);
});

test('an id that is none leads nowhere', async () => {
  const record = { ...failed(), provisionedProduct: { id: 'pp-1/../../evil?x=', name: 'x' } };
  const { page } = await openContext(() => anAgentsView(record));
  await page.see('What you can do');
  expect(page.findAll({ type: 'Link' })).toStrictEqual([]);
});

test('launching again is confirmed first, names what the page has shown, and shows the news', async () => {
  let view = anAgentsView(failed());
  const { stamp } = view.actions;
  const { page, actions } = await openContext(
    () => view,
    () => {
      view = anAgentsView(aRequestAfter(APPROVED));
      return ok(null);
    },
  );
  await page.see('Launch again');
  await page.press('Launch again');
  await page.see('Launch it again?');
  expect(actions()).toStrictEqual([]);
  await page.within({ type: 'Modal' }).press('Launch again');
  await page.see('It is on its way.');
  expect(actions()).toEqual([{ functionKey: 'request.retry', payload: { stamp } }]);
  await page.see('On its way to AWS');
});

test('who leaves it does nothing', async () => {
  const { page, actions } = await openContext(() => anAgentsView(aRequestAfter()));
  await page.see('Call off');
  await page.press('Call off');
  await page.see('This cannot be undone.');
  await page.press('Leave it');
  await page.seeGone('This cannot be undone.');
  expect(actions()).toStrictEqual([]);
});

test('a refusal says why', async () => {
  const { page } = await openContext(
    () => anAgentsView(failed()),
    () => refused('changed', { detail: 'the request was declined' }),
  );
  await page.see('Launch again');
  await page.press('Launch again');
  await page.within({ type: 'Modal' }).press('Launch again');
  await page.see('It has changed in the meantime.');
  expect(read(page)).toContain('What was said: the request was declined');
});

test('looking now says what was found', async () => {
  const { page, actions } = await openContext(
    () => anAgentsView(aRequestAfter(APPROVED)),
    () => ok({ before: 'sending', after: 'succeeded', bridge: 'ended' }),
  );
  await page.see('Look now');
  await page.press('Look now');
  await page.see('It was "On its way to AWS", and is now "Ready".');
  expect(read(page)).toContain('The bridge says that it has ended.');
  expect(actions().map(({ functionKey }) => functionKey)).toEqual(['request.resync']);
});

test('a bridge that does not answer is no success', async () => {
  const { page } = await openContext(
    () => anAgentsView(aRequestAfter(APPROVED)),
    () => ok({ before: 'sending', after: 'sending', bridge: 'silent' }),
  );
  await page.see('Look now');
  await page.press('Look now');
  await page.see('The bridge could not be reached.');
  const said = page.findAll({ type: 'SectionMessage' }).filter(({ text }) => text.includes('could not'));
  expect(said.map(({ props }) => props['appearance'])).toEqual(['warning']);
});

test('what is under way offers neither another launch nor calling it off', async () => {
  const { page } = await openContext(() =>
    anAgentsView(aRequestAfter(APPROVED, told({ state: 'provisioning' }))),
  );
  await page.see('Look now');
  expect(page.findAll({ name: 'Launch again' })).toStrictEqual([]);
  expect(page.findAll({ name: 'Call off' })).toStrictEqual([]);
});

test('an approver with a licence sees all of it, and no button', async () => {
  const { page } = await openContext(() => anAgentsView(aRequestAfter(), false));
  await page.see('Agents of this service project can look again');
  expect(read(page)).toContain('CAPABILITY_IAM');
  expect(page.findAll({ type: 'Button' })).toStrictEqual([]);
});

test('an issue that is none of ours says so', async () => {
  const { page } = await openContext(() => null);
  await page.see('This issue has no order for AWS.');
});
