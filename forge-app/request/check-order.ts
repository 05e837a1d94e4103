import { whoHasApproved } from '../approval/judge-approval';
import type { CatalogReader } from '../catalog/catalog-reader';
import type { Issue, Issues } from '../jira/issue';
import type { CustomerRequests } from '../jira/request';
import { fixOrder, type OrderFixing, type OrderRequest } from '../order/fix-order';
import { isGated } from '../order/gated';
import type { OrderForm } from '../order/order-form';
import { readOrderForm } from '../order/order-form';
import type { OrderProblem } from '../order/order-problem';
import { launchOperationId } from '../order/operation-id';
import { refusalComment } from '../order/summary';
import type { MembershipsOf } from '../settings/may-use';
import type { ProjectSettings, SettingsReading } from '../settings/project-settings';
import { type RequestEvent, isUnchecked } from './decide';
import { formDigest } from './form-digest';
import { newRecord, type RequestRecord } from './record';
import { shownOrder } from './shown-order';
import { type Applied, type Requests, taken } from './requests';

interface Ports {
  readonly requests: Requests;
  readonly issues: Issues;
  readonly customers: Pick<CustomerRequests, 'requestTypeOf' | 'approvalsOf'>;
  readonly membershipsOf: MembershipsOf;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
  readonly catalog: Pick<CatalogReader, 'forOrder'>;
  /** Brings the catalogue up to date; may fail when the bridge cannot be reached. */
  readonly syncCatalog: (siteId: string) => Promise<unknown>;
  readonly now: () => Date;
}

/** Where the app runs: its own id names the property that holds the order. */
export interface Place {
  readonly siteId: string;
  readonly appId: string;
}

/**
 * Checks a request's order and fixes it, once; however often it is asked to, and whatever was done before.
 * @returns undefined where the issue is none of ours
 */
export type CheckOrder = (place: Place, issueId: string) => Promise<Applied | undefined>;

export const createCheckOrder = (ports: Ports): CheckOrder => {
  const { requests, customers, catalog, now } = ports;

  const fix = async (request: Omit<OrderRequest, 'catalog'>): Promise<OrderFixing | undefined> => {
    const kept = await catalog.forOrder(request.form);
    return kept && fixOrder({ ...request, catalog: kept });
  };

  /** What was refused, or could not be judged, may look different with today's catalogue. */
  const fixUpToDate = async (
    siteId: string,
    request: Omit<OrderRequest, 'catalog'>,
  ): Promise<OrderFixing | undefined> => {
    const first = await fix(request);
    if (first?.outcome === 'fixed') return first;
    try {
      await ports.syncCatalog(siteId);
    } catch {
      return first;
    }
    return fix(request);
  };

  const check = async (
    place: Place,
    issue: Issue,
    form: OrderForm,
    settings: ProjectSettings,
    requestTypeId: string,
  ): Promise<RequestEvent> => {
    if (issue.reporter === undefined) {
      return refusal([{ field: 'requester', message: 'This request has no reporter any more.' }]);
    }
    const fixing = await fixUpToDate(place.siteId, {
      form,
      settings,
      requestTypeId,
      requestKey: issue.key,
      requester: issue.reporter,
      memberships: await ports.membershipsOf(issue.reporter, settings.accounts),
    });
    if (!fixing || fixing.outcome === 'catalog-incomplete') {
      return {
        type: 'order-unchecked',
        problem: 'the catalogue has not arrived from AWS. Check the connection to the bridge',
      };
    }
    if (fixing.outcome === 'refused') return refusal(fixing.problems);
    const approvalRequired = fixing.setting.approval === 'required' || isGated(fixing.version.described);
    return {
      type: 'fixed',
      summary: fixing.summary,
      fixed: {
        kind: 'launch',
        order: fixing.order,
        digest: fixing.digest,
        at: now().toISOString(),
        formDigest: formDigest(form),
        productName: fixing.product.name,
        versionName: fixing.version.name,
        approvalRequired,
        requestTypeId,
        shown: shownOrder(fixing),
        approvedBlind: approvalRequired ? [...whoHasApproved(await customers.approvalsOf(issue.id))] : [],
      },
    };
  };

  const judge = async (place: Place, issue: Issue): Promise<RequestEvent | undefined> => {
    const reading = readOrderForm(issue.property);
    const settings = await ports.settingsOf(issue.projectId);
    if (settings.outcome === 'absent') return undefined;
    if (reading.outcome === 'absent' && settings.outcome === 'unusable') return undefined;
    const requestTypeId = await customers.requestTypeOf(issue.id);
    if (requestTypeId === undefined) return undefined;
    if (settings.outcome === 'unusable') {
      const faults = settings.problems.map(({ path, value, fix: todo }) => `${path} is ${value}: ${todo}`);
      return {
        type: 'order-unchecked',
        problem: `the project's property "gatehouse" is not usable. ${faults.join(' ')}`,
      };
    }
    // The app raises a gate's request itself, and takes it down a moment later; until then nobody can make an order of it.
    if (settings.settings.gates?.requestTypeId === requestTypeId) return undefined;
    if (reading.outcome === 'malformed') return refusal(reading.problems);
    if (reading.outcome === 'absent') {
      const offers = settings.settings.products.some((product) => product.requestTypeId === requestTypeId);
      return offers ? refusal([NO_ORDER]) : undefined;
    }
    return check(place, issue, reading.form, settings.settings, requestTypeId);
  };

  /** What a look at a request that is known comes to. */
  const learnt = async (
    place: Place,
    issue: Issue,
    known: RequestRecord,
  ): Promise<readonly RequestEvent[]> => {
    if (!isUnchecked(known)) return [];
    if (known.projectId !== issue.projectId) return [refusal([MOVED])];
    // Whoever closed it wants nothing checked any more.
    if (issue.closed) return [{ type: 'withdrawn' }];
    const event = await judge(place, issue);
    return [{ type: 'waiting' }, ...(event ? [event] : [])];
  };

  return async (place, issueId) => {
    const issue = await ports.issues.issue(issueId, place.appId);
    if (!issue) return requests.apply(issueId, { type: 'unseen' });
    const known = await requests.find(issueId);
    if (known) return requests.apply(issueId, { type: 'seen' }, ...(await learnt(place, issue, known)));
    const event = await judge(place, issue);
    if (!event) return undefined;
    return requests.open(taken(recordOf(place.siteId, issue, now()), event, now()));
  };
};

const recordOf = (siteId: string, issue: Issue, now: Date): RequestRecord =>
  newRecord({
    issueId: issue.id,
    requestKey: issue.key,
    projectId: issue.projectId,
    operationId: launchOperationId({ siteId, issueId: issue.id }),
    now,
  });

const NO_ORDER: OrderProblem = {
  field: 'form',
  message:
    'There is no order on this request, as happens with requests that come by e-mail or were not raised on the portal. Raise it on the portal and fill in what you want to have.',
};
const MOVED: OrderProblem = {
  field: 'form',
  message:
    'The request was moved to another project before its order was checked. Raise it in the project in which you want it decided.',
};

const refusal = (problems: Parameters<typeof refusalComment>[0]): RequestEvent => ({
  type: 'order-refused',
  explanation: refusalComment(problems),
});
