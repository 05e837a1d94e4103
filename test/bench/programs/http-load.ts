import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { interleave } from '../interleave';
import { aMessageOf } from './signed-messages';

/** Sends messages to the server over several connections, to each of its two paths in turns; writes requests a second. */

const ROUNDS = 15;
const REQUESTS_A_ROUND = 1_500;
const CONNECTIONS = 8;
const BYTES = 1_000;

const server = fork(process.argv[2] ?? '', { execArgv: ['--no-warnings'] });
const port = await new Promise<unknown>((told) => server.once('message', told));
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const { body, headers } = aMessageOf(BYTES);

const send = (path: string): Promise<void> =>
  new Promise((done, failed) => {
    const sent = request(
      { agent, port: Number(port), host: '127.0.0.1', path, method: 'POST', headers },
      (answer) => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 300) failed(new Error(`${path} answered ${statusCode}`));
        answer.resume().on('end', done);
      },
    );
    sent.on('error', failed).end(body);
  });

const flood = (path: string) => async (): Promise<number> => {
  let left = REQUESTS_A_ROUND;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left-- > 0) await send(path);
    }),
  );
  return (REQUESTS_A_ROUND * 1000) / (performance.now() - began);
};

const measured = await interleave(
  { ours: flood('/webhook'), unverified: flood('/unverified') },
  { rounds: ROUNDS, warmUp: 2 },
);
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
