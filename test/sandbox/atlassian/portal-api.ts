import { NotModelled } from '../aws/service';
import { mayAnswer } from './approvals';
import { createDeskBeans } from './desk-beans';
import { listed } from './jira-beans';
import { type Issue, PROJECT } from './jira-site';
import { json } from './loopback';
import { type Call, deskError, deskPage, type Route, type SiteContext } from './routes';

const FILTERS = ['requestOwnership', 'requestStatus', 'approvalStatus', 'start', 'limit'];

/** The lists of the customer portal: what can be asked for, and what somebody has asked for or is asked to decide. */
export const portalRoutes = (context: SiteContext): Route[] => {
  const { site } = context;
  const { link, requestBean, requestTypeBean } = createDeskBeans(context);

  const ownership = (issue: Issue, { caller, query }: Call) => {
    const { accountId } = caller.account;
    const approvals = issue.approvals.filter(({ approvers }) =>
      approvers.some((approver) => approver.accountId === accountId),
    );
    const pending = approvals.some((approval) => mayAnswer(approval, accountId) === undefined);
    const wanted = query.get('approvalStatus') ?? undefined;
    return {
      OWNED_REQUESTS: issue.reporter === accountId,
      PARTICIPATED_REQUESTS: issue.participants.includes(accountId),
      APPROVER: wanted === 'MY_PENDING_APPROVAL' ? pending : approvals.length > 0,
    };
  };

  const shown = (issue: Issue, call: Call): boolean => {
    const kinds = listed(call.query, 'requestOwnership');
    const asked = kinds.length > 0 ? kinds : ['OWNED_REQUESTS', 'PARTICIPATED_REQUESTS'];
    const owned = ownership(issue, call);
    return asked.some((kind) => {
      if (!(kind in owned)) throw new NotModelled(`requests by requestOwnership ${kind}`);
      return owned[kind as keyof typeof owned]; // it is one of them, as the line above has seen
    });
  };

  return [
    {
      method: 'GET',
      template: '/rest/servicedeskapi/request',
      scope: 'read:servicedesk-request',
      answer: (call) => {
        const other = [...call.query.keys()].find((key) => !FILTERS.includes(key));
        if (other !== undefined) throw new NotModelled(`requests by ${other}`);
        const status = call.query.get('requestStatus') ?? 'ALL_REQUESTS';
        const found = site.issues
          .filter((issue) => shown(issue, call))
          .filter((issue) => {
            const closed = issue.status.category === 'DONE';
            return status === 'ALL_REQUESTS' || (status === 'CLOSED_REQUESTS') === closed;
          })
          .sort((a, b) => b.updated.getTime() - a.updated.getTime() || Number(b.id) - Number(a.id));
        return json(200, deskPage(found.map(requestBean), call.query, link('request')));
      },
    },
    {
      method: 'GET',
      template: '/rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype',
      scope: 'read:servicedesk-request',
      answer: ({ path, query }) => {
        if (![PROJECT.serviceDeskId, PROJECT.id, PROJECT.key].some((id) => id === path['serviceDeskId'])) {
          throw deskError(404, 'The service desk does not exist.');
        }
        const self = link(`servicedesk/${PROJECT.serviceDeskId}/requesttype`);
        return json(200, deskPage(site.requestTypes.map(requestTypeBean), query, self));
      },
    },
  ];
};
