// Takes a picture of each page into docs/pictures, at the same simulated moment each time.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startAtThePage } from '../test/browser/at-the-page';
import { playScene } from '../test/browser/scene';
import { look, SIGHTS } from '../test/browser/sights';

const PICTURES = join(import.meta.dirname, '..', 'docs', 'pictures');
const DESKTOP = { width: 1040, height: 700 };
const PHONE = { width: 360, height: 700 };
/** These are shown as a telephone shows them, too. */
const ON_A_PHONE = [
  'order-form',
  'request-waiting',
  'request-succeeded',
  'settings-connection',
  'operations',
];
/** Pixels; what is below is cut off, so that a picture stays small. */
const TALLEST = 900;
const HIDE_PORTS = `for (const code of document.querySelectorAll('code')) {
  const text = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) text.currentNode.textContent = text.currentNode.textContent.replace(/127\\.0\\.0\\.1:.*/, '127.0.0.1:…');
}`;
/** Names of what is to be taken; everything without. */
const ONLY = process.argv.slice(2);

const take = async (): Promise<void> => {
  const there = await startAtThePage({ viewport: DESKTOP, seed: Buffer.alloc(32, 'pictures') });
  try {
    const scene = await playScene(there);
    const hands = await there.open('employee', 'portal');
    const { page } = hands;
    await page.evaluate(() => localStorage.setItem('gatehouse.tour', 'over'));
    mkdirSync(PICTURES, { recursive: true });
    if (ONLY.length === 0) for (const file of readdirSync(PICTURES)) rmSync(join(PICTURES, file));
    for (const sight of SIGHTS.filter(({ name }) => ONLY.length === 0 || ONLY.includes(name))) {
      await page.setViewportSize(DESKTOP);
      await look(hands, sight, scene);
      await picture(sight.name);
      if (!ON_A_PHONE.includes(sight.name)) continue;
      await page.setViewportSize(PHONE);
      await hands.settled();
      await picture(`${sight.name}-phone`);
    }

    async function picture(name: string): Promise<void> {
      // Ports and the web trigger's address are others each time.
      await page.evaluate(HIDE_PORTS);
      const { height = 0 } = (await page.locator('main').boundingBox()) ?? {};
      const top = (await page.locator('header').boundingBox())?.height ?? 0;
      await page.screenshot({
        path: join(PICTURES, `${name}.png`),
        fullPage: true,
        animations: 'disabled',
        caret: 'hide',
        scale: 'css',
        clip: { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: Math.min(top + height, TALLEST) },
      });
      console.log(`docs/pictures/${name}.png`);
    }
    for (const problem of there.takeProblems()) console.error(problem);
  } finally {
    await there.close();
  }
};

take().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
