import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraClient } from './jira-client';

const ApprovalConfiguration = z.object({
  active: z.enum(['true', 'false']),
  exclude: z.array(z.string().nullable()).nullish(),
  fieldId: z.string().nullish(),
  transitionApproved: z.string(),
  transitionRejected: z.string(),
});

const Workflows = z.object({
  statuses: z.array(z.object({ statusReference: z.string(), name: z.string() })),
  workflows: z.array(
    z.object({
      name: z.string(),
      statuses: z.array(
        z.object({ statusReference: z.string(), approvalConfiguration: ApprovalConfiguration.nullish() }),
      ),
      transitions: z.array(
        z.object({
          id: z.string(),
          type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
          toStatusReference: z.string().nullish(),
          links: z.array(z.object({ fromStatusReference: z.string().nullish() }).nullable()).nullish(),
        }),
      ),
    }),
  ),
});

export interface ApprovalStep {
  /** Name of the status that has it. */
  readonly status: string;
  /** The field that it takes its approvers from. */
  readonly field: string | null;
  readonly excludesReporter: boolean;
  /** Names of the statuses that its answers lead to. */
  readonly approvedTo: string | undefined;
  readonly declinedTo: string | undefined;
}

export interface Workflow {
  readonly name: string;
  readonly approvals: readonly ApprovalStep[];
  /** Name of the status in which requests begin. */
  readonly initial: string | undefined;
  /** By name. `from` is null where it leads on from every status. */
  readonly transitions: readonly { readonly from: string | null; readonly to: string }[];
}

export interface Workflows {
  /** The workflow of an issue type; undefined where Jira names none. Takes the right to administer Jira. */
  readonly of: (projectId: string, issueTypeId: string) => Promise<Workflow | undefined>;
}

export const createWorkflows = (asVisitor: JiraClient): Workflows => ({
  of: async (projectId, issueTypeId) => {
    const { statuses, workflows } = await asVisitor.read(
      Workflows,
      'the project’s workflow',
      asVisitor.requestJira(route`/rest/api/3/workflows?useApprovalConfiguration=true`, {
        method: 'POST',
        body: JSON.stringify({ projectAndIssueTypes: [{ projectId, issueTypeId }] }),
      }),
    );
    const [workflow] = workflows;
    if (!workflow) return undefined;
    const names = new Map(statuses.map(({ statusReference, name }) => [statusReference, name]));
    const nameOf = (reference: string | null | undefined): string | undefined =>
      reference ? names.get(reference) : undefined;
    const leadsTo = (transitionId: string): string | undefined =>
      nameOf(workflow.transitions.find(({ id }) => id === transitionId)?.toStatusReference);
    return {
      name: workflow.name,
      approvals: workflow.statuses.flatMap(({ statusReference, approvalConfiguration: step }) => {
        const status = nameOf(statusReference);
        if (step?.active !== 'true' || status === undefined) return [];
        return {
          status,
          field: step.fieldId ?? null,
          excludesReporter: (step.exclude ?? []).includes('reporter'),
          approvedTo: leadsTo(step.transitionApproved),
          declinedTo: leadsTo(step.transitionRejected),
        };
      }),
      initial: nameOf(workflow.transitions.find(({ type }) => type === 'INITIAL')?.toStatusReference),
      transitions: workflow.transitions.flatMap(
        ({ type, toStatusReference, links }): Workflow['transitions'] => {
          const to = nameOf(toStatusReference);
          if (to === undefined || type === 'INITIAL') return [];
          if (type === 'GLOBAL') return [{ from: null, to }];
          return (links ?? []).flatMap((link) => {
            const from = nameOf(link?.fromStatusReference);
            return from === undefined ? [] : { from, to };
          });
        },
      ),
    };
  },
});
