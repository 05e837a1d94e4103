import type { ApprovedOperation } from '../contract/messages';
import type { OperationError } from '../contract/progress';
import { AwsFailure } from './aws-failure';
import { type LaunchPathMemory, onlyPath } from './launch-paths';
import {
  earlierLaunchLives,
  failureToEnter,
  failureToLaunch,
  type LaunchFailure,
  nameTaken,
  type Refusal,
  refused,
  type Transient,
} from './launch-refusal';
import { launchRequest, provisionedProductName } from './launch-request';
import type { OpenSealed } from './open-sealed';
import { type Finding, fitting } from './progress';
import { openParameters, withoutValues } from './sealed-parameters';
import { AttemptFailed, InDoubt } from './step-failure';
import type { Believes } from './steps';
import type { EnterTenant, LaunchRecord, ProvisionedProduct, Tenant } from './tenant-port';
import { sessionOf } from './tenant-session';

export interface LaunchPorts {
  readonly enterTenant: EnterTenant;
  readonly paths: LaunchPathMemory;
  /** Opens the sealed values of an order. */
  readonly openSealed: OpenSealed;
  readonly now: () => Date;
}

/** What became of asking Service Catalog: accepted, with the record to follow, or refused. */
export type Launched =
  | { readonly accepted: true; readonly record: LaunchRecord; readonly finding: Finding }
  | { readonly accepted: false; readonly finding: Finding };

type Answer =
  { readonly accepted: LaunchRecord } | { readonly refused: OperationError; readonly settled: boolean };

/**
 * Launches what was approved. It may be asked any number of times for the same operation and launches once: a repeat
 * carries the same token and name, and before anything is called refused, whether an earlier attempt was accepted
 * (and only its answer was lost) is looked up by that name.
 *
 * @returns a function that makes one attempt; it throws AwsFailure or AttemptFailed where another one may fare better
 */
export const createLaunch =
  (ports: LaunchPorts) =>
  async (operation: ApprovedOperation, believes: Believes): Promise<Launched> => {
    const answer = await ask(operation, ports);
    const at = ports.now().toISOString();
    if ('accepted' in answer) {
      const record = answer.accepted;
      const provisionedProduct = {
        id: record.provisionedProductId,
        name: provisionedProductName(operation),
      };
      return {
        accepted: true,
        record,
        finding: fitting({
          state: 'provisioning',
          at,
          record: { id: record.id, status: record.status },
          provisionedProduct,
          outputs: [],
          errors: [],
        }),
      };
    }
    if (!answer.settled && !believes(answer.refused.code)) throw new InDoubt(answer.refused.code);
    return {
      accepted: false,
      finding: fitting({ state: 'refused', at, outputs: [], errors: [answer.refused] }),
    };
  };

const ask = async (operation: ApprovedOperation, ports: LaunchPorts): Promise<Answer> => {
  const tenant = await attempted(ports.enterTenant(sessionOf(operation)), (failure) =>
    failureToEnter(failure, operation.order.account),
  );
  if ('failure' in tenant) return refusal(tenant.failure);
  const obstacle = await earlierLaunch(operation, tenant.done);
  const launched = obstacle ? { failure: obstacle } : await provision(operation, tenant.done, ports);
  if ('done' in launched) return { accepted: launched.done };
  return acceptedBefore(operation, tenant.done, launched.failure);
};

/**
 * Looks whether a launch before this one left something that lives. It was told as over by what could be seen then: a role that
 * was missing, or an answer that was lost, may have hidden that Service Catalog had accepted it.
 */
const earlierLaunch = async (
  operation: ApprovedOperation,
  tenant: Tenant,
): Promise<LastingFailure | undefined> => {
  for (const operationId of operation.earlier ?? []) {
    const name = provisionedProductName({ ...operation, operationId });
    const found = await attempted(unlessAbsent(tenant.provisionedProduct({ name })), failureToLaunch);
    if ('failure' in found) return found.failure;
    const product = found.done;
    const lives = product?.provisionToken === operationId && product.status !== NOTHING_TO_USE;
    if (lives) return earlierLaunchLives(name, product.status);
  }
  return undefined;
};

/** The status of a provisioned product whose launch failed; one that is tainted can be used. */
const NOTHING_TO_USE = 'ERROR';

const unlessAbsent = async (call: Promise<ProvisionedProduct>): Promise<ProvisionedProduct | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsFailure && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

/** Opens what is sealed, chooses the path and provisions; a path that was only remembered and is refused is looked up once more. */
const provision = async (
  operation: ApprovedOperation,
  tenant: Tenant,
  { paths, openSealed }: Pick<LaunchPorts, 'paths' | 'openSealed'>,
): Promise<Attempted<LaunchRecord, LastingFailure>> => {
  const { order } = operation;
  const sealed = await openParameters(operation, openSealed);
  if ('refused' in sealed) return { failure: refused(true, sealed.refused) };
  const { opened } = sealed;
  const on = (pathId: string) =>
    attempted(tenant.provision(launchRequest(operation, pathId, opened)), (failure) =>
      failureToLaunch(withoutValues(failure, opened)),
    );

  if (order.pathId !== null) return on(order.pathId);
  const remembered = paths.recall(order);
  if (remembered !== undefined) {
    const launched = await on(remembered);
    if ('done' in launched || launched.failure.kind !== 'refused') return launched;
    paths.forget(order);
  }
  const listed = await attempted(tenant.launchPaths(order.productId), failureToLaunch);
  if ('failure' in listed) return listed;
  const choice = onlyPath(listed.done);
  if ('failure' in choice) return choice;
  const launched = await on(choice.pathId);
  if ('done' in launched) paths.remember(order, choice.pathId);
  return launched;
};

/**
 * Looks whether the operation was accepted before: an answer can be lost on the way back, and by the time of the next
 * attempt the product may be gone from the portfolio. What is followed then is the record of the launch: every "last"
 * record that a provisioned product names, the last provisioning one too, may be of an update or of its termination.
 * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisionedProductDetail.html
 */
const acceptedBefore = async (
  operation: ApprovedOperation,
  tenant: Tenant,
  failure: LastingFailure,
): Promise<Answer> => {
  const name = provisionedProductName(operation);
  const refusedAs = (settled: boolean) =>
    refusal(failure.kind === 'taken' ? nameTaken(name, settled) : failure);
  const found = await attempted(tenant.provisionedProduct({ name }), failureToLaunch);
  if ('failure' in found) return refusedAs(false);
  const product = found.done;
  if (product.provisionToken !== operation.operationId) return refusedAs(true);
  const record = await tenant.launchRecord(product.id);
  if (!record) throw new AttemptFailed('LaunchRecordNotFound', false);
  return {
    accepted: {
      ...record,
      provisionedProductId: product.id,
      provisionedProductType: product.type,
    },
  };
};

const refusal = ({ error, settled }: Refusal): Answer => ({ refused: error, settled });

type LastingFailure = Exclude<LaunchFailure, Transient>;
type Attempted<T, Failure> = { readonly done: T } | { readonly failure: Failure };

/** Turns what AWS refuses into a value; what may pass stays an error, for the step to try again. */
const attempted = async <T, Failure extends LaunchFailure>(
  call: Promise<T>,
  meaning: (failure: AwsFailure) => Failure,
): Promise<Attempted<T, Exclude<Failure, Transient>>> => {
  try {
    return { done: await call };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    const failure = meaning(error);
    if (isLasting(failure)) return { failure };
    throw error;
  }
};

const isLasting = <Failure extends LaunchFailure>(failure: Failure): failure is Exclude<Failure, Transient> =>
  failure.kind !== 'transient';
