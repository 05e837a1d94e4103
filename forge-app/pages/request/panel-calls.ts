import type { Approval } from '../../approval/judge-approval';
import type { Issue, Issues } from '../../jira/issue';
import { readOrderForm } from '../../order/order-form';
import type { Place } from '../../request/check-order';
import type { Requests } from '../../request/requests';
import type { Access } from '../access';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Visitor } from '../visitor';
import { customerView } from './customer-view';
import type { CustomerView, Opened } from './view';

export interface RequestPanelPorts {
  readonly access: Pick<Access, 'maySeeRequest'>;
  readonly requests: Pick<Requests, 'find'>;
  readonly issues: Issues;
  readonly approvalsOf: (issueId: string) => Promise<readonly Approval[]>;
  /** What a project's settings call an account; null where they do not name it. */
  readonly accountName: (projectId: string, account: string) => Promise<string | null>;
  readonly placeOf: (visitor: Visitor) => Place;
}

/** Whether somebody has ordered something with the request that nobody has looked at yet. */
export const carriesOrder = ({ property }: Issue): boolean => readOrderForm(property).outcome !== 'absent';

/** What the panel on the customer portal's request asks for. */
export const createRequestPanelCalls = (ports: RequestPanelPorts): Readonly<Record<string, PageCall>> => ({
  'request-panel.open': async (visitor) => {
    const { accountId, requestKey } = visitor;
    if (accountId === undefined) return refused('signed-out');
    if (requestKey === undefined) return refused('not-yours');
    const issue = await ports.issues.issue(requestKey, ports.placeOf(visitor).appId);
    if (!issue) return refused('not-yours');
    const sees = await ports.access.maySeeRequest({
      accountId,
      issueIdOrKey: issue.id,
      reporter: issue.reporter ?? null,
      approvers: async () =>
        (await ports.approvalsOf(issue.id)).flatMap(({ approvers }) =>
          approvers.map(({ approver }) => approver.accountId),
        ),
    });
    if (!sees) return refused('not-yours');
    const record = await ports.requests.find(issue.id);
    if (!record) return ok<Opened<CustomerView>>(carriesOrder(issue) ? 'soon' : null);
    const accountName =
      record.fixed?.kind === 'gate'
        ? await ports.accountName(record.projectId, record.fixed.gate.account)
        : null;
    return ok(customerView(record, { property: { value: issue.property }, accountName }));
  },
});
