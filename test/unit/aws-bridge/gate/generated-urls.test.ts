import fc from 'fast-check';
import { responseUrl } from '../../../../aws-bridge/gate/response-url';
import { waitUrl } from '../../../../aws-bridge/runtime/wait-url';
import { aResponseUrl, aStackId, aWaitUrl } from '../../../builders/gate';
import { hostileTexts } from './generated-urls';
import { refuses } from './urls';

const stackId = aStackId();

test('100,000 generated texts: none is accepted as a wait URL, and nothing else is thrown', () => {
  const seed = Date.now() % 2 ** 31;
  process.stdout.write(`wait URLs: generated with seed ${seed}\n`);
  const { host } = new URL(aWaitUrl());
  const same = [host.replace('.s3.eu-west-1.', '.s3-eu-west-1.'), host].map((one) => aWaitUrl({ host: one }));
  const check = (text: string) => waitUrl(text, { stackId });
  fc.assert(
    fc.property(hostileTexts(aWaitUrl(), same), (text) => refuses(check, text)),
    { numRuns: 100_000, seed },
  );
});

test('100,000 generated texts: none is accepted as a response URL, and nothing else is thrown', () => {
  const seed = Date.now() % 2 ** 31;
  process.stdout.write(`response URLs: generated with seed ${seed}\n`);
  const { host } = new URL(aResponseUrl());
  const same = [host.replace('.s3.eu-west-1.', '.s3-eu-west-1.'), host].map((one) =>
    aResponseUrl({ host: one }),
  );
  const check = (text: string) => responseUrl(text, { region: 'eu-west-1', stackId });
  fc.assert(
    fc.property(hostileTexts(aResponseUrl(), same), (text) => refuses(check, text)),
    { numRuns: 100_000, seed },
  );
});
