import type { Aws } from './world/aws';
import type { SimulatedTime } from './world/time';

/** The input of ProvisionProduct, as far as it says what is launched. */
interface ProvisionInput {
  readonly ProductId: string;
  readonly ProvisioningArtifactId: string;
  readonly ProvisionedProductName: string;
  readonly ProvisionToken: string;
  readonly ProvisioningParameters?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** A provisioned product that came into being by the bridge. */
export interface Launch {
  readonly at: number;
  /** The session's name: the key of the request that it is for. */
  readonly by: string;
  readonly account: string;
  readonly region: string;
  readonly token: string;
  readonly provisionedProductId: string;
  readonly input: ProvisionInput;
}

/** Writes down what happens in AWS, as its own trail would. */
export const observe = (aws: Aws, time: SimulatedTime) => {
  const launches: Launch[] = [];
  const standing = new Map<string, { readonly status: string; readonly since: number }>();

  const accepted = new Map<string, number>();

  aws.observe(({ operation, input, principal, region }, output) => {
    if (operation === 'Invoke') {
      const { DurableExecutionName: name } = input as { readonly DurableExecutionName?: string };
      if (name !== undefined && !accepted.has(name)) accepted.set(name, time.millis);
    }
    if (operation !== 'ProvisionProduct') return;
    const { RecordDetail: record } = output as {
      readonly RecordDetail: { readonly ProvisionedProductId: string };
    };
    const { ProvisionedProductId: provisionedProductId } = record;
    if (launches.some((launch) => launch.provisionedProductId === provisionedProductId)) return;
    if (!standing.has(provisionedProductId))
      standing.set(provisionedProductId, { status: 'UNDER_CHANGE', since: time.millis });
    if (principal.roleName !== 'GatehouseTenant') return;
    const asked = input as ProvisionInput;
    launches.push({
      ...{ at: time.millis, by: principal.sessionName, account: principal.account, region },
      ...{ token: asked.ProvisionToken, provisionedProductId, input: asked },
    });
  });
  aws.cloudFormation.stacks.onStatus(({ name, status }) => {
    const id = name.split('-').slice(2).join('-');
    const end = /^(CREATE|ROLLBACK|DELETE)_(COMPLETE|FAILED)$/.exec(status);
    if (end)
      standing.set(id, { status: status === 'CREATE_COMPLETE' ? 'AVAILABLE' : 'ERROR', since: time.millis });
  });

  return {
    launches: launches as readonly Launch[],
    /** Of a provisioned product: what became of its stack, and when. */
    standing: (provisionedProductId: string) => standing.get(provisionedProductId),
    /** When Lambda took the start of an operation's execution. */
    startOf: (operationId: string): number => accepted.get(operationId) ?? 0,
  };
};
