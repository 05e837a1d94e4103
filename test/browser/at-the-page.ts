import type { BrowserContext, Page } from 'playwright-core';
import { frameFiles } from '../page/server/frame-files';
import { showSandbox } from '../page/show-sandbox';
import type { PersonName } from '../sandbox/site';
import { findChromium, HOW_TO_GET_CHROMIUM, startChromium } from './chromium';

const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** A test that needs a browser; where there is none it is skipped, and says how to get one. */
export const inBrowser: typeof test = findChromium() === undefined ? skipping() : test;

function skipping(): typeof test {
  process.stderr.write(`${HOW_TO_GET_CHROMIUM}\n`);
  return test.skip;
}

/** What somebody at the page does, in words of what they see. */
export const createHands = (page: Page) => ({
  page,
  /** Chooses in a field by what the option says. */
  choose: async (label: string | RegExp, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option }).first().click();
  },
});

/**
 * The page that `npm start` shows, in a real browser. Simulated time stands still until it is driven, so nothing depends on how
 * quick the machine is.
 */
export const startAtThePage = async (viewport?: { readonly width: number; readonly height: number }) => {
  const problems: string[] = [];
  const shown = await showSandbox({
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
    /** A window of its own for somebody, at one of their places such as `portal` or `queue`. */
    open: async (person: PersonName, place: string) => {
      const page = await browser.context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => problems.push(`${person}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${person}: ${message.text()}`);
      });
      await page.goto(`${shown.url}/#/${person}/${place}`);
      return createHands(page);
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
