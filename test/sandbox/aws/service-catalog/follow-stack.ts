import type { ProvisionedProductStatus, RecordStatus } from '@aws-sdk/client-service-catalog';
import type { ProvisionRecord } from './provisioned-products';

/** What a stack's status makes of the request under way and of the provisioned product. */
export interface Outcome {
  readonly record: RecordStatus;
  readonly product: ProvisionedProductStatus | 'TERMINATED';
}

/** The request is being carried out. */
export const underWay: Outcome = { record: 'IN_PROGRESS', product: 'UNDER_CHANGE' };
/** It failed, and what it had done is being undone. */
const rollingBack: Outcome = { record: 'IN_PROGRESS_IN_ERROR', product: 'UNDER_CHANGE' };
export const available: Outcome = { record: 'SUCCEEDED', product: 'AVAILABLE' };
export const terminated: Outcome = { record: 'SUCCEEDED', product: 'TERMINATED' };
/** The product is there, but is not what was asked for. */
export const tainted: Outcome = { record: 'FAILED', product: 'TAINTED' };
export const failed: Outcome = { record: 'FAILED', product: 'ERROR' };

/** The service rolls a failed launch back; CREATE_FAILED is where one ends that could not even begin. */
const launching: Readonly<Record<string, Outcome>> = {
  CREATE_IN_PROGRESS: underWay,
  ROLLBACK_IN_PROGRESS: rollingBack,
  CREATE_COMPLETE: available,
  CREATE_FAILED: failed,
  ROLLBACK_COMPLETE: failed,
  ROLLBACK_FAILED: failed,
  DELETE_COMPLETE: failed,
  DELETE_FAILED: failed,
};

/** A stack that is back where it was before the update still runs. */
const updating: Readonly<Record<string, Outcome>> = {
  UPDATE_IN_PROGRESS: underWay,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: underWay,
  UPDATE_COMPLETE: available,
  UPDATE_ROLLBACK_IN_PROGRESS: rollingBack,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: rollingBack,
  UPDATE_ROLLBACK_COMPLETE: tainted,
  UPDATE_ROLLBACK_FAILED: failed,
};

/** A stack that would not go is still there. */
const terminating: Readonly<Record<string, Outcome>> = {
  DELETE_IN_PROGRESS: underWay,
  DELETE_COMPLETE: terminated,
  DELETE_FAILED: tainted,
};

const outcomes = {
  PROVISION_PRODUCT: launching,
  UPDATE_PROVISIONED_PRODUCT: updating,
  TERMINATE_PROVISIONED_PRODUCT: terminating,
};

export const outcomeOf = (type: ProvisionRecord['type'], stackStatus: string): Outcome | undefined =>
  outcomes[type][stackStatus];

export const isEnded = (status: RecordStatus): boolean => status === 'SUCCEEDED' || status === 'FAILED';
