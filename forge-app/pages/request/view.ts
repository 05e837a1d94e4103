import type { CreatedByService } from '../../order/created-resources';
import type { Happening, RequestState } from '../../request/record';

/** Somebody as Jira calls them; the name is the account id where Jira does not know them. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface ShownParameter {
  readonly key: string;
  readonly label: string;
  /** Null where nobody is shown it. */
  readonly value: string | null;
  /** `default`: the order leaves it to the template. */
  readonly source: 'given' | 'default';
}

/** What an approver decides on, as it was fixed. */
export interface ShownLaunch {
  readonly kind: 'launch';
  readonly product: string;
  readonly version: string;
  readonly account: { readonly id: string; readonly name: string | null };
  readonly region: string;
  readonly name: string;
  readonly pathId: string | null;
  readonly parameters: readonly ShownParameter[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** By service; null where it is not known. */
  readonly resources: readonly CreatedByService[] | null;
  readonly capabilities: readonly string[];
  readonly digest: string;
}

/** The same for a stack that waits in AWS. */
export interface ShownGate {
  readonly kind: 'gate';
  readonly action: 'create' | 'update';
  readonly product: string;
  readonly account: { readonly id: string; readonly name: string | null };
  readonly region: string;
  readonly stackId: string;
  /** As it was typed in AWS. */
  readonly requesterEmail: string;
  readonly parameters: readonly ShownParameter[];
  readonly deadline: string;
  readonly digest: string;
}

export interface ShownHappening {
  readonly at: string;
  readonly what: Happening['what'];
  readonly state: RequestState | null;
  /** Nobody for customers. */
  readonly by: readonly Person[];
  readonly attempt: number;
}

export interface ShownOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | null;
  /** Where the value leads, if it is an address. */
  readonly link: string | null;
}

export interface ShownProblem {
  readonly failedResource: {
    readonly logicalId: string;
    readonly type: string;
    readonly reason: string;
  } | null;
  /** `code` is for agents. */
  readonly errors: readonly { readonly code: string | null; readonly message: string }[];
  readonly remedies: readonly string[];
}

/** What happens next, where the state alone does not say it. */
export type Next = RequestState | 'unchecked' | 'unshown' | 'held-up' | 'recalled' | 'cancelled';

/** A request as its customer sees it. */
export interface CustomerView {
  readonly kind: 'launch' | 'gate';
  readonly requestKey: string;
  readonly state: RequestState;
  readonly since: string;
  /** Whether anything is still to come by itself. */
  readonly ended: boolean;
  readonly waitsForPeople: boolean;
  readonly next: Next;
  /** Null where the order could not be fixed. */
  readonly about: ShownLaunch | ShownGate | null;
  /** Whether the request holds another order by now than the one that was fixed. */
  readonly changedSince: boolean;
  readonly history: readonly ShownHappening[];
  /** How many happenings are left out, and after how many; null where the history is whole. */
  readonly historyLeftOut: { readonly count: number; readonly after: number } | null;
  readonly outputs: readonly ShownOutput[];
  readonly outputsLeftOut: number;
  readonly problem: ShownProblem | null;
}

/** What agents see besides, and approvers with a licence. */
export interface AgentView extends CustomerView {
  readonly operationId: string;
  readonly attempt: number;
  readonly mostAttempts: number;
  readonly requester: Person | null;
  readonly record: string | null;
  readonly provisionedProduct: { readonly id: string; readonly name: string } | null;
  readonly links: { readonly provisionedProduct: string | null; readonly stack: string | null };
  /** How the hand-over to the bridge goes; null where nothing was handed over. */
  readonly delivery: {
    readonly attempts: number;
    readonly dueAt: string;
    readonly acceptedAt: string | null;
    readonly recalled: boolean;
  } | null;
  /** When the bridge was last heard of. */
  readonly heardAt: string | null;
  /** What the sweep does next, and from when on; null where it does nothing any more. */
  readonly sweep: {
    readonly at: string;
    readonly does: 'shows' | 'checks' | 'looks' | 'sends' | 'asks';
  } | null;
  /** News that have still to be written on the request. */
  readonly untold: number;
  readonly actions: {
    /** Whether the visitor is an agent of the project. */
    readonly may: boolean;
    /** Says which state of the request the page has shown. */
    readonly stamp: string;
    readonly cancel: boolean;
    readonly retry: 'send' | 'launch' | null;
    /** Why a launch that has ended is not launched again; null where it is, or where that is no question. */
    readonly notAgain: 'untold' | 'spent' | null;
  };
}

/** What a panel is told: null where the request is none of ours, `soon` where its order is about to be taken up. */
export type Opened<View extends CustomerView> = View | 'soon' | null;

/** What was found when somebody had it looked for. */
export interface Resynced {
  readonly before: RequestState;
  readonly after: RequestState;
  /** What the bridge says of the operation; null where there was nothing to ask it about. */
  readonly bridge: 'unknown' | 'running' | 'ended' | 'broken' | 'silent' | null;
}
