import type { ApprovedOperation } from '../contract/messages';
import type { OperationError, OperationProgress } from '../contract/progress';
import { AwsFailure } from './aws-failure';
import { provisionedProductName } from './launch-request';
import { recordLost } from './lost-track';
import { type Finding, fitting } from './progress';
import { stateOfFailure, stateOfRecord } from './record-meaning';
import { firstFailure, reachAttemptsStart, stackNameOf } from './stack-failure';
import type { OpenSealed } from './open-sealed';
import { outputsWithoutValues, withoutWords } from './sealed-parameters';
import { InDoubt } from './step-failure';
import type { Believes } from './steps';
import { sessionOf } from './tenant-session';
import type { EnterTenant, LaunchRecord, Tenant } from './tenant-port';

/** Attempts in a row, about ten minutes of them, until a record that Service Catalog does not know is believed to be lost. */
const PATIENCE_WITH_RECORD = 12;

const UNEXPLAINED: OperationError = {
  code: 'ProvisioningFailed',
  message: 'Service Catalog reports that provisioning failed and gives no reason.',
};
const AFTER_FAILURE =
  'Once the cause is put right, raise a new request, or ask here: an agent can have it launched again. The failed provisioned product stays in the account until it is terminated.';

/**
 * Looks at the record once: DescribeRecord is the only source of truth about a launch.
 * The function's `told` is what was told of the operation last.
 */
export const createLook =
  (ports: { readonly enterTenant: EnterTenant; readonly openSealed: OpenSealed; readonly now: () => Date }) =>
  async (
    operation: ApprovedOperation,
    record: LaunchRecord,
    told: OperationProgress | undefined,
    believes: Believes,
  ): Promise<Finding> => {
    const tenant = await ports.enterTenant(sessionOf(operation));
    const described = await unlessLost(tenant.record(record.id), believes);
    const at = ports.now().toISOString();
    if (described === 'lost') return recordLost(operation, at, told);
    const { status, outputs, errors } = described;
    const found = withoutWords(operation, {
      at,
      provisionedProduct: { id: record.provisionedProductId, name: provisionedProductName(operation) },
      state: stateOfRecord(status),
      record: { id: record.id, status },
      outputs: await outputsWithoutValues(operation, outputs, ports.openSealed),
      errors: errors.map(({ code, description }) => ({ code, message: description })),
    });
    return fitting(found);
  };

const unlessLost = async <T>(call: Promise<T>, believes: Believes): Promise<T | 'lost'> => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof AwsFailure && error.code === 'ResourceNotFoundException')) throw error;
    if (!believes('RecordNotFound', PATIENCE_WITH_RECORD)) throw new InDoubt('RecordNotFound');
    return 'lost';
  }
};

/**
 * Adds to a failed record what Service Catalog does not say in it: whether the provisioned product is still usable,
 * and which resource failed first. Where the tenant does not let us look, or nothing is left to look at, the failure
 * is told without it.
 */
export const createExplain =
  (ports: { readonly enterTenant: EnterTenant; readonly now: () => Date }) =>
  async (operation: ApprovedOperation, record: LaunchRecord, failure: Finding): Promise<Finding> => {
    const tenant = await ports.enterTenant(sessionOf(operation));
    const product = await unlessRefused(tenant.provisionedProduct({ id: record.provisionedProductId }));
    const failedResource = await unlessRefused(firstFailedResource(operation, record, tenant));
    const [first = UNEXPLAINED, ...others] = failure.errors;
    const explained = withoutWords(operation, {
      ...failure,
      state: stateOfFailure(product?.status),
      errors: [{ remedy: AFTER_FAILURE, ...first }, ...others],
      ...(failedResource && { failedResource }),
    });
    return fitting(explained);
  };

const firstFailedResource = async (operation: ApprovedOperation, record: LaunchRecord, tenant: Tenant) => {
  const stack = stackNameOf(operation.order.account, record.provisionedProductId);
  return firstFailure(await tenant.stackEvents(stack, (events) => !reachAttemptsStart(events)));
};

const unlessRefused = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsFailure && !error.transient) return undefined;
    throw error;
  }
};
