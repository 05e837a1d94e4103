import { inspect } from 'node:util';
import { waitUrl } from '../../../../aws-bridge/runtime/wait-url';
import { aResponseUrl, aStackId, aWaitUrl } from '../../../builders/gate';
import { OTHER_TENANT } from '../../../builders/settings';
import { hostileForms } from './hostile-urls';
import { REGIONS, refuses } from './urls';

const STACK = aStackId();
const URL_OF_STACK = aWaitUrl();
const check = (text: string) => waitUrl(text, { stackId: STACK });

/** As found in public logs, with another account, key and signature. */
const SEEN: readonly (readonly [form: string, region: string, host: string, uuid: string, query: string])[] =
  [
    [
      'of today, with an identifier of the handle',
      'eu-west-3',
      'cloudformation-waitcondition-eu-west-3.s3.eu-west-3.amazonaws.com',
      '/969e1120-c7a8-11f0-a669-0a344b714dd5',
      'X-Amz-Date=20251122T133856Z&X-Amz-SignedHeaders=host&X-Amz-Expires=86399&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20251122%2Feu-west-3',
    ],
    [
      'of a region with a hyphen',
      'us-west-1',
      'cloudformation-waitcondition-us-west-1.s3-us-west-1.amazonaws.com',
      '',
      'X-Amz-Date=20210811T143554Z&X-Amz-SignedHeaders=host&X-Amz-Expires=86399&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20210811%2Fus-west-1',
    ],
    [
      'of a region with a dot',
      'us-east-2',
      'cloudformation-waitcondition-us-east-2.s3.us-east-2.amazonaws.com',
      '',
      'X-Amz-Date=20180602T183833Z&X-Amz-SignedHeaders=host&X-Amz-Expires=86399&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20180602%2Fus-east-2',
    ],
    [
      'of us-east-1, which is not named',
      'us-east-1',
      'cloudformation-waitcondition-us-east-1.s3.amazonaws.com',
      '',
      'X-Amz-Date=20210923T175050Z&X-Amz-SignedHeaders=host&X-Amz-Expires=86399&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20210923%2Fus-east-1',
    ],
  ];

test.each(SEEN)('a wait URL %s is accepted as it is', (_, region, host, uuid, query) => {
  const stackId = aStackId({ region });
  const url = `https://${host}/${stackId.replaceAll(':', '%3A')}${uuid}/WaitHandle?X-Amz-Algorithm=AWS4-HMAC-SHA256&${query}%2Fs3%2Faws4_request&X-Amz-Signature=${'0123abcd'.repeat(8)}`;
  expect(waitUrl(url, { stackId })).toMatchObject({ url, handle: 'WaitHandle' });
});

test('what is told of a wait URL: the handle, and when S3 will take no signal any more', () => {
  const url = aWaitUrl({ handle: 'HandleB', at: new Date('2026-02-28T12:00:00Z'), expires: 86399 });
  expect(check(url)).toEqual({ url, handle: 'HandleB', expiresAt: new Date('2026-03-01T11:59:59Z') });
});

test.each(REGIONS)('in %s, with a dot and with a hyphen or without the region', (region) => {
  const stackId = aStackId({ region });
  const bucket = `cloudformation-waitcondition-${region}`;
  const other =
    region === 'us-east-1' ? `${bucket}.s3.amazonaws.com` : `${bucket}.s3-${region}.amazonaws.com`;
  for (const host of [`${bucket}.s3.${region}.amazonaws.com`, other]) {
    const url = aWaitUrl({ stackId, host });
    expect(waitUrl(url, { stackId }).url).toBe(url);
    // What is sent is what was checked.
    expect(new URL(url).href).toBe(url);
  }
});

test('the order of a query means nothing', () => {
  const [base = '', query = ''] = URL_OF_STACK.split('?');
  expect(check(`${base}?${query.split('&').reverse().join('&')}`).handle).toBe('ApprovalHandle1a2b3c4d');
});

const FORMS = [
  ...hostileForms(URL_OF_STACK),
  ['the answer to a custom resource', aResponseUrl()],
  ['the answer to a custom resource at the right bucket', aResponseUrl({ host: new URL(URL_OF_STACK).host })],
  ["another account's wait URL", aWaitUrl({ stackId: aStackId({ account: OTHER_TENANT }) })],
  ["another region's wait URL", aWaitUrl({ stackId: aStackId({ region: 'eu-central-1' }) })],
  ["another stack's wait URL", aWaitUrl({ stackId: aStackId({ product: 'pp-othergatedaa2' }) })],
  ['no handle', aWaitUrl({ handle: '' })],
  ['a handle of another form', aWaitUrl({ handle: 'Approval_Handle' })],
  ['two handles', aWaitUrl({ handle: 'One/Two' })],
  [
    'a third identifier',
    aWaitUrl({ round: '1a1b1c1d-2222-11f0-8333-0affd5e60002/1a1b1c1d-2222-11f0-8333-0affd5e60002' }),
  ],
] as const;

test('hostile forms are many, and each is another', () => {
  const texts = FORMS.map(([, text]) => text);
  expect(new Set(texts).size).toBe(texts.length);
  expect(new Set(FORMS.map(([name]) => name)).size).toBe(texts.length);
  expect(texts.length).toBeGreaterThan(150);
});

test.each(FORMS)('not a wait URL: %s', (_, text) => {
  expect(refuses(check, text)).toBe(true);
});

test.each(['', 'arn:aws:cloudformation', `${STACK}/`, STACK.replace('aws', 'aws-cn'), '.*'])(
  'nothing is the wait URL of what is not a stack (%s)',
  (stackId) => {
    expect(() => waitUrl(URL_OF_STACK, { stackId })).toThrow(/not-a-stack/);
  },
);

test('what refuses tells nothing of what it refuses', () => {
  try {
    check(URL_OF_STACK.replace('/ApprovalHandle', '/../ApprovalHandle'));
  } catch (error) {
    expect(inspect(error, { depth: null })).not.toMatch(/Signature=|arn%3A|ApprovalHandle/);
    return;
  }
  throw new Error('It was accepted');
});
