import type {
  LaunchPath,
  ProvisionedProduct,
  ProvisionRequest,
  RecordDescription,
  StackDescription,
  Tenant,
} from '../../../../aws-bridge/operation/tenant-port';
import type { StackEvent } from '../../../../aws-bridge/operation/stack-failure';
import { awsRefusal } from './builders';

/**
 * A tenant account at the port: it provisions a name once, gives the same record for the same token, and answers
 * calls with the errors that a test has put in their way, one a call.
 */
export class StandInTenant implements Tenant {
  readonly calls: string[] = [];
  readonly requests: ProvisionRequest[] = [];
  /** What was really launched, by provisioned product name. */
  readonly launched = new Map<string, ProvisionRequest>();
  paths: LaunchPath[] = [{ id: 'lpv2-one', name: 'Self-service' }];
  type: string | undefined = 'CFN_STACK';
  description: RecordDescription = { status: 'IN_PROGRESS', errors: [], outputs: [] };
  /** What looks at the record see, one after the other, the last from then on; without any, the description's. */
  statuses: string[] = [];
  productStatus = 'UNDER_CHANGE';
  events: StackEvent[] = [];
  /** Undefined for a stack that CloudFormation does not know. */
  stackDescription: StackDescription | undefined;
  /** By logical id. */
  readonly physicalIds = new Map<string, string>();
  /** How many looks are yet to find nothing, because CloudFormation does not show everywhere at once what there is. */
  readonly unseen = { stack: 0, physicalId: 0 };
  readonly #troubles = new Map<string, { error: unknown; after: boolean }[]>();

  /** The next call of `what` meets with `error`: before anything is done, or after, so that its answer is lost. */
  trouble(what: keyof Tenant, error: unknown, options: { times?: number; after?: boolean } = {}): void {
    const { times = 1, after = false } = options;
    const list = this.#troubles.get(what) ?? [];
    this.#troubles.set(what, [...list, ...Array.from({ length: times }, () => ({ error, after }))]);
  }

  async launchPaths(): Promise<readonly LaunchPath[]> {
    return this.#call('launchPaths', () => this.paths);
  }

  async provision(request: ProvisionRequest) {
    this.requests.push(request);
    return this.#call('provision', () => {
      const name = request.provisionedProductName;
      const earlier = this.launched.get(name);
      if (earlier && earlier.provisionToken !== request.provisionToken) {
        throw awsRefusal('InvalidParametersException', `A stack named ${name} already exists.`);
      }
      this.launched.set(name, earlier ?? request);
      return {
        id: 'rec-one',
        status: 'CREATED',
        provisionedProductId: 'pp-one',
        provisionedProductType: this.type,
      };
    });
  }

  async provisionedProduct(
    which: { readonly id: string } | { readonly name: string },
  ): Promise<ProvisionedProduct> {
    return this.#call('provisionedProduct', () => {
      const request = 'name' in which ? this.launched.get(which.name) : [...this.launched.values()][0];
      if (!request) throw awsRefusal('ResourceNotFoundException', 'Provisioned product not found.');
      return {
        id: 'pp-one',
        name: request.provisionedProductName,
        type: this.type,
        status: this.productStatus,
        provisionToken: request.provisionToken,
      };
    });
  }

  async record(): Promise<RecordDescription> {
    return this.#call('record', () => {
      const [status] = this.statuses.length > 1 ? this.statuses.splice(0, 1) : this.statuses;
      return { ...this.description, ...(status !== undefined && { status }) };
    });
  }

  async launchRecord(): Promise<{ readonly id: string; readonly status: string } | undefined> {
    return this.#call('launchRecord', () => ({ id: 'rec-one', status: this.description.status }));
  }

  async stackEvents(): Promise<readonly StackEvent[]> {
    return this.#call('stackEvents', () => this.events);
  }

  async stack(): Promise<StackDescription | undefined> {
    return this.#call('stack', () => (this.#sees('stack') ? this.stackDescription : undefined));
  }

  async physicalId(_stackId: string, logicalId: string): Promise<string | undefined> {
    return this.#call('physicalId', () =>
      this.#sees('physicalId') ? this.physicalIds.get(logicalId) : undefined,
    );
  }

  #sees(what: 'stack' | 'physicalId'): boolean {
    if (this.unseen[what] === 0) return true;
    this.unseen[what] -= 1;
    return false;
  }

  count(what: keyof Tenant): number {
    return this.calls.filter((call) => call === what).length;
  }

  #call<T>(what: keyof Tenant, answer: () => T): Promise<T> {
    this.calls.push(what);
    const trouble = this.#troubles.get(what)?.shift();
    return Promise.resolve().then(() => {
      if (trouble && !trouble.after) throw trouble.error;
      const answered = answer();
      if (trouble) throw trouble.error;
      return answered;
    });
  }
}
