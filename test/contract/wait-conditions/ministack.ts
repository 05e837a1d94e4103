import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Up to this version, MiniStack's wait conditions wait for nothing. */
const WAITS_FOR_NOTHING = '1.5.8';
/** Milliseconds. */
const INSTALLATION = 300_000;
const START = 60_000;

/** MiniStack cannot be run here, which says nothing of anybody's wait conditions. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

export interface MiniStack {
  readonly version: string;
  readonly endpoint: string;
  /** Ends it, and leaves nothing behind. */
  stop(): Promise<void>;
}

/**
 * Installs MiniStack into a virtual environment in a temporary folder and starts it on the loopback interface.
 * @throws NotHere without Python, the package, or a version of it that waits
 */
export const startMiniStack = async (): Promise<MiniStack> => {
  const folder = await mkdtemp(join(tmpdir(), 'ministack-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const bin = await install(folder);
    const version = await versionIn(bin);
    const { endpoint, server } = await start(folder, bin);
    return {
      version,
      endpoint,
      stop: async () => {
        await end(server);
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

const install = async (folder: string): Promise<string> => {
  const environment = join(folder, 'environment');
  const bin = join(environment, 'bin');
  try {
    await run('python3', ['-m', 'venv', environment], { timeout: INSTALLATION });
  } catch (error) {
    throw new NotHere('There is no Python 3 here that makes virtual environments', { cause: error });
  }
  try {
    const wanted = `ministack>${WAITS_FOR_NOTHING}`;
    const quietly = ['--quiet', '--disable-pip-version-check'];
    await run(join(bin, 'pip'), ['install', ...quietly, wanted], { timeout: INSTALLATION });
  } catch (error) {
    throw new NotHere(`No MiniStack newer than ${WAITS_FOR_NOTHING} could be installed`, { cause: error });
  }
  return bin;
};

const versionIn = async (bin: string): Promise<string> => {
  const ask = 'import importlib.metadata; print(importlib.metadata.version("ministack"))';
  const version = (await run(join(bin, 'python3'), ['-c', ask])).stdout.trim();
  if (!isNewer(version, WAITS_FOR_NOTHING)) {
    throw new NotHere(`MiniStack ${version} is too old: it takes more than ${WAITS_FOR_NOTHING}`);
  }
  return version;
};

const isNewer = (version: string, than: string): boolean => {
  const [given, least] = [version, than].map((text) => text.split('.').map(Number));
  const position = given?.findIndex((number, at) => number !== least?.[at]) ?? -1;
  return position >= 0 && (given?.[position] ?? 0) > (least?.[position] ?? 0);
};

const start = async (
  folder: string,
  bin: string,
): Promise<{ readonly endpoint: string; readonly server: ChildProcess }> => {
  const port = await freePort();
  const server = spawn(join(bin, 'ministack'), {
    cwd: folder,
    env: {
      ...process.env,
      ...{ TMPDIR: folder, STATE_DIR: folder, BIND_HOST: '127.0.0.1', MINISTACK_HOST: '127.0.0.1' },
      GATEWAY_PORT: String(port),
    },
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const giveUp = Date.now() + START;
  while (!(await answers(`${endpoint}/_ministack/health`))) {
    if (server.exitCode === null && Date.now() < giveUp) continue;
    await end(server);
    throw new NotHere('MiniStack was installed but does not start');
  }
  return { endpoint, server };
};

/** Asks once, and takes its time where there is no answer yet. */
const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 250));
    return false;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const end = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  // It would first let every wait run out.
  server.kill('SIGKILL');
  await ended;
};
