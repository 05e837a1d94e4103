import type { Answering } from './kit/doings';
import { openPage, openResource, type Page } from './ui-kit';

const samplePage = (answer?: Answering): Promise<Page> =>
  openResource('test/ui/kit/sample-page.tsx', {
    moduleKey: 'sample',
    context: { locale: 'de-DE', timezone: 'Europe/Berlin' },
    ...(answer === undefined ? {} : { answer }),
  });

const requests = (...keys: string[]) => ({ outcome: 'ok', value: { at: '2026-01-15T09:00:00Z', keys } });

test.each(['order-form', 'request-panel', 'issue-context', 'queue', 'settings'])(
  'the resource %s opens, and shows something that is no error',
  async (resource) => {
    const page = await openPage({
      resource,
      answer: () => Promise.resolve({ outcome: 'refused', code: 'unavailable' }),
    });
    expect(page.findAll({ type: 'Root' })).toHaveLength(1);
  },
);

test('a form is filled in by its labels, and what it submits is kept', async () => {
  const page = await samplePage();
  expect(page.text()).toContain('Bucket name');
  expect(page.field('Bucket name')).toMatchObject({ value: '', invalid: false, help: 'Small letters' });

  await page.type('Bucket name', '');
  expect(page.field('Bucket name')).toMatchObject({ invalid: true, error: 'A bucket has a name.' });
  await page.type('Bucket name', 'reports');
  await page.choose('Account', 'payments-dev');
  await page.switch('Encrypted', true);
  expect(page.field('Bucket name')).toMatchObject({ value: 'reports', error: undefined });
  expect(page.field('Account')).toMatchObject({ options: ['payments-dev'] });

  await page.press('Go on');
  await page.see('Is that all?');
  await page.press('Yes');
  await page.seeGone('Is that all?');
  expect(page.submissions).toEqual([{ name: 'reports', account: '1', encrypted: true }]);
  expect(page.flags).toMatchObject([{ title: 'Sent' }]);
});

test('a dialog hides what lies behind it', async () => {
  const page = await samplePage();
  await page.type('Bucket name', 'reports');
  await page.press('Go on');
  await expect(page.press('Go on')).rejects.toThrow('there is: Yes');
});

test('what is disabled, not offered or not there is said with what there is', async () => {
  const page = await samplePage();
  await expect(page.press('Go on')).rejects.toThrow('Button "Go on" cannot be used: it is disabled');
  await expect(page.press('Stop')).rejects.toThrow(
    'No button, link or tab called Stop; there is: Order | Requests | Mistakes | Go on',
  );
  await expect(page.choose('Account', 'prod')).rejects.toThrow(
    'Account does not offer "prod"; there is: payments-dev',
  );
  await expect(page.type('Region', 'x')).rejects.toThrow('there is: Bucket name | Account | Encrypted');
  await expect(page.see('Goodbye')).rejects.toThrow('Nobody sees Goodbye. The page:\nOrder');
});

test('time goes by when the test says so, and a page that polls asks again', async () => {
  const answers = [requests('PAY-1'), requests('PAY-1', 'PAY-2')];
  const page = await samplePage(() => Promise.resolve(answers.shift()));
  await page.press('Requests');
  await page.see('As of 15.01.2026, 10:00');
  expect(page.text()).toContain('PAY-1');

  await page.later(14_999);
  expect(page.calls).toHaveLength(1);
  await page.later(1);
  expect(page.calls).toEqual([
    { functionKey: 'requests', payload: {} },
    { functionKey: 'requests', payload: {} },
  ]);
  expect(page.text()).not.toContain('PAY-2');
  await page.turnTo(2);
  await page.within({ type: 'Row', text: 'PAY-2' }).press('Open');
  expect(page.opened).toEqual([{ type: 'new-tab', url: '/browse/PAY-2' }]);
  await page.later(60_000);
  expect(page.calls).toHaveLength(2);
});

test('an answer that takes its time is waited for; one that never comes leaves the page loading', async () => {
  let answer: (value: unknown) => void = () => undefined;
  const slow = await samplePage(() => new Promise((resolve) => (answer = resolve)));
  const never = await samplePage(() => new Promise(() => undefined));
  await slow.press('Requests');
  await never.press('Requests');
  await never.see('Wird geladen');
  setImmediate(() => answer(requests('PAY-7', 'PAY-8')));
  await slow.see('PAY-7');
  expect(never.text()).not.toContain('PAY-7');
});

test('a link leads where it points', async () => {
  const page = await samplePage();
  await page.press('Mistakes');
  await page.press('Read on');
  expect(page.opened).toEqual([{ type: 'same-tab', url: 'https://docs.example.com' }]);
});

test('a command of the platform that is not modelled fails the page, and all that is done on it afterwards', async () => {
  const page = await samplePage();
  await page.press('Mistakes');
  await expect(page.press('Reload')).rejects.toThrow('the bridge command reload is not modelled');
  expect(() => page.text()).toThrow('the bridge command reload is not modelled');
});
