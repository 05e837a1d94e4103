/** What the site's REST API answers, as far as the page reads it. */
interface Page<Item> {
  readonly values: readonly Item[];
}

interface DeskDate {
  readonly iso8601: string;
}

interface DeskUser {
  readonly accountId: string;
  readonly displayName: string;
}

export interface RequestType {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly groupIds?: readonly string[];
}
export type RequestTypes = Page<RequestType>;

export interface CustomerRequest {
  readonly issueId: string;
  readonly issueKey: string;
  readonly summary: string;
  readonly requestTypeId: string;
  readonly createdDate: DeskDate;
  readonly reporter: DeskUser;
  readonly currentStatus: { readonly status: string; readonly statusCategory: string };
  readonly requestFieldValues: readonly {
    readonly fieldId: string;
    readonly label: string;
    readonly value: unknown;
  }[];
}
export type CustomerRequests = Page<CustomerRequest>;

export interface DeskComment {
  readonly id: string;
  readonly body: string;
  readonly public: boolean;
  readonly author: DeskUser;
  readonly created: DeskDate;
}
export type DeskComments = Page<DeskComment>;

export interface DeskApproval {
  readonly id: string;
  readonly name: string;
  readonly finalDecision: 'approved' | 'declined' | 'pending';
  readonly canAnswerApproval: boolean;
  readonly approvers: readonly { readonly approver: DeskUser; readonly approverDecision: string }[];
}
export type DeskApprovals = Page<DeskApproval>;

interface IssueStatus {
  readonly name: string;
  readonly statusCategory: { readonly key: string };
}

export interface FoundIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: {
    readonly summary: string;
    readonly status: IssueStatus;
    readonly reporter: DeskUser | null;
    readonly assignee: DeskUser | null;
    readonly created: string;
    readonly updated: string;
  };
}

export interface Transitions {
  readonly transitions: readonly {
    readonly id: string;
    readonly name: string;
    readonly to: { readonly name: string };
  }[];
}
