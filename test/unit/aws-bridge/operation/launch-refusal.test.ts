import type { AwsFailure } from '../../../../aws-bridge/operation/aws-failure';
import {
  earlierLaunchLives,
  failureToEnter,
  failureToLaunch,
  nameTaken,
  noLaunchPath,
} from '../../../../aws-bridge/operation/launch-refusal';
import { awsRefusal, throttled } from './builders';

const PRINCIPAL =
  "Share the product's portfolio with the account, principals included, and associate the tenant role with it as a principal.";
const ROLE =
  "Check the tenant role's policy, that the role is a principal of the product's portfolio, and that the region is enabled in the account.";
const OFFERED = 'Raise a new request for a version that is offered; this one is gone or deprecated.';
const ENTER =
  "Check that the account has Gatehouse's tenant role, that the role trusts the bridge with its external id, and that the region is enabled.";

test('what may pass is asked again, entering or launching', () => {
  expect(failureToEnter(throttled('sts'), '1')).toEqual({ kind: 'transient' });
  expect(failureToLaunch(throttled())).toEqual({ kind: 'transient' });
});

test.each([
  ['AccessDenied', false],
  ['AccessDeniedException', false],
  ['InvalidClientTokenId', false],
  ['RegionDisabledException', true],
])(
  'an account that cannot be entered says what to check, and whether that is believed at once: %s',
  (code, settled) => {
    expect(failureToEnter(awsRefusal(code, 'words', 'sts'), '100000000003')).toEqual({
      kind: 'refused',
      settled,
      error: {
        code: 'TenantNotReachable',
        message: `Gatehouse may not enter account 100000000003 (${code}).`,
        remedy: ENTER,
      },
    });
  },
);

test.each<[string, string, boolean, string, string, string]>([
  [
    'AccessDeniedException',
    'not authorized',
    false,
    'NotAuthorised',
    "Service Catalog does not let Gatehouse's tenant role do this: not authorized",
    ROLE,
  ],
  [
    'ResourceNotFoundException',
    'No launch paths found for it',
    false,
    'NoLaunchPath',
    'No launch paths found for it',
    PRINCIPAL,
  ],
  [
    'InvalidParametersException',
    'no launch path found',
    false,
    'NoLaunchPath',
    'no launch path found',
    PRINCIPAL,
  ],
  [
    'ResourceNotFoundException',
    'Product not found.',
    true,
    'NotOffered',
    'The product or its version is not offered in this account: Product not found.',
    OFFERED,
  ],
  [
    'InvalidParametersException',
    'pa-one is deprecated.',
    true,
    'NotOffered',
    'The product or its version is not offered in this account: pa-one is deprecated.',
    OFFERED,
  ],
  [
    'InvalidParametersException',
    'Size must be one of a, b',
    true,
    'InvalidParameters',
    'Size must be one of a, b',
    'Raise a new request with values that the product takes.',
  ],
  [
    'LimitExceededException',
    'a quota that already exists',
    true,
    'NotAccepted',
    'Service Catalog refused with LimitExceededException: a quota that already exists',
    'What Service Catalog says is for the cloud platform team to put right; then raise a new request.',
  ],
])('%s (%s) is told with what to do about it', (awsCode, words, settled, code, message, remedy) => {
  expect(failureToLaunch(awsRefusal(awsCode, words))).toEqual({
    kind: 'refused',
    settled,
    error: { code, message, remedy },
  });
});

test.each([
  awsRefusal('DuplicateResourceException', ''),
  awsRefusal('InvalidParametersException', 'A stack named x already exists.'),
  awsRefusal('InvalidParametersException', 'The token was already used.'),
  awsRefusal('InvalidParametersException', 'The token has ALREADY BEEN USED.'),
])('a name or token that is taken may be this very operation’s: %p', (failure: AwsFailure) => {
  expect(failureToLaunch(failure)).toEqual({ kind: 'taken' });
});

test('a product without a path, one that lives and a name that is taken are told in words of ours', () => {
  expect(noLaunchPath()).toMatchObject({
    settled: false,
    error: { message: 'The product has no launch path in this account.', remedy: PRINCIPAL },
  });
  expect(earlierLaunchLives('invoices-1', 'TAINTED')).toEqual({
    kind: 'refused',
    settled: true,
    error: {
      code: 'EarlierLaunchLives',
      message:
        'An earlier launch of this request is in the account after all: the provisioned product invoices-1 is TAINTED. Nothing was launched beside it.',
      remedy:
        'Look at it in Service Catalog. Where it is what was ordered, nothing is missing; where it is not, have it terminated, then launch again.',
    },
  });
  expect(nameTaken('invoices-1', false)).toEqual({
    kind: 'refused',
    settled: false,
    error: {
      code: 'NameTaken',
      message: 'The account has a provisioned product named invoices-1 that this operation did not launch.',
      remedy: 'Raise a new request, with another name.',
    },
  });
});
