import { inspect } from 'node:util';
import { createPreSignedPut } from '../../../../aws-bridge/runtime/pre-signed-put';
import { aResponseUrl, aWaitUrl } from '../../../builders/gate';
import { type GivenAnswer, startHttpServer } from './http-server';

let server: Awaited<ReturnType<typeof startHttpServer>>;
let answer: GivenAnswer | 'hang up' | 'never';
beforeEach(async () => {
  answer = { status: 200 };
  server = await startHttpServer(() => answer);
});
afterEach(() => server.stop());

test.each([aWaitUrl(), aResponseUrl()])(
  'a text is put where the URL says, byte for byte and without a content type (%#)',
  async (url) => {
    const body = '{"Reason":"zu groß"}';
    expect(await createPreSignedPut(server.url, { timeout: 2_000 })(url, body)).toBe(200);
    const [put] = server.received;
    expect(put).toMatchObject({ method: 'PUT', url: url.replace(/^https:\/\/[^/]+/, ''), body });
    expect(put?.headers).toMatchObject({ 'content-length': '21' });
    for (const header of ['content-type', 'authorization', 'transfer-encoding']) {
      expect(put?.headers).not.toHaveProperty(header);
    }
  },
);

test('where S3 is at its own address, the URL is used as it is', async () => {
  const url = `${server.url}/stack%3Amine%7Cit?X-Amz-Signature=0f`;
  expect(await createPreSignedPut(undefined, { timeout: 2_000 })(url, '')).toBe(200);
  expect(server.received[0]?.url).toBe('/stack%3Amine%7Cit?X-Amz-Signature=0f');
});

test.each([301, 307, 308, 403, 503])(
  'an answer of %i is told, and no redirect is followed',
  async (status) => {
    answer = { status, headers: { location: `${server.url}/elsewhere` }, body: 'x'.repeat(100_000) };
    expect(await createPreSignedPut(server.url, { timeout: 2_000 })(aWaitUrl(), '{}')).toBe(status);
    expect(server.received).toHaveLength(1);
  },
);

test.each(['hang up', 'never'] as const)('without an answer (%s) it fails', async (given) => {
  answer = given;
  const put = createPreSignedPut(server.url, { timeout: 100 })(aWaitUrl(), '{}');
  await expect(put).rejects.toMatchObject({ name: 'DownstreamFailed', service: 's3' });
});

test('a failure holds nothing of the URL, not even where it is none', async () => {
  const put = createPreSignedPut(undefined, { timeout: 100 });
  const thrown: unknown = await put('marked:// not a URL', '{}').catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'DownstreamFailed' });
  expect(inspect(thrown, { depth: null, showHidden: true })).not.toContain('marked');
});
