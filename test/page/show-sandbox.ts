import { createKeyPairs } from '../sandbox/aws/kms/key-pair';
import { startSandbox } from '../sandbox/sandbox';
import { openActJournal } from './acts/act-journal';
import { createActing } from './acts/acting';
import { createDraws } from './acts/draws';
import { createPerform } from './acts/perform';
import { type Replayed, replay } from './acts/replay';
import { createConsoleClients } from './aws/console-clients';
import { createLookAtConsole } from './aws/look-at-console';
import { NotAnswered, type PageAnswer } from './server/answer';
import { createApi } from './server/api';
import { createLive } from './server/live';
import { type Answering, servePage } from './server/page-server';
import { starting } from './server/starting';
import { createTimeDriver } from './time/driver';
import { createTurns } from './time/turns';

/** Milliseconds of simulated time until the app is installed and has the catalogue. */
const SETTLED = 10_000;

export interface ShowOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** Nobody has opened the settings page yet: the app has neither secrets nor settings. */
  readonly notSetUp?: true | undefined;
  /** What secrets and ids are drawn from: the same seed shows the same. */
  readonly seed?: Buffer | undefined;
  /** Directory in which acts are kept, so that the sandbox survives a restart; a fresh start each time without it. */
  readonly data?: string | undefined;
  /** What a browser loads, by path. */
  readonly files: () => Promise<ReadonlyMap<string, PageAnswer>>;
  /** Told of how starting gets on. */
  readonly progressed?: (words: string) => void;
  /** Told of everything that goes wrong in the sandbox itself. */
  readonly onDefect?: (problem: string) => void;
}

/**
 * Starts the sandbox and shows it as a page.
 * @throws PortTaken where something else listens on the port, JournalRefused for a journal that cannot be replayed
 */
export const showSandbox = async (options: ShowOptions) => {
  const { progressed = () => undefined, onDefect = () => undefined } = options;
  let words = 'Jira and an AWS Organization are being set up on this machine.';
  const tell = (now: string): void => {
    words = now;
    progressed(now);
  };
  let answering: Answering = starting(() => words);
  const open: { close: () => Promise<void> | void }[] = [];
  const close = async (): Promise<void> => {
    for (const one of open.splice(0).reverse()) await one.close();
  };

  try {
    const server = await servePage({ port: options.port, answering: () => answering, onDefect });
    open.push(server);
    const journal = options.data === undefined ? undefined : openActJournal(options.data);
    const draws = createDraws(journal?.seed ?? options.seed);
    tell(words);
    const [sandbox, files] = await Promise.all([
      startSandbox({
        randomBytes: draws.bytes,
        keyPairOf: journal && createKeyPairs(journal.keys),
        ...(options.notSetUp && { notSetUp: true }),
      }),
      options.files(),
    ]);
    open.push(sandbox);
    const { clock } = sandbox;
    await clock.advance(SETTLED);

    const clients = createConsoleClients(sandbox.aws);
    open.push(clients);
    const perform = createPerform({ sandbox, clients });
    if (journal) await replay({ journal, perform, clock, draws, progressed: (so) => tell(soFar(so)) });

    const turns = createTurns();
    const live = createLive(() => time.view());
    open.push(live);
    const time = createTimeDriver({ clock, turns, changed: live.changed, passed: live.timePassed });
    const act = createActing({
      ...{ perform, turns, journal, draws, changed: live.changed },
      now: clock.now,
      seen: sandbox.journal,
    });
    const look = createLookAtConsole({
      clients,
      defaultNetwork: (...where) => sandbox.cloudFormation.defaultNetwork(...where),
    });
    answering = createApi(
      { ...{ sandbox, act, look, time, live, onDefect }, kept: journal !== undefined },
      (_message, _response, url) => {
        const file = files.get(url.pathname);
        if (!file) throw new NotAnswered(404, `There is nothing at ${url.pathname}.`);
        return Promise.resolve(file);
      },
    );
    return {
      url: server.url,
      sandbox,
      time,
      act,
      /** Remembers how far time has come, where that is kept. */
      remember: (): void => journal?.reach(clock.now().toISOString()),
      close,
    };
  } catch (error) {
    // A server that stays open would keep the process alive.
    await close();
    throw error;
  }
};

const soFar = ({ acts, of, now }: Replayed): string =>
  `Doing again what was done before: ${acts} of ${of}, simulated time ${now.slice(0, 16).replace('T', ' ')}.`;
