import type { BrowserContext, Page } from 'playwright-core';
import { frameFiles } from '../page/server/frame-files';
import { type ShowOptions, showSandbox } from '../page/show-sandbox';
import type { PersonName } from '../sandbox/site';
import { findChromium, HOW_TO_GET_CHROMIUM, startChromium } from './chromium';

const SECOND = 1000;
export const MINUTE = 60 * SECOND;

interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A test that needs a browser; where there is none it is skipped, and says how to get one. */
export const inBrowser = (sentence: string, run: () => Promise<void>): void => {
  if (findChromium() === undefined) {
    process.stderr.write(`${HOW_TO_GET_CHROMIUM}\n`);
    test.skip(sentence, run);
  } else test(sentence, run);
};

/** Ends when nothing has changed in the page for a while: simulated time stands still, so nothing comes after that. */
const QUIET = `new Promise((done) => {
  let timer;
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => { observer.disconnect(); done(); }, 300); };
  const observer = new MutationObserver(wait);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  wait();
})`;

/** Goes somewhere else within the page, as a link on it does. Ends when the page has heard of it. */
const GO = (hash: string): Promise<void> =>
  new Promise((done) => {
    window.addEventListener('hashchange', () => done(), { once: true });
    window.location.hash = hash;
  });

/** What somebody at the page does, in words of what they see. */
const createHands = (page: Page, url: string) => ({
  page,
  goTo: async (person: PersonName, place: string): Promise<void> => {
    const address = `${url}/#/${person}/${place}`;
    const here = page.url();
    if (here !== address && here.startsWith(url)) {
      await page.evaluate(GO, `#/${person}/${place}`);
      return;
    }
    // The same place once more would keep what it holds.
    await page.goto('about:blank');
    await page.goto(address);
  },
  /** Waits until nothing is on its way any more. */
  settled: async (): Promise<void> => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector('[data-testid="spinner-wrapper"]') === null &&
        // Besides the frame in which it runs, every page of the app has drawn something.
        [...document.querySelectorAll('[data-module]')].every(({ children }) => children.length > 1),
    );
    await page.evaluate(QUIET);
  },
  /** Chooses in a field by what the option says. */
  choose: async (label: string | RegExp, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: label }).click();
    // The switches at the top have options, too, and no list box.
    await page.getByRole('listbox').getByRole('option', { name: option }).first().click();
  },
});
export type Hands = ReturnType<typeof createHands>;

/**
 * The page that `npm start` shows, in a real browser. Simulated time stands still until it is driven, so nothing depends on how
 * quick the machine is.
 */
export const startAtThePage = async (
  options: Pick<ShowOptions, 'notSetUp' | 'seed'> & { readonly viewport?: Viewport } = {},
) => {
  const { viewport, ...shownAs } = options;
  const problems: string[] = [];
  const shown = await showSandbox({
    ...shownAs,
    port: 0,
    files: frameFiles,
    onDefect: (problem) => problems.push(problem),
  });
  let browser: { readonly context: BrowserContext; readonly close: () => Promise<void> };
  try {
    browser = await startChromium(viewport ? { viewport } : {});
  } catch (error) {
    await shown.close();
    throw error;
  }

  return {
    sandbox: shown.sandbox,
    context: browser.context,
    /** A window of its own for somebody, at one of their places such as `portal` or `queue`. */
    open: async (person: PersonName, place: string) => {
      const page = await browser.context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => problems.push(`${person}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${person}: ${message.text()}`);
      });
      const hands = createHands(page, shown.url);
      await hands.goTo(person, place);
      return hands;
    },
    /** Lets simulated time go by, in milliseconds. */
    later: (span: number): Promise<void> => shown.time.skip(span),
    /** What went wrong in a page or in the sandbox since it was last asked; every test expects nothing. */
    takeProblems: (): string[] => problems.splice(0),
    close: async (): Promise<void> => {
      await browser.close();
      await shown.close();
    },
  };
};
export type AtThePage = Awaited<ReturnType<typeof startAtThePage>>;

/**
 * Is at the page for all tests of a file, where there is a browser; no test may leave anything that went wrong.
 * @param arrived takes what the tests work with
 */
export const beThere = (
  arrived: (there: AtThePage) => Promise<void> | void,
  options: Parameters<typeof startAtThePage>[0] = {},
): void => {
  if (findChromium() === undefined) return;
  let there: AtThePage | undefined;
  beforeAll(async () => {
    there = await startAtThePage(options);
    await arrived(there);
  });
  afterAll(() => there?.close());
  afterEach(() => expect(there?.takeProblems() ?? []).toEqual([]));
};
