import { type Gate, gateDigestOf, type GateRaised } from '../../aws-bridge/contract/gate';
import { whoHasApproved } from '../approval/judge-approval';
import { GateContradicted, GateNotTaken, OperationUnknown, RequestBusy } from '../callback/refusal';
import type { IssueSearch } from '../jira/issue-search';
import { JiraNotFound, JiraRefused, JiraUnavailable } from '../jira/jira-client';
import type { CustomerRequests } from '../jira/request';
import type { CustomerRequest, ServiceDesks } from '../jira/service-desk';
import { ENTITY_PROPERTY } from '../request/entity-property';
import { newRecord, type RequestRecord } from '../request/record';
import { type Requests, taken } from '../request/requests';
import type { GatesSetting, SettingsReading } from '../settings/project-settings';
import type { GateEntry, GateStore, RaisedRequest, StoredGate } from './gate-entry';
import { gateComment, gateDescription, gateSummary } from './gate-texts';
import { type ProjectOfSite, takesGate, takingProject } from './taking-project';

interface Ports {
  readonly gates: GateStore;
  readonly requests: Requests;
  readonly desks: ServiceDesks;
  /** Every project of the site that has settings. */
  readonly projects: () => Promise<readonly ProjectOfSite[]>;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
  readonly search: IssueSearch;
  readonly approvalsOf: CustomerRequests['approvalsOf'];
  readonly now: () => Date;
  /** A name for this invocation that no other has. */
  readonly newHolder: () => string;
  /** 32 hexadecimal digits that nobody can guess. */
  readonly newMark: () => string;
  readonly report: (problem: string) => void;
}

export interface GateRequests {
  /**
   * Raises the request of a gate, once, however often it is asked to.
   * @throws GateNotTaken, GateContradicted, RequestBusy
   */
  readonly raise: (gate: Gate) => Promise<GateRaised>;
  /**
   * The issue of a gate's request; undefined where it has none.
   * @throws RequestBusy while that is not known
   */
  readonly requestOf: (gateId: string) => Promise<string | undefined>;
}

/**
 * Milliseconds during which one invocation alone raises a request. An invocation lives for 55 seconds at most; the rest
 * is for Jira's index, in which the next one looks for what this one may have left.
 */
const ATTEMPT = 180_000;
/** Milliseconds for which settings that were there and are not shown any more are waited for: the app may have lost its rights. */
const HOUR = 3_600_000;
/** Characters of the approvers' comment; Jira takes 32,767. */
const LONGEST_COMMENT = 30_000;

/**
 * The customer requests of gates. Jira has no way of creating a request only once, so the app writes down that it is
 * about to, and under which mark. Whoever finds such an attempt without an outcome waits until it is over, and looks for
 * a request with that mark before raising another.
 */
export const createGateRequests = (ports: Ports): GateRequests => {
  const { gates, requests, desks, now } = ports;

  const begin = async (gate: Gate): Promise<StoredGate> => {
    const projects = await ports.projects();
    const chosen = takingProject(gate, projects);
    if ('problem' in chosen) throw new GateNotTaken(chosen.problem);
    const { projectId } = chosen;
    const { account } = taking(await ports.settingsOf(projectId), gate);
    const desk = await desks.ofProject(projectId).catch((error: unknown) => {
      throw saysNo(error) ? new GateNotTaken(notRaised(error), { cause: error }) : error;
    });
    const entry: GateEntry = {
      gate,
      projectId,
      serviceDeskId: desk.id,
      accountName: account.name,
      requester: (await customerWith(desk.id, gate.requesterEmail)) ?? null,
      mark: ports.newMark(),
      attempt: null,
      raised: null,
    };
    const { length } = gateComment(entry);
    if (length > LONGEST_COMMENT) throw new GateNotTaken(tooLong(length));
    const stored = (await gates.create(gate.gateId, entry)) ?? (await gates.load(gate.gateId));
    if (!stored) throw new RequestBusy();
    return stored;
  };

  /** Whether customers may be looked through is the project's to say; without that nobody is found. */
  const customerWith = async (serviceDeskId: string, email: string): Promise<string | undefined> => {
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) return undefined;
    try {
      return await desks.customerWith(serviceDeskId, email);
    } catch (error) {
      if (!(error instanceof JiraRefused)) throw error;
      ports.report(`${error.message}. The request is raised by the app itself`);
      return undefined;
    }
  };

  /** @throws RequestBusy where another invocation is at it, or has come first */
  const claim = async (stored: StoredGate): Promise<StoredGate> => {
    const until = new Date(now().getTime() + ATTEMPT).toISOString();
    const attempt = { holder: ports.newHolder(), until };
    const claimed = await gates.replace(idOf(stored), stored, { ...stored.record, attempt });
    if (!claimed) throw new RequestBusy();
    return claimed;
  };

  const waitForAttempt = ({ record: { attempt } }: StoredGate): void => {
    const left = attempt === null ? 0 : Date.parse(attempt.until) - now().getTime();
    if (left > 0) throw new RequestBusy(left / 1000);
  };

  /** The request that an attempt without an outcome may have left. The oldest is it: a copy can only be younger. */
  const leftBehind = async ({ projectId, mark }: GateEntry): Promise<RaisedRequest | undefined> => {
    const jql = `project = ${projectId} AND description ~ "${mark}" ORDER BY created ASC`;
    const [first] = (await ports.search.first(jql, ENTITY_PROPERTY)).found;
    return first && raisedAs(await desks.request(first.id));
  };

  const post = async (claimed: StoredGate, gatesSetting: GatesSetting): Promise<RaisedRequest> => {
    const entry = claimed.record;
    const { requestTypeId, approversField, approvers } = gatesSetting;
    try {
      return raisedAs(
        await desks.raise({
          serviceDeskId: entry.serviceDeskId,
          requestTypeId,
          onBehalfOf: entry.requester ?? undefined,
          fields: {
            summary: gateSummary(entry),
            description: gateDescription(entry),
            ...(approversField !== undefined &&
              approvers && { [approversField]: approvers.map((accountId) => ({ accountId })) }),
          },
        }),
      );
    } catch (error) {
      if (!saysNo(error)) throw error;
      await gates.replace(idOf(claimed), claimed, { ...entry, attempt: null });
      throw new GateNotTaken(notRaised(error), { cause: error });
    }
  };

  const raiseOnce = async (stored: StoredGate): Promise<RaisedRequest> => {
    waitForAttempt(stored);
    const { record: entry } = stored;
    const settings = await ports.settingsOf(entry.projectId);
    if (settings.outcome === 'absent' && now().getTime() - Date.parse(entry.gate.openedAt) < HOUR) {
      throw new JiraUnavailable('the settings by which a gate was taken', 'it shows none now', null);
    }
    const { gates: setting } = taking(settings, entry.gate);
    const claimed = await claim(stored);
    const before = entry.attempt === null ? undefined : await leftBehind(entry);
    const raised = before ?? (await post(claimed, setting));
    await settle(claimed, raised);
    return raised;
  };

  const settle = async (stored: StoredGate, raised: RaisedRequest): Promise<void> => {
    const settled = await gates.replace(idOf(stored), stored, { ...stored.record, attempt: null, raised });
    if (!settled) throw new RequestBusy();
  };

  /** Sees that the request shows what is decided about; from then on a decision counts. */
  const show = async ({ gate, ...entry }: GateEntry, raised: RaisedRequest): Promise<RequestRecord> => {
    const { issueId, requestKey, reporter } = raised;
    const { gateId } = gate;
    const known = await requests.find(issueId);
    const record = newRecord({
      issueId,
      requestKey,
      projectId: entry.projectId,
      operationId: gateId,
      now: now(),
    });
    const about = {
      kind: 'gate',
      gate,
      digest: gateDigestOf(gate),
      at: now().toISOString(),
      reporter,
      approvedBlind: known ? [] : [...whoHasApproved(await ports.approvalsOf(issueId))],
    } as const;
    const summary = gateComment({ gate, ...entry });
    const applied = known
      ? await requests.apply(issueId)
      : await requests.open(taken(record, { type: 'fixed', fixed: about, summary }, now()));
    if (!applied || applied.record.gone) throw new OperationUnknown();
    if (applied.effects === 'busy') throw new RequestBusy();
    return applied.record;
  };

  return {
    raise: async (gate) => {
      const { gateId } = gate;
      const stored = (await gates.load(gateId)) ?? (await begin(gate));
      if (gateDigestOf(stored.record.gate) !== gateDigestOf(gate)) throw new GateContradicted();
      const raised = stored.record.raised ?? (await raiseOnce(stored));
      await show(stored.record, raised);
      return { gateId, requestKey: raised.requestKey, link: raised.link };
    },

    requestOf: async (gateId) => {
      const stored = await gates.load(gateId);
      if (!stored) return undefined;
      const { record: entry } = stored;
      if (entry.raised === null) {
        if (entry.attempt === null) return undefined;
        waitForAttempt(stored);
        const left = await leftBehind(entry);
        if (!left) return undefined;
        await settle(stored, left);
        await show(entry, left);
        return left.issueId;
      }
      if (!(await requests.find(entry.raised.issueId))) await show(entry, entry.raised);
      return entry.raised.issueId;
    },
  };
};

const idOf = ({ record }: StoredGate): string => record.gate.gateId;

const raisedAs = ({ issueId, requestKey, reporter, link }: CustomerRequest): RaisedRequest => ({
  issueId,
  requestKey,
  reporter,
  link,
});

const taking = (settings: SettingsReading, gate: Gate) => {
  const taken = settings.outcome === 'read' ? takesGate(settings.settings, gate) : undefined;
  if (taken) return taken;
  throw new GateNotTaken(
    `The project of the Jira site in which the account ${gate.account} was approved does not take its approvals in ${gate.region} any more. Its administrator has to look at the section "gates" and the accounts in the project’s settings.`,
  );
};

/** Jira has refused for good, so there is no request. Being signed out is no such thing. */
const saysNo = (error: unknown): error is JiraRefused | JiraNotFound =>
  error instanceof JiraNotFound || (error instanceof JiraRefused && [400, 403].includes(error.status));

const notRaised = ({ message }: Error): string =>
  `The request for this approval cannot be raised. ${message.slice(0, 500)}. A Jira administrator has to look at the request type, its fields and its approvers in the section "gates" of the project’s settings.`;

const tooLong = (length: number): string =>
  `What there is to decide about is too long to be shown on a request: ${length} characters, at most ${LONGEST_COMMENT} are possible. Let the product show fewer parameters, or launch it with shorter values.`;
