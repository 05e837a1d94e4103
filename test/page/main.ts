import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { JournalRefused } from './acts/act-journal';
import { frameFiles } from './server/frame-files';
import { PortTaken } from './server/page-server';
import { showSandbox } from './show-sandbox';

const PORT = 7990;
/** Milliseconds of real time between two steps of simulated time. */
const TICK = 200;
/** Milliseconds of real time after which it is written down how far simulated time has come. */
const REMEMBER = 5000;

const HELP = `Shows Gatehouse at work in a browser: a Jira site with its customer portal, an AWS Organization, and everybody who
uses them, in a sandbox on this machine. Time is simulated. Nothing leaves this machine.

Usage: npm start -- [options]

  --port N     serve on this port of 127.0.0.1; the variable PORT says it, too; ${PORT} unless given
  --data DIR   keep what was done in DIR, and go on from there at the next start; a fresh start each time without it
  --help       show this

End it with Ctrl+C.`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const sayOnScreen = (text: string): void => {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
};

/** @throws Error for what is no port */
const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`"${text}" is no port. Give a number from 0 to 65535, such as ${PORT}.`);
  }
  return port;
};

const run = async (): Promise<void> => {
  const began = performance.now();
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' }, port: { type: 'string' }, data: { type: 'string' } },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const port = portOf(values.port ?? process.env['PORT'] ?? String(PORT));
  const data = values.data === undefined ? undefined : resolve(values.data);
  const shown = await showSandbox({
    ...{ port, data, files: frameFiles },
    progressed: sayOnScreen,
    onDefect: (problem) => console.error(problem),
  });
  sayOnScreen('');
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`Gatehouse is at ${shown.url} (started in ${seconds} s).`);
  say(data === undefined ? 'Everything is forgotten at the end.' : `What is done is kept in ${data}.`);
  say('End it with Ctrl+C.');

  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    shown.time
      .tick(now - last)
      .catch((error: unknown) => console.error(error))
      .finally(() => (timer = setTimeout(tick, TICK)));
    last = now;
  };
  let timer = setTimeout(tick, TICK);
  const remembering = setInterval(shown.remember, REMEMBER);

  const end = (): void => {
    clearTimeout(timer);
    clearInterval(remembering);
    shown.remember();
    shown.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
};

run().catch((error: unknown) => {
  sayOnScreen('');
  if (error instanceof PortTaken) {
    console.error(
      `${error.message} Perhaps Gatehouse runs already. Otherwise choose another: npm start -- --port 7991`,
    );
  } else if (error instanceof JournalRefused) console.error(error.message);
  else console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
