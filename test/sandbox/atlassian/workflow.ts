import { NotModelled } from '../aws/service';

/** Category of a status as Jira shows it; JSM spells them UNDEFINED, NEW, INDETERMINATE, DONE. */
type StatusCategory = 'NEW' | 'INDETERMINATE' | 'DONE';

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly category: StatusCategory;
}

export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Whether it is offered while an approval is pending. The approval's own two never are. */
  readonly whilePending: boolean;
}

/** The approval step of a status, as a workflow's `approvalConfiguration` has it. */
export interface ApprovalStep {
  readonly status: string;
  /** Approvals needed: a number of them, or a percentage of the approvers. */
  conditionType: 'number' | 'percent';
  conditionValue: number;
  /** Whom the list of approvers leaves out. */
  exclude: readonly ('reporter' | 'assignee')[];
  readonly transitionApproved: string;
  readonly transitionRejected: string;
}

export interface Workflow {
  readonly statuses: readonly Status[];
  readonly transitions: Transition[];
  readonly initial: string;
  readonly approval: ApprovalStep | undefined;
}

export const STATUS = {
  awaitingApproval: 'Waiting for approval',
  approved: 'Approved',
  done: 'Done',
  declined: 'Declined',
  failed: 'Failed',
} as const;

/** A workflow, and the issue type of the project that goes through it. */
export interface ProjectWorkflow {
  readonly id: string;
  readonly name: string;
  readonly issueType: { readonly id: string; readonly name: string };
  readonly workflow: Workflow;
  /** The same, as each of its request types has it. */
  readonly shared: readonly Workflow[];
}

/** The project's workflows, each once however many request types share it: in Jira, an issue type has one. */
export const projectWorkflows = (workflows: readonly Workflow[]): ProjectWorkflow[] => {
  const alike = new Map<string, Workflow[]>();
  for (const workflow of workflows) {
    const text = JSON.stringify(workflow);
    alike.set(text, [...(alike.get(text) ?? []), workflow]);
  }
  const counts = new Map<string, number>();
  return [...alike.values()].flatMap((shared, index) => {
    const [workflow] = shared;
    if (!workflow) return [];
    const kind = workflow.approval ? 'Service request with approvals' : 'Service request';
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = count === 1 ? kind : `${kind} ${count}`;
    return {
      id: `b9ff2384-d3b6-4d4e-9509-3ee19f60${7100 + index}`,
      name: `CLOUD: ${name} workflow`,
      issueType: { id: String(10_100 + index), name },
      workflow,
      shared,
    };
  });
};

/** Where a request goes that its reporter takes back; no setting of the project names it. */
export const CANCELED = 'Canceled';

const STATUSES: readonly Status[] = [
  { id: '10001', name: STATUS.awaitingApproval, category: 'NEW' },
  { id: '10002', name: STATUS.approved, category: 'INDETERMINATE' },
  { id: '10003', name: STATUS.done, category: 'DONE' },
  { id: '10004', name: STATUS.declined, category: 'DONE' },
  { id: '10005', name: STATUS.failed, category: 'DONE' },
  { id: '10006', name: CANCELED, category: 'DONE' },
];

const transition = (id: string, name: string, from: string, to: string, whilePending = true): Transition => ({
  id,
  name,
  from,
  to,
  whilePending,
});

const afterApproval = [
  transition('41', 'Complete', STATUS.approved, STATUS.done),
  transition('42', 'Fail', STATUS.approved, STATUS.failed),
  transition('43', 'Withdraw', STATUS.approved, STATUS.declined),
  transition('45', 'Cancel', STATUS.approved, CANCELED),
  transition('54', 'Reopen', CANCELED, STATUS.approved),
];

/** Id of the transition from waiting to approved that needs no approval; see {@link approvalWorkflow}. */
const BYPASS = '31';

/**
 * A request waits for approval from its creation on. One transition leads past the approval: agents do not see it
 * while the approval is pending, unless the project was set up carelessly (`bypass`). Agents can send an approved
 * request back to its approval, and reopen a closed one.
 */
export const approvalWorkflow = (bypass = false): Workflow => ({
  statuses: STATUSES,
  initial: STATUS.awaitingApproval,
  transitions: [
    transition('11', 'Approve', STATUS.awaitingApproval, STATUS.approved, false),
    transition('12', 'Decline', STATUS.awaitingApproval, STATUS.declined, false),
    transition('21', 'Refuse', STATUS.awaitingApproval, STATUS.declined),
    transition('22', 'Give up', STATUS.awaitingApproval, STATUS.failed),
    transition(BYPASS, 'Start work', STATUS.awaitingApproval, STATUS.approved, bypass),
    ...afterApproval,
    transition('44', 'Send back', STATUS.approved, STATUS.awaitingApproval),
    transition('51', 'Reopen', STATUS.declined, STATUS.approved),
    transition('52', 'Reopen', STATUS.failed, STATUS.approved),
    transition('53', 'Ask again', STATUS.declined, STATUS.awaitingApproval),
  ],
  approval: {
    status: STATUS.awaitingApproval,
    conditionType: 'number',
    conditionValue: 1,
    exclude: [],
    transitionApproved: '11',
    transitionRejected: '12',
  },
});

/** A request is ready for work from its creation on. */
export const plainWorkflow = (): Workflow => ({
  statuses: STATUSES,
  initial: STATUS.approved,
  transitions: [...afterApproval],
  approval: undefined,
});

export const statusOf = (workflow: Workflow, name: string): Status => {
  const status = workflow.statuses.find((candidate) => candidate.name === name);
  if (!status) throw new NotModelled(`a status ${name}`);
  return status;
};

/** The transitions that Jira offers, given the request's status and whether an approval is pending there. */
export const offered = (workflow: Workflow, status: string, pending: boolean): Transition[] => {
  const { approval } = workflow;
  const answers =
    approval?.status === status ? [approval.transitionApproved, approval.transitionRejected] : [];
  return workflow.transitions.filter(
    ({ id, from, whilePending }) => from === status && !answers.includes(id) && (whilePending || !pending),
  );
};
