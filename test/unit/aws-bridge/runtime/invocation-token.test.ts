import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { DownstreamFailed } from '../../../../aws-bridge/runtime/downstream';
import {
  createInvocationTokenCheck,
  InvocationTokenRefused,
  invocationTokenCheckFrom,
} from '../../../../aws-bridge/runtime/invocation-token';
import { type GivenAnswer, startHttpServer } from './http-server';
import { NOW } from './messages';

const UUID = '8db33809-1f32-48bb-8c52-5877dab48107';
const APP = `ari:cloud:ecosystem::app/${UUID}`;
const now = () => NOW;

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let otherKeys: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
  otherKeys = await generateKeyPair('RS256');
});

let server: Awaited<ReturnType<typeof startHttpServer>>;
let keysAnswer: GivenAnswer;
beforeEach(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'forge-1', alg: 'RS256', use: 'sig' };
  keysAnswer = { status: 200, body: { keys: [jwk] } };
  server = await startHttpServer(() => keysAnswer);
});
afterEach(() => server.stop());

const aToken = ({
  issuer = 'forge/invocation-token',
  audience = APP,
  expires = NOW.getTime() / 1000 + 25,
  key = keys.privateKey,
  kid = 'forge-1',
}: {
  issuer?: string;
  audience?: string;
  expires?: number | null;
  key?: typeof keys.privateKey;
  kid?: string;
} = {}) => {
  const token = new SignJWT({ app: { id: APP } })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(NOW.getTime() / 1000);
  return (expires === null ? token : token.setExpirationTime(expires)).sign(key);
};

const check = (authorization: string | undefined, id = APP) =>
  createInvocationTokenCheck(
    { id, keysUrl: server.url },
    now,
  )(authorization === undefined ? {} : { authorization });

test.each([APP, UUID])('a token of our app passes, whether the app is configured as %s', async (id) => {
  await expect(check(`Bearer ${await aToken()}`, id)).resolves.toBeUndefined();
});

test('keys are fetched once for many tokens', async () => {
  const checkToken = createInvocationTokenCheck({ id: APP, keysUrl: server.url }, now);
  for (let times = 0; times < 3; times++) {
    await checkToken({ authorization: `Bearer ${await aToken()}` });
  }
  expect(server.received).toHaveLength(1);
});

test.each<[string, () => Promise<string | undefined>]>([
  ['no token', () => Promise.resolve(undefined)],
  ['another scheme', () => Promise.resolve('Basic abc')],
  ['two tokens in one header', async () => `Bearer ${await aToken()},Bearer ${await aToken()}`],
  ['something that is no token', () => Promise.resolve('Bearer a.b.c')],
  ['an expired token', async () => `Bearer ${await aToken({ expires: NOW.getTime() / 1000 - 31 })}`],
  ['a token for another app', async () => `Bearer ${await aToken({ audience: `${APP}0` })}`],
  ['a token of another issuer', async () => `Bearer ${await aToken({ issuer: 'forge' })}`],
  ['a token with an unknown key id', async () => `Bearer ${await aToken({ kid: 'forge-2' })}`],
  ['a token that never expires', async () => `Bearer ${await aToken({ expires: null })}`],
  ['a token signed by somebody else', async () => `Bearer ${await aToken({ key: otherKeys.privateKey })}`],
  [
    'an unsigned token',
    async () => {
      const [, payload] = (await aToken()).split('.');
      return `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload ?? ''}.`;
    },
  ],
])('%s is refused', async (_, authorization) => {
  await expect(check(await authorization())).rejects.toThrow(InvocationTokenRefused);
});

test.each<[string, GivenAnswer]>([
  ['fails', { status: 500 }],
  ['answers something else', { status: 200, body: 'no keys' }],
])('when the place of the keys %s, nobody is called unauthentic', async (_, answer) => {
  keysAnswer = answer;
  await expect(check(`Bearer ${await aToken()}`)).rejects.toThrow(DownstreamFailed);
});

test('without an app id no token is asked for', () => {
  expect(invocationTokenCheckFrom({}, now)).toBeUndefined();
  expect(invocationTokenCheckFrom({ FORGE_APP_ID: '' }, now)).toBeUndefined();
  expect(invocationTokenCheckFrom({ FORGE_APP_ID: APP }, now)).toBeDefined();
});
