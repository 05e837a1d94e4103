import type { OperationError } from '../contract/progress';
import { type AwsFailure, isUnknownCredentials } from './aws-failure';

/**
 * What a failure of a launch means.
 *
 * - `transient`: ask again
 * - `taken`: something was provisioned under this name or token before; perhaps by this very operation
 * - `refused`: AWS will not take it. `settled` is false where it may only not know yet of what was set up a moment ago:
 *   roles, shares and principals take effect with a delay
 */
export type LaunchFailure = Transient | { readonly kind: 'taken' } | Refusal;
export interface Transient {
  readonly kind: 'transient';
}
export interface Refusal {
  readonly kind: 'refused';
  readonly settled: boolean;
  readonly error: OperationError;
}

const DENIED = new Set(['AccessDenied', 'AccessDeniedException']);
const isDenied = (failure: AwsFailure): boolean => DENIED.has(failure.code) || isUnknownCredentials(failure);
const TAKEN = /already exists|already (been )?used/i;
const DEPRECATED = /\bdeprecated\b/i;
const NO_PATH = /no launch paths? found/i;

export const refused = (settled: boolean, error: OperationError): Refusal => ({
  kind: 'refused',
  settled,
  error,
});

export const noLaunchPath = (words = 'The product has no launch path in this account.'): Refusal =>
  refused(false, {
    code: 'NoLaunchPath',
    message: words,
    remedy:
      "Share the product's portfolio with the account, principals included, and associate the tenant role with it as a principal.",
  });

/** @param account that was to be entered */
export const failureToEnter = (failure: AwsFailure, account: string): Transient | Refusal => {
  if (failure.transient) return { kind: 'transient' };
  return refused(!isDenied(failure), {
    code: 'TenantNotReachable',
    message: `Gatehouse may not enter account ${account} (${failure.code}).`,
    remedy:
      "Check that the account has Gatehouse's tenant role, that the role trusts the bridge with its external id, and that the region is enabled.",
  });
};

/** What a failure of ListLaunchPaths or ProvisionProduct means. */
export const failureToLaunch = (failure: AwsFailure): LaunchFailure => {
  const { code, words } = failure;
  if (failure.transient) return { kind: 'transient' };
  if (isDenied(failure)) {
    return refused(false, {
      code: 'NotAuthorised',
      message: `Service Catalog does not let Gatehouse's tenant role do this: ${words}`,
      remedy:
        "Check the tenant role's policy, that the role is a principal of the product's portfolio, and that the region is enabled in the account.",
    });
  }
  if (NO_PATH.test(words)) return noLaunchPath(words);
  if (code === 'DuplicateResourceException') return { kind: 'taken' };
  if (code === 'InvalidParametersException' && TAKEN.test(words)) return { kind: 'taken' };
  if (code === 'ResourceNotFoundException' || DEPRECATED.test(words)) {
    return refused(true, {
      code: 'NotOffered',
      message: `The product or its version is not offered in this account: ${words}`,
      remedy: 'Raise a new request for a version that is offered; this one is gone or deprecated.',
    });
  }
  if (code === 'InvalidParametersException') {
    return refused(true, {
      code: 'InvalidParameters',
      message: words,
      remedy: 'Raise a new request with values that the product takes.',
    });
  }
  return refused(true, {
    code: 'NotAccepted',
    message: `Service Catalog refused with ${code}: ${words}`,
    remedy:
      'What Service Catalog says is for the cloud platform team to put right; then raise a new request.',
  });
};

export const earlierLaunchLives = (name: string, status: string): Refusal =>
  refused(true, {
    code: 'EarlierLaunchLives',
    message: `An earlier launch of this request is in the account after all: the provisioned product ${name} is ${status}. Nothing was launched beside it.`,
    remedy:
      'Look at it in Service Catalog. Where it is what was ordered, nothing is missing; where it is not, have it terminated, then launch again.',
  });

export const nameTaken = (name: string, settled: boolean): Refusal =>
  refused(settled, {
    code: 'NameTaken',
    message: `The account has a provisioned product named ${name} that this operation did not launch.`,
    remedy: 'Raise a new request, with another name.',
  });
