import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where the machine's Chromium lies: `CHROMIUM` says so, or it is on the path; undefined where there is none. */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): string | undefined => {
  const named = env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isRunnable);
};

/** What to do where there is none. */
export const HOW_TO_GET_CHROMIUM =
  'No Chromium was found, so nothing was tried in a browser. Install it (Debian: apt-get install chromium), or name one in CHROMIUM.';

/** Flags that keep Chromium from looking for anything outside of this machine. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Debian's Chromium has no sandbox for root, and the pages are the project's own.
  '--no-sandbox',
];

/**
 * Starts a browser with a profile of its own, which goes with it.
 * @throws Error saying how to get Chromium where there is none
 */
export const startChromium = async (
  options: {
    readonly viewport?: { readonly width: number; readonly height: number };
    readonly locale?: string;
  } = {},
): Promise<{ readonly context: BrowserContext; readonly close: () => Promise<void> }> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(HOW_TO_GET_CHROMIUM);
  const profile = mkdtempSync(join(tmpdir(), 'gatehouse-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: options.viewport ?? { width: 1280, height: 900 },
    locale: options.locale ?? 'en-US',
    timezoneId: 'UTC',
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
};
