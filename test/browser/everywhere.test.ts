import { readFileSync } from 'node:fs';
import { textsFor } from '../../forge-app/texts/texts';
import { STATUS } from '../sandbox/atlassian/workflow';
import { type AtThePage, type Hands, inBrowser, startAtThePage } from './at-the-page';
import { findChromium } from './chromium';
import { playScene, type Scene } from './scene';
import { look, type Sight, SIGHTS } from './sights';

/* Every page, as everybody sees it: nobody is kept out by how they read, by a small screen or by their language. */

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

let there: AtThePage;
let hands: Hands;
let scene: Scene;
if (findChromium() !== undefined) {
  beforeAll(async () => {
    there = await startAtThePage();
    scene = await playScene(there);
    hands = await there.open('employee', 'portal');
    await hands.page.evaluate(() => localStorage.setItem('gatehouse.tour', 'over'));
  });
  afterAll(() => there.close());
  afterEach(() => expect(there.takeProblems()).toStrictEqual([]));
}

const everywhere = (sentence: string, run: (sight: Sight) => Promise<void>): void => {
  for (const sight of SIGHTS) inBrowser(`${sight.name}: ${sentence}`, () => run(sight));
};

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What is cut off: words that stick out of the window, or out of a box that hides what does not fit and cannot be scrolled. */
const CUT_OFF = `(() => {
  const width = document.documentElement.clientWidth;
  const told = [];
  if (document.documentElement.scrollWidth > width) told.push('the document is ' + document.documentElement.scrollWidth + ' wide');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.textContent.trim() === '') continue;
    range.selectNodeContents(node);
    const words = range.getBoundingClientRect();
    if (words.width === 0 || words.height === 0) continue;
    if (words.height > 200 && words.width < 40) told.push('squeezed: ' + node.textContent);
    let scrolls = false;
    let hidden = false;
    for (let box = node.parentElement; box !== null && !scrolls && !hidden; box = box.parentElement) {
      const { overflowX, clipPath, clip, textOverflow, opacity } = getComputedStyle(box);
      if (clipPath !== 'none' || clip !== 'auto' || opacity === '0') hidden = true;
      else if (overflowX === 'auto' || overflowX === 'scroll') scrolls = true;
      else if (overflowX === 'hidden' || overflowX === 'clip') {
        const edge = box.getBoundingClientRect();
        if (edge.width > 1 && textOverflow !== 'ellipsis' && words.right > edge.right + 1) told.push('cut off: ' + node.textContent);
      }
    }
    if (!scrolls && !hidden && words.right > width + 1) told.push('sticks out: ' + node.textContent);
  }
  return told;
})()`;

/** Stands where a text has something filled in. */
const BLANK = '\u0000';

/** All that a language says: whole texts, and what stands around whatever is filled into them. */
const saidIn = (texts: unknown): string[] => {
  if (typeof texts === 'string') return [texts];
  if (typeof texts === 'function') return around(texts as (...filledIn: unknown[]) => unknown);
  return typeof texts === 'object' && texts !== null ? Object.values(texts).flatMap(saidIn) : [];
};

const around = (text: (...filledIn: unknown[]) => unknown): string[] => {
  try {
    const said = text(BLANK, BLANK, BLANK);
    return typeof said === 'string' ? said.split(BLANK).map((part) => part.trim()) : [];
  } catch {
    // What is filled in is no word but a thing; what it says then is left to the pages' own tests.
    return [];
  }
};

/** What statuses and fields are called is the site's own. */
const NAMES: readonly string[] = [...Object.values(STATUS), 'Approvers'];

/** Shortest piece of a text, in characters, that is looked for within others. */
const TELLING = 12;

/** Every text of the app's pages, with what is said to whoever only listens. */
const WORDS = `[...document.querySelectorAll('[data-module]')].flatMap((shown) => {
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  const words = [...shown.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((element) =>
    ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name)),
  );
  while (walker.nextNode()) {
    if (!['STYLE', 'SCRIPT'].includes(walker.currentNode.parentElement.tagName)) words.push(walker.currentNode.textContent);
  }
  return words.map((text) => (text ?? '').trim()).filter((text) => text !== '');
})`;

/** Finds what keeps people out by how they read. */
const findBarriers = async (): Promise<unknown[]> => {
  const isThere = await hands.page.evaluate<boolean>('"axe" in window');
  if (!isThere) await hands.page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await hands.page.evaluate<readonly Violation[]>(
    'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)',
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [
      id,
      ...nodes.slice(0, 3).map(({ html, failureSummary }) => html + failureSummary),
    ]);
};

everywhere('axe finds nothing serious, nothing failed, and a telephone shows all of it', async (sight) => {
  await hands.page.setViewportSize(DESKTOP);
  await look(hands, sight, scene);
  expect(await findBarriers()).toStrictEqual([]);
  expect(await hands.page.locator('[data-defects]').count()).toBe(0);
  await hands.page.setViewportSize(PHONE);
  await hands.settled();
  expect(await hands.page.evaluate<readonly string[]>(CUT_OFF)).toStrictEqual([]);
});

everywhere('who reads German, on a telephone, is told nothing in English by the app', async (sight) => {
  const german = new Set(saidIn(textsFor('de')));
  const english = saidIn(textsFor('en')).filter((text) => !german.has(text) && !NAMES.includes(text));
  await hands.page.setViewportSize(PHONE);
  await hands.page.evaluate(() => localStorage.setItem('gatehouse.locale', 'de-DE'));
  try {
    await look(hands, sight, scene);
    const shown = await hands.page.evaluate<string[]>(WORDS);
    const leaks = shown.filter((words) =>
      english.some((text) => words === text || (text.length >= TELLING && words.includes(text))),
    );
    expect(leaks).toStrictEqual([]);
    expect(await hands.page.evaluate<readonly string[]>(CUT_OFF)).toStrictEqual([]);
  } finally {
    await hands.page.evaluate(() => localStorage.removeItem('gatehouse.locale'));
  }
});
