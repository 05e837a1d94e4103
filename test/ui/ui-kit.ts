import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, PageModule } from '../sandbox/atlassian/manifest';
import { parse } from 'yaml';
import { createDriver, type Driver } from './kit/driver';
import { createPageBridge, type FullContext } from '../page/host/page-bridge';
import type { ForgeDoc } from '../page/renderer/forge-doc';
import { type Answering, createRecord, type Doings } from './kit/doings';
import { createPageClock } from './kit/page-clock';
import { textOf } from './kit/reading';
import { runPage } from './kit/run-page';

/** A page of the app that is open, without a browser. */
export interface Page extends Driver, Doings {
  /**
   * Waits until the text is in sight: through what the page draws and whatever it still waits for.
   * @throws Error with what is there instead, when the page has come to rest without it
   */
  readonly see: (text: string | RegExp) => Promise<void>;
  /** Waits until the text is not in sight any more. @throws Error when the page has come to rest with it */
  readonly seeGone: (text: string | RegExp) => Promise<void>;
  /** Lets time go by on the page, and waits for what its timers do. */
  readonly later: (milliseconds: number) => Promise<void>;
}

interface Opening {
  /** What the platform says of the visitor and of where the page stands; `extension` is the module's own part. */
  readonly context?: Partial<FullContext>;
  /** The resolver: the test's own answers, or a sandbox's. */
  readonly answer?: Answering;
  /** The page's time when it opens. */
  readonly now?: Date;
}

const ROOT = join(__dirname, '../..');
/** Turns of the event loop without any change after which a page has come to rest. */
const QUIET_TURNS = 6;
/** Real milliseconds to wait for an answer. Nothing waits that long unless it fails. */
const PATIENCE = 20_000;

const turn = () => new Promise<void>((done) => setImmediate(done));
/** Jest's timers may be driven by a test; patience is real. */
const { setTimeout: realTimeout, clearTimeout: clearRealTimeout } = globalThis;

const open = new Set<{ readonly close: () => void; readonly check: () => void }>();
afterEach(() => {
  const pages = [...open];
  open.clear();
  for (const page of pages) page.close();
  for (const page of pages) page.check();
});

/**
 * Opens a resource of the manifest as the platform would: the real UI Kit code, on a bridge that answers what it models and fails
 * the test for anything else, as an error on the page does.
 * @param resource its key in the manifest
 */
export const openPage = async ({
  resource,
  ...opening
}: Opening & { readonly resource: string }): Promise<Page> => {
  const manifest = Manifest.parse(parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8')));
  const found = manifest.resources.find(({ key }) => key === resource);
  if (found === undefined) {
    const keys = manifest.resources.map(({ key }) => key).join(', ');
    throw new Error(`The manifest has no resource ${resource}; it has ${keys}`);
  }
  const modules = Object.values(manifest.modules).flat();
  const module = modules
    .map((one) => PageModule.safeParse(one).data)
    .find((page) => page?.resource === resource);
  return openResource(found.path, { ...opening, moduleKey: module?.key ?? resource });
};

/** Opens a UI Kit entry that no module needs to have. */
export const openResource = async (
  path: string,
  {
    context,
    answer,
    now = new Date('2026-01-15T09:00:00Z'),
    moduleKey,
  }: Opening & { readonly moduleKey: string },
): Promise<Page> => {
  const problems: string[] = [];
  const fail = (problem: string) => void problems.push(problem);
  const clock = createPageClock(now);
  const { doings, waiting, platform } = createRecord(async (functionKey, payload) => {
    if (answer === undefined) throw new Error(`nobody answers ${functionKey}`);
    const value = await answer(functionKey, payload);
    if (value === undefined) fail(`the test has no answer to ${functionKey}`);
    return value;
  });
  let drawn: ForgeDoc | undefined;
  let changes = 0;
  const bridge = createPageBridge({
    ...platform,
    context: {
      accountId: 'account-of-the-visitor',
      cloudId: '11111111-1111-1111-1111-111111111111',
      environmentId: '22222222-2222-2222-2222-222222222222',
      environmentType: 'DEVELOPMENT',
      localId: `local-${moduleKey}`,
      locale: 'en-US',
      moduleKey,
      siteUrl: 'https://example.atlassian.net',
      timezone: 'UTC',
      extension: {},
      ...context,
    },
    onReconcile: (document) => {
      drawn = document;
      changes += 1;
    },
    fail,
  });
  const kept = {
    values: new Map<string, unknown>(),
    tabs: new Map<string, number>(),
    pages: new Map<string, number>(),
  };

  let told = false;
  const check = (): void => {
    if (problems.length === 0) return;
    told = true;
    throw new Error(`${path}: ${problems.join('\n')}`);
  };
  const look = () => {
    check();
    if (drawn === undefined) throw new Error(`${path} has drawn nothing yet`);
    return drawn;
  };
  const settle = async (): Promise<void> => {
    for (let quiet = 0, seen = changes; quiet < QUIET_TURNS; quiet += 1) {
      await turn();
      if (changes !== seen) quiet = 0;
      seen = changes;
    }
    check();
  };
  const answered = async (): Promise<void> => {
    const seen = changes;
    const moved = () => changes !== seen;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((_, reject) => {
      timer = realTimeout(
        () =>
          reject(
            new Error(
              `${path} waits for an answer for more than ${PATIENCE / 1000} seconds. The page:\n${textOf(look(), kept)}`,
            ),
          ),
        PATIENCE,
      );
    });
    try {
      await Promise.race([...waiting, patience]);
      if (!moved()) await settle();
    } finally {
      clearRealTimeout(timer);
    }
  };
  const isAtRest = (): boolean => waiting.size === 0;
  const until = async (holds: (text: string) => boolean, what: string): Promise<void> => {
    await settle();
    while (!holds(textOf(look(), kept))) {
      if (isAtRest()) {
        await settle();
        if (holds(textOf(look(), kept))) return;
        if (isAtRest()) throw new Error(`${what}. The page:\n${textOf(look(), kept)}`);
      }
      await answered();
    }
  };
  const shows = (text: string, wanted: string | RegExp): boolean =>
    typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

  open.add({
    close: bridge.close,
    // What a test was told, it has dealt with.
    check: () => {
      if (!told) check();
    },
  });
  await runPage({ path, bridge, clock, fail });
  await settle();
  return {
    ...createDriver({
      look,
      kept,
      open: (url, newTab) => void doings.opened.push({ type: newTab ? 'new-tab' : 'same-tab', url }),
      after: settle,
    }),
    ...doings,
    see: (text) => until((shown) => shows(shown, text), `Nobody sees ${String(text)}`),
    seeGone: (text) => until((shown) => !shows(shown, text), `Everybody still sees ${String(text)}`),
    later: async (milliseconds) => {
      const end = clock.now() + milliseconds;
      while (clock.runNext(end)) await settle();
      await settle();
    },
  };
};
