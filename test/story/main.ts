import { parseArgs, styleText } from 'node:util';
import { type Journey, startJourney } from '../journeys/journey';
import { chapters } from './chapters';
import { narrate } from './narrator';

const HELP = `Shows the main job on one machine: requests are raised, approved, launched and tracked, and stacks from the AWS
console wait for their approval, in a sandbox that plays Jira and AWS on the loopback interface. Time is simulated.
Nothing leaves this machine.

Usage: npm run story [-- --help]

Exit status: 0 when every expectation held, 1 when one did not.`;

const say = (text = ''): void => void process.stdout.write(`${text}\n`);

const showRequest = (journey: Journey, key: string): void => {
  const request = journey.sandbox.site.request(key);
  say();
  say(styleText('bold', `${key} · ${request.status} · ${journey.state(key) ?? ''}`));
  for (const comment of request.comments) {
    const [first = '', ...rest] = comment.body.split('\n');
    say(`  ${styleText('dim', comment.public ? 'for everybody' : 'for agents')}  ${first}`);
    for (const line of rest) say(`  ${' '.repeat(13)}  ${line}`);
  }
  say();
};

const tell = async (): Promise<boolean> => {
  const began = performance.now();
  say(styleText('dim', 'Starting a Jira site and an AWS Organization on the loopback interface …'));
  const journey = await startJourney({ atlassian: { hops: 'over HTTP' } });
  const untold = narrate(journey.sandbox.journal, say);
  let held = 0;
  const broken: string[] = [];
  const expect = (what: string, holds: boolean): void => {
    if (holds) held += 1;
    else broken.push(what);
    say(`${holds ? styleText('green', '  ✓') : styleText('red', '  ✗')} ${what}`);
  };

  for (const [index, { title, tell: tellChapter }] of chapters.entries()) {
    say();
    say(styleText('bold', `${index + 1}/${chapters.length}  ${title}`));
    untold();
    try {
      showRequest(journey, await tellChapter(journey, expect));
    } catch (error) {
      expect(`${title}: ${error instanceof Error ? error.message : String(error)}`, false);
    }
    say(styleText('dim', `  and ${untold()} further messages: storage, checkpoints, look-ups`));
  }
  await journey.sandbox.close();

  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say();
  say(`${held} expectations held, ${broken.length} did not; ${seconds} s.`);
  for (const what of broken) say(styleText('red', `  ✗ ${what}`));
  return broken.length === 0;
};

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) say(HELP);
else
  tell().then(
    (whole) => process.exit(whole ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
