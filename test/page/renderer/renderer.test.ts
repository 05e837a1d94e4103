import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM, startChromium } from '../../browser/chromium';
import { bundleResource, bundleWithStyles } from '../resource-bundle';

const inBrowser = findChromium() === undefined ? test.skip : test;
if (findChromium() === undefined) console.warn(HOW_TO_GET_CHROMIUM);

const DOCUMENT = `<!doctype html><html lang="en"><head><title>Stage</title><link rel="stylesheet" href="/stage.css"></head>
<body><div id="stage"></div><script src="/stage.js"></script></body></html>`;

let context: BrowserContext;
let close: (() => Promise<void>) | undefined;
let files: Readonly<Record<string, readonly [type: string, body: string]>>;
beforeAll(async () => {
  if (findChromium() === undefined) return;
  const [{ script, styles }, page] = await Promise.all([
    bundleWithStyles('test/page/renderer/stage.tsx'),
    bundleResource('test/page/renderer/every-component.tsx', 'production'),
  ]);
  files = {
    '/': ['text/html', DOCUMENT],
    '/stage.js': ['text/javascript', script],
    '/stage.css': ['text/css', styles],
    '/ui/page.js': ['text/javascript', page],
  };
  ({ context, close } = await startChromium({ viewport: { width: 900, height: 1200 } }));
});
afterAll(async () => close?.());

/** A stage, and what its window complained about. @param code of the page on it, if not every component */
const openStage = async (code?: string): Promise<{ page: Page; complaints: string[] }> => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.route('**/*', async (route) => {
    const path = new URL(route.request().url()).pathname;
    const [type, body] =
      path === '/ui/page.js' && code !== undefined ? ['text/javascript', code] : (files[path] ?? []);
    if (body === undefined || type === undefined) return route.fulfill({ status: 204 });
    return route.fulfill({ contentType: `${type}; charset=utf-8`, body });
  });
  await page.goto('http://stage.example/');
  return { page, complaints };
};

const TABS = ['Fields', 'Words', 'Progress'];

inBrowser.each(TABS)('the components of %s are shown, and axe finds nothing serious', async (tab) => {
  const { page, complaints } = await openStage();
  await page.getByRole('tab', { name: tab }).click();
  await page.getByRole('tabpanel', { name: tab }).waitFor();
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toStrictEqual(
    [],
  );
  expect(complaints).toStrictEqual([]);
  expect(await page.locator('[data-failed]').count()).toBe(0);
});

inBrowser(
  'a form is filled in with the keyboard alone, and typing in the middle of a text stays there',
  async () => {
    const { page, complaints } = await openStage();
    const name = page.getByRole('textbox', { name: 'Bucket name' });
    await name.waitFor();
    expect(
      await name.evaluate((field) => (field.ariaDescribedByElements ?? []).map((one) => one.textContent)),
    ).toEqual(['Small letters', expect.stringContaining('A bucket has a name.')]);
    const { keyboard } = page;
    await page.getByRole('tab', { name: 'Fields' }).focus();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.type('rpts');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await keyboard.type('e');
    await keyboard.press('ArrowRight');
    await keyboard.type('or');
    expect(await name.inputValue()).toBe('reports');
    await page.getByText('That is free.').waitFor();

    await keyboard.press('Tab');
    await keyboard.press('End');
    await keyboard.type(', changed');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Send');
    await keyboard.press('Enter');
    await page.waitForFunction(() => window.heard.length > 0);
    expect(await page.evaluate(() => window.heard)).toEqual([
      {
        what: 'submit',
        given: {
          name: 'reports',
          on: false,
          notes: 'First line, changed',
          size: 'large',
          zones: [{ label: 'eu-west-1a', value: 'a' }],
        },
      },
    ]);
    expect(complaints).toStrictEqual([]);
  },
);

inBrowser('a dialog takes the focus and gives it back; links lead where the host says', async () => {
  const { page, complaints } = await openStage();
  await page.getByRole('tab', { name: 'Progress' }).click();
  await page.getByRole('button', { name: 'Retry' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry it?' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Retry');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Yes, retry' }).click();
  await page.getByRole('link', { name: 'PAY-1' }).click();
  await page.getByRole('button', { name: 'Open PAY-2' }).click();
  expect(await page.evaluate(() => window.heard)).toEqual([
    { what: 'flag', given: { id: 'retried', title: 'On its way' } },
    { what: 'navigate', given: { type: 'same-tab', url: '/browse/PAY-1' } },
    { what: 'navigate', given: { type: 'same-tab', url: '/browse/PAY-2' } },
  ]);
  expect(complaints).toStrictEqual([]);
});

inBrowser.each([
  [`{ type: 'Calendar', props: {}, children: [], key: '1' }`, 'The renderer does not model Calendar'],
  [
    `{ type: 'Button', props: { iconBefore: 'add' }, children: [], key: '1' }`,
    'The renderer does not model Button.iconBefore',
  ],
])('what is not modelled stands in a red box and is reported: %s', async (node, said) => {
  const { page, complaints } = await openStage(
    `__bridge.callBridge('reconcile', { forgeDoc: { type: 'Root', props: {}, children: [${node}], key: '0' } })`,
  );
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toBe(said);
  expect(complaints).toContain(said);
});

inBrowser(
  'a command that is not modelled, and an error on a page, stand in a red box and are reported',
  async () => {
    for (const [code, said] of [
      [`__bridge.callBridge('openRovo', {})`, 'stage: the bridge command openRovo is not modelled'],
      [`throw new Error('no')`, 'stage: the page failed: Uncaught Error: no'],
    ] as const) {
      const { page, complaints } = await openStage(code);
      await page.getByRole('alert').waitFor();
      expect(complaints).toContain(said);
      await page.close();
    }
  },
);
