import type { OperationState } from '../contract/progress';

/**
 * What a record's status says of the operation. A status that Service Catalog may add one day is not known to be an
 * end, so it counts as under way.
 * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_RecordDetail.html
 */
export const stateOfRecord = (
  status: string,
): Extract<OperationState, 'provisioning' | 'rolling-back' | 'succeeded' | 'failed'> => {
  if (status === 'SUCCEEDED') return 'succeeded';
  if (status === 'FAILED') return 'failed';
  if (status === 'IN_PROGRESS_IN_ERROR') return 'rolling-back';
  return 'provisioning';
};

/**
 * What a failed record left behind: a tainted provisioned product is still usable.
 * @param productStatus undefined where the provisioned product could not be looked at
 */
export const stateOfFailure = (
  productStatus: string | undefined,
): Extract<OperationState, 'tainted' | 'failed'> => (productStatus === 'TAINTED' ? 'tainted' : 'failed');

/**
 * Whether a state that was found is news. A roll-back does not turn into provisioning again, whatever the order in
 * which answers come; and what is being undone was never told as being created.
 */
export const isNews = (told: OperationState | undefined, found: OperationState): boolean =>
  found !== told && found !== 'provisioning';
