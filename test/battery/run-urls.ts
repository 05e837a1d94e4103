import fc from 'fast-check';
import { responseUrl } from '../../aws-bridge/gate/response-url';
import { PreSignedUrlRefused } from '../../aws-bridge/runtime/pre-signed-url';
import { waitUrl } from '../../aws-bridge/runtime/wait-url';
import { aResponseUrl, aStackId, aWaitUrl } from '../builders/gate';
import { hostileTexts } from '../unit/aws-bridge/gate/generated-urls';
import { hostileForms } from '../unit/aws-bridge/gate/hostile-urls';
import { REGIONS } from '../unit/aws-bridge/gate/urls';
import { count, newTally, type Tally } from './tally';

/** What became of texts that are, or are not, an address that CloudFormation signed for one stack. */
export interface UrlRow {
  readonly name: string;
  readonly verdict: 'accept' | 'refuse';
  readonly tally: Tally;
}

const weighed = (check: (text: string) => unknown, texts: Iterable<string>): Tally => {
  const tally = newTally();
  for (const text of texts) {
    try {
      check(text);
      count(tally, { outcome: 'accepted', how: 'accepted' });
    } catch (error) {
      count(
        tally,
        error instanceof PreSignedUrlRefused
          ? { outcome: 'refused', how: error.reason }
          : { outcome: 'crashed', how: error instanceof Error ? error.constructor.name : 'unknown' },
      );
    }
  }
  return tally;
};

/** Texts are made in batches: so many at once would not fit into memory. */
const BATCH = 10_000;

const generatedTexts = function* (
  url: string,
  same: readonly string[],
  seed: number,
  wanted: number,
  progress: (made: number) => void,
): Generator<string> {
  const texts = hostileTexts(url, same);
  for (let made = 0; made < wanted; made += BATCH) {
    yield* fc.sample(texts, { seed: seed + made, numRuns: Math.min(BATCH, wanted - made) });
    progress(Math.min(wanted, made + BATCH));
  }
};

/** @param generated how many generated texts each check gets */
export const runUrls = (options: {
  readonly seed: number;
  readonly generated: number;
  readonly progress: (made: number) => void;
}): readonly UrlRow[] => {
  const { seed, generated, progress } = options;
  const stackId = aStackId();
  const kinds = [
    {
      kind: 'wait condition',
      url: aWaitUrl(),
      check: (text: string) => waitUrl(text, { stackId }),
      real: REGIONS.map((region) => {
        const own = aStackId({ region });
        return { url: aWaitUrl({ stackId: own }), check: (text: string) => waitUrl(text, { stackId: own }) };
      }),
    },
    {
      kind: 'custom resource response',
      url: aResponseUrl(),
      check: (text: string) => responseUrl(text, { region: 'eu-west-1', stackId }),
      real: [
        {
          url: aResponseUrl(),
          check: (text: string) => responseUrl(text, { region: 'eu-west-1', stackId }),
        },
      ],
    },
  ];
  return kinds.flatMap(({ kind, url, check, real }): UrlRow[] => {
    const legitimate = newTally();
    for (const one of real) {
      const { accepted, refused, crashed } = weighed(one.check, [one.url]);
      legitimate.accepted += accepted;
      legitimate.refused += refused;
      legitimate.crashed += crashed;
    }
    const host = new URL(url).host;
    const same = [url.replace(host, host.replace('.s3.eu-west-1.', '.s3-eu-west-1.')), url];
    const texts = generatedTexts(url, same, seed, generated, progress);
    return [
      { name: `${kind}: of every region`, verdict: 'accept', tally: legitimate },
      {
        name: `${kind}: named hostile forms`,
        verdict: 'refuse',
        tally: weighed(
          check,
          hostileForms(url).map(([, text]) => text),
        ),
      },
      { name: `${kind}: generated`, verdict: 'refuse', tally: weighed(check, texts) },
    ];
  });
};
