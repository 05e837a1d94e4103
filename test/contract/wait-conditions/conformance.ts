import { isDeepStrictEqual } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { cases } from './cases';
import { type MiniStack, NotHere, startMiniStack } from './ministack';
import { aSubject, type Implementation } from './subject';

/**
 * Holds MiniStack, an emulator of AWS that is not this project's, to the contract that the sandbox's wait conditions
 * keep. What both agree on is less likely to be a misunderstanding of ours. Ends with 1 where they disagree.
 */
const POLL = 250;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const overTheWire = (endpoint: string): Implementation => ({
  client: new CloudFormationClient({
    ...{ endpoint, region: 'eu-west-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }),
  until: async (holds, seconds) => {
    const giveUp = Date.now() + seconds * 1000;
    while (!(await holds())) {
      if (Date.now() > giveUp) throw new Error(`It did not come to hold within ${seconds} seconds`);
      await pause(POLL);
    }
  },
  pass: (seconds) => pause(seconds * 1000),
  send: async (url, request) => (await fetch(url, request)).status,
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** @returns whether all agree */
const compare = async (miniStack: MiniStack): Promise<boolean> => {
  const implementation = overTheWire(miniStack.endpoint);
  say(`Wait conditions: ${cases.length} cases on MiniStack ${miniStack.version}`);
  const tally = { agrees: 0, apart: 0, differs: 0 };
  for (const [position, { name, expected, observe, belongsToS3 }] of cases.entries()) {
    const stack = aSubject(implementation, `waits-${position}`);
    let seen: unknown;
    try {
      seen = await observe(stack);
    } catch (error) {
      seen = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    await stack.remove().catch(() => undefined);
    if (isDeepStrictEqual(seen, expected)) {
      tally.agrees += 1;
      say(`  agrees   ${name}`);
      continue;
    }
    if (belongsToS3 === undefined) tally.differs += 1;
    else tally.apart += 1;
    say(belongsToS3 === undefined ? `  DIFFERS  ${name}` : `  apart    ${name} (${belongsToS3})`);
    say(`           here  ${JSON.stringify(expected)}`);
    say(`           there ${JSON.stringify(seen)}`);
  }
  implementation.client.destroy();
  say(`${tally.agrees} agree, ${tally.differs} differ, ${tally.apart} are not MiniStack's to answer`);
  return tally.differs === 0;
};

const main = async (): Promise<void> => {
  let miniStack: MiniStack;
  try {
    miniStack = await startMiniStack();
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    say(`SKIPPED: nothing was compared. ${error.message}.`);
    return;
  }
  try {
    if (!(await compare(miniStack))) process.exitCode = 1;
  } finally {
    await miniStack.stop();
  }
};

void main();
