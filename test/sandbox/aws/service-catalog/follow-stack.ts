import type { ProvisionedProductStatus, RecordStatus } from '@aws-sdk/client-service-catalog';
import type { ProvisionRecord } from './provisioned-products';

/** What a stack's status makes of the request under way and of the provisioned product. */
export interface Outcome {
  readonly record: RecordStatus;
  readonly product: ProvisionedProductStatus | 'TERMINATED';
}

/** The service rolls a failed launch back; CREATE_FAILED is where one ends that could not even begin. */
const launching: Readonly<Record<string, Outcome>> = {
  CREATE_IN_PROGRESS: { record: 'IN_PROGRESS', product: 'UNDER_CHANGE' },
  ROLLBACK_IN_PROGRESS: { record: 'IN_PROGRESS_IN_ERROR', product: 'UNDER_CHANGE' },
  CREATE_COMPLETE: { record: 'SUCCEEDED', product: 'AVAILABLE' },
  CREATE_FAILED: { record: 'FAILED', product: 'ERROR' },
  ROLLBACK_COMPLETE: { record: 'FAILED', product: 'ERROR' },
  ROLLBACK_FAILED: { record: 'FAILED', product: 'ERROR' },
  DELETE_COMPLETE: { record: 'FAILED', product: 'ERROR' },
  DELETE_FAILED: { record: 'FAILED', product: 'ERROR' },
};

/** A stack that is back where it was before the update still runs, but is not what was asked for. */
const updating: Readonly<Record<string, Outcome>> = {
  UPDATE_IN_PROGRESS: { record: 'IN_PROGRESS', product: 'UNDER_CHANGE' },
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: { record: 'IN_PROGRESS', product: 'UNDER_CHANGE' },
  UPDATE_COMPLETE: { record: 'SUCCEEDED', product: 'AVAILABLE' },
  UPDATE_ROLLBACK_IN_PROGRESS: { record: 'IN_PROGRESS_IN_ERROR', product: 'UNDER_CHANGE' },
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: { record: 'IN_PROGRESS_IN_ERROR', product: 'UNDER_CHANGE' },
  UPDATE_ROLLBACK_COMPLETE: { record: 'FAILED', product: 'TAINTED' },
  UPDATE_ROLLBACK_FAILED: { record: 'FAILED', product: 'ERROR' },
};

/** A stack that would not go is still there, but is not what was asked for. */
const terminating: Readonly<Record<string, Outcome>> = {
  DELETE_IN_PROGRESS: { record: 'IN_PROGRESS', product: 'UNDER_CHANGE' },
  DELETE_COMPLETE: { record: 'SUCCEEDED', product: 'TERMINATED' },
  DELETE_FAILED: { record: 'FAILED', product: 'TAINTED' },
};

const outcomes = {
  PROVISION_PRODUCT: launching,
  UPDATE_PROVISIONED_PRODUCT: updating,
  TERMINATE_PROVISIONED_PRODUCT: terminating,
};

export const outcomeOf = (type: ProvisionRecord['type'], stackStatus: string): Outcome | undefined =>
  outcomes[type][stackStatus];

export const isEnded = (status: RecordStatus): boolean => status === 'SUCCEEDED' || status === 'FAILED';
