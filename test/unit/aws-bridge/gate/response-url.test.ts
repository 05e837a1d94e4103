import { responseUrl } from '../../../../aws-bridge/gate/response-url';
import { aResponseUrl, aStackId, aWaitUrl } from '../../../builders/gate';
import { OTHER_TENANT } from '../../../builders/settings';
import { hostileForms } from './hostile-urls';
import { REGIONS, refuses } from './urls';

const here = { region: 'eu-west-1', stackId: aStackId() };
const check = (text: string) => responseUrl(text, here);

/** As found in public logs, with another account, key and signature. */
const SEEN: readonly (readonly [region: string, host: string, query: string])[] = [
  [
    'us-east-1',
    'cloudformation-custom-resource-response-useast1.s3.amazonaws.com',
    'X-Amz-Date=20220105T044210Z&X-Amz-SignedHeaders=host&X-Amz-Expires=7200&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20220105%2Fus-east-1',
  ],
  [
    'eu-west-1',
    'cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com',
    'X-Amz-Date=20210124T154353Z&X-Amz-SignedHeaders=host&X-Amz-Expires=7199&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20210124%2Feu-west-1',
  ],
  [
    'eu-south-1',
    'cloudformation-custom-resource-response-eusouth1.s3.eu-south-1.amazonaws.com',
    'X-Amz-Date=20230419T081500Z&X-Amz-SignedHeaders=host&X-Amz-Expires=7200&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20230419%2Feu-south-1',
  ],
];

test.each(SEEN)('a response URL of %s at %s is accepted as it is', (region, host, query) => {
  const stackId = aStackId({ region });
  const url = `https://${host}/${stackId.replaceAll(':', '%3A')}%7CTagInstance%7C3929fbbf-739f-422e-8fce-60766c2cac91?X-Amz-Algorithm=AWS4-HMAC-SHA256&${query}%2Fs3%2Faws4_request&X-Amz-Signature=${'0123abcd'.repeat(8)}`;
  expect(responseUrl(url, { region, stackId })).toBe(url);
});

test.each(REGIONS)('in %s, with a dot and with a hyphen or without the region', (region) => {
  const stackId = aStackId({ region });
  const bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  const other =
    region === 'us-east-1' ? `${bucket}.s3.amazonaws.com` : `${bucket}.s3-${region}.amazonaws.com`;
  for (const host of [`${bucket}.s3.${region}.amazonaws.com`, other]) {
    const url = aResponseUrl({ stackId, host });
    expect(responseUrl(url, { region, stackId })).toBe(url);
    expect(new URL(url).href).toBe(url);
  }
});

test.each([
  ...hostileForms(aResponseUrl()),
  ['a wait URL', aWaitUrl()],
  ['a wait URL at the right bucket', aWaitUrl({ host: new URL(aResponseUrl()).host })],
  ["another account's response URL", aResponseUrl({ stackId: aStackId({ account: OTHER_TENANT }) })],
  ['a bar in clear', aResponseUrl().replaceAll('%7C', '|')],
  ['no request', aResponseUrl({ requestId: '' })],
] as const)('not a response URL: %s', (_, text) => {
  expect(refuses(check, text)).toBe(true);
});

test("a stack of another region than this function's is answered nowhere", () => {
  const stackId = aStackId({ region: 'eu-central-1' });
  expect(() => responseUrl(aResponseUrl({ stackId }), { region: 'eu-west-1', stackId })).toThrow(
    /not-a-stack/,
  );
});

test.each(['', 'a stack', `${aStackId()}/`])('what is not a stack (%j) is answered nowhere', (stackId) => {
  expect(() => responseUrl(aResponseUrl(), { region: 'eu-west-1', stackId })).toThrow(/not-a-stack/);
});
