import type { SecretState } from '../connection/connection-secrets';
import type { SyncMemory } from '../connection/sync-memory';
import type { TestArrival } from '../connection/test-verdict';
import type { IssueType, NeededPermission } from '../jira/project-set-up';
import type { RequestType } from '../jira/request-types';
import { sameStatus } from '../jira/transitions';
import type { Workflow } from '../jira/workflows';
import type { ProjectSettings, SettingsReading } from './project-settings';

/** What the check looks at, in the order in which somebody sets things up. */
export type CheckId =
  | 'secret-to-bridge'
  | 'secret-from-bridge'
  | 'callback-arrived'
  | 'catalogue-fresh'
  | 'settings-readable'
  | 'products-mapped'
  | 'products-offered'
  | 'request-types-exist'
  | 'request-types-in-portal'
  | 'accounts-listed'
  | 'regions-covered'
  | 'statuses-exist'
  | 'arrives-waiting'
  | 'approval-step'
  | 'approvers-field'
  | 'reporter-excluded'
  | 'ways-on'
  | 'gate-request-type'
  | 'gate-fields'
  | 'app-permissions'
  | 'mail-approvals';

/**
 * - `ok`
 * - `missing`: something is to be put right; `about` names what
 * - `advice`: it works as it is, but not as it should
 * - `unknown`: it cannot be read; somebody has to look
 */
export interface Checked {
  readonly id: CheckId;
  readonly state: 'ok' | 'missing' | 'advice' | 'unknown';
  readonly about: readonly string[];
}

export interface SetUp {
  readonly secrets: Readonly<Record<'toBridge' | 'fromBridge', SecretState>>;
  readonly arrival: TestArrival | undefined;
  readonly sync: SyncMemory;
  readonly settings: SettingsReading;
  /** Of the kept catalogue. */
  readonly products: readonly {
    readonly id: string;
    readonly name: string;
    readonly region: string;
    readonly launchable: boolean;
  }[];
  /** Undefined wherever Jira did not tell. */
  readonly requestTypes: readonly RequestType[] | undefined;
  readonly issueTypes: readonly IssueType[] | undefined;
  /** By the issue type's id. */
  readonly workflows: ReadonlyMap<string, Workflow>;
  readonly gateFields: readonly { readonly id: string; readonly required: boolean }[] | undefined;
  readonly missingPermissions: readonly NeededPermission[] | undefined;
  readonly now: Date;
}

/** Milliseconds after which a catalogue that is synchronised every hour is no longer fresh. */
const FRESH = 3 * 3_600_000;

export const checkSetUp = (setUp: SetUp): readonly Checked[] => [
  ...checkConnection(setUp),
  ...(setUp.settings.outcome === 'read'
    ? [ok('settings-readable'), ...checkSettings(setUp, setUp.settings.settings)]
    : [missing('settings-readable', faultsIn(setUp.settings))]),
  setUp.missingPermissions === undefined
    ? unknown('app-permissions')
    : verdict('app-permissions', setUp.missingPermissions),
  unknown('mail-approvals'),
];

const checkConnection = ({ secrets, arrival, sync, now }: SetUp): readonly Checked[] => {
  const isSet = ({ source }: SecretState): boolean => source === 'stored' || source === 'deployed';
  const since = [secrets.toBridge.since, secrets.fromBridge.since].map((at) => Date.parse(at ?? '') || 0);
  const arrivedAt = arrival === undefined ? -1 : Date.parse(arrival.arrivedAt);
  const { done } = sync;
  return [
    isSet(secrets.toBridge) ? ok('secret-to-bridge') : missing('secret-to-bridge'),
    isSet(secrets.fromBridge) ? ok('secret-from-bridge') : missing('secret-from-bridge'),
    // What arrived before a secret was changed says nothing of the new one.
    arrivedAt >= Math.max(...since) ? ok('callback-arrived') : missing('callback-arrived'),
    done !== null && now.getTime() - Date.parse(done.at) <= FRESH
      ? done.tooLarge.length > 0
        ? advice('catalogue-fresh', done.tooLarge)
        : ok('catalogue-fresh')
      : missing('catalogue-fresh', sync.failed === null ? [] : [sync.failed.reason]),
  ];
};

const checkSettings = (setUp: SetUp, settings: ProjectSettings): readonly Checked[] => {
  const { products, requestTypes } = setUp;
  const mapped = settings.products.map(({ productId }) => ({
    productId,
    product: products.find(({ id }) => id === productId),
  }));
  const nameOf = (productId: string): string =>
    products.find(({ id }) => id === productId)?.name ?? productId;
  const regions = new Set(settings.accounts.flatMap((account) => account.regions));
  const typeIds = [...new Set(settings.products.map(({ requestTypeId }) => requestTypeId))];
  const types = typeIds.flatMap((id) => requestTypes?.find((type) => type.id === id) ?? []);
  return [
    settings.products.length > 0 ? ok('products-mapped') : missing('products-mapped'),
    verdict(
      'products-offered',
      mapped.filter(({ product }) => product?.launchable !== true).map(({ productId }) => nameOf(productId)),
    ),
    ...(requestTypes === undefined
      ? [unknown('request-types-exist'), unknown('request-types-in-portal')]
      : [
          verdict(
            'request-types-exist',
            typeIds.filter((id) => !types.some((type) => type.id === id)),
          ),
          verdict(
            'request-types-in-portal',
            types.filter(({ inPortal }) => !inPortal).map(({ name }) => name),
          ),
        ]),
    settings.accounts.length > 0 ? ok('accounts-listed') : missing('accounts-listed'),
    verdict(
      'regions-covered',
      mapped.flatMap(({ product }) =>
        product && !regions.has(product.region) ? `${product.name} (${product.region})` : [],
      ),
    ),
    ...checkWorkflows(setUp, settings, types),
    ...checkGates(setUp, settings),
  ];
};

/** What becomes of requests: statuses, approval and ways on, for every issue type that a request type of ours has. */
const checkWorkflows = (
  { issueTypes, requestTypes, workflows }: SetUp,
  settings: ProjectSettings,
  types: readonly RequestType[],
): readonly Checked[] => {
  const { statuses, gates } = settings;
  const gateType = requestTypes?.find(({ id }) => id === gates?.requestTypeId);
  const all = gateType ? [...types, gateType] : types;
  const used = (issueTypes ?? []).filter(({ id }) => all.some(({ issueTypeId }) => issueTypeId === id));
  const wanted = Object.values(statuses);
  const statusesExist =
    issueTypes === undefined || used.length === 0
      ? unknown('statuses-exist')
      : verdict(
          'statuses-exist',
          used.flatMap((type) =>
            wanted
              .filter((status) => !type.statuses.some((known) => sameStatus(known, status)))
              .map((status) => `${type.name}: ${status}`),
          ),
        );

  const asked = new Set(
    [
      ...settings.products.filter(({ approval }) => approval === 'required'),
      ...(gates ? [gates] : []),
    ].flatMap(({ requestTypeId }) => all.find(({ id }) => id === requestTypeId)?.issueTypeId ?? []),
  );
  const seen = used.flatMap((type) => {
    const workflow = workflows.get(type.id);
    return workflow === undefined ? [] : [{ type, workflow }];
  });
  if (used.length === 0 || seen.length < used.length) {
    const ids = [
      'arrives-waiting',
      'approval-step',
      'approvers-field',
      'reporter-excluded',
      'ways-on',
    ] as const;
    return [statusesExist, ...ids.map((id) => unknown(id))];
  }

  const approving = seen.filter(({ type }) => asked.has(type.id));
  const stepOf = ({ approvals }: Workflow) =>
    approvals.find(({ status }) => sameStatus(status, statuses.awaitingApproval));
  const without = (fits: (workflow: Workflow) => boolean) =>
    approving.filter(({ workflow }) => !fits(workflow)).map(({ workflow }) => workflow.name);
  const leads = ({ transitions }: Workflow, from: string, to: string): boolean =>
    transitions.some((way) => (way.from === null || sameStatus(way.from, from)) && sameStatus(way.to, to));
  const ways = [
    [statuses.approved, statuses.done],
    [statuses.approved, statuses.failed],
  ] as const;
  const waysWhereApproved = [[statuses.awaitingApproval, statuses.declined], ...ways] as const;
  return [
    statusesExist,
    verdict(
      'arrives-waiting',
      without(({ initial }) => initial !== undefined && sameStatus(initial, statuses.awaitingApproval)),
    ),
    verdict(
      'approval-step',
      without((workflow) => {
        const step = stepOf(workflow);
        return (
          step?.approvedTo !== undefined &&
          step.declinedTo !== undefined &&
          sameStatus(step.approvedTo, statuses.approved) &&
          sameStatus(step.declinedTo, statuses.declined)
        );
      }),
    ),
    verdict(
      'approvers-field',
      without((workflow) => (stepOf(workflow)?.field ?? null) !== null),
    ),
    // Gatehouse keeps reporters from approving by itself; so people need not learn it only afterwards.
    settings.separationOfDuties
      ? adviceOn(
          'reporter-excluded',
          without((workflow) => stepOf(workflow)?.excludesReporter === true),
        )
      : ok('reporter-excluded'),
    adviceOn(
      'ways-on',
      seen.flatMap(({ type, workflow }) =>
        (asked.has(type.id) ? waysWhereApproved : ways)
          .filter(([from, to]) => !leads(workflow, from, to))
          .map(([from, to]) => `${workflow.name}: ${from} → ${to}`),
      ),
    ),
  ];
};

/** Fields that Gatehouse fills in on a gate's request. */
const FILLED_IN = ['summary', 'description'];

const checkGates = ({ requestTypes, gateFields }: SetUp, { gates }: ProjectSettings): readonly Checked[] => {
  if (!gates) return [];
  const type = requestTypes?.find(({ id }) => id === gates.requestTypeId);
  const filled = [...FILLED_IN, ...(gates.approversField === undefined ? [] : [gates.approversField])];
  return [
    requestTypes === undefined
      ? unknown('gate-request-type')
      : type === undefined
        ? missing('gate-request-type', [gates.requestTypeId])
        : adviceOn('gate-request-type', type.inPortal ? [type.name] : []),
    gateFields === undefined
      ? unknown('gate-fields')
      : verdict('gate-fields', [
          ...filled.filter((id) => !gateFields.some((field) => field.id === id)),
          ...gateFields.filter(({ id, required }) => required && !filled.includes(id)).map(({ id }) => id),
        ]),
  ];
};

const faultsIn = (settings: SettingsReading): readonly string[] =>
  settings.outcome === 'unusable' ? settings.problems.map(({ path, fix }) => `${path}: ${fix}`) : [];

const ok = (id: CheckId): Checked => ({ id, state: 'ok', about: [] });
const unknown = (id: CheckId): Checked => ({ id, state: 'unknown', about: [] });
const missing = (id: CheckId, about: readonly string[] = []): Checked => ({ id, state: 'missing', about });
const advice = (id: CheckId, about: readonly string[]): Checked => ({ id, state: 'advice', about });
const unique = (about: readonly string[]): readonly string[] => [...new Set(about)];
const verdict = (id: CheckId, about: readonly string[]): Checked =>
  about.length === 0 ? ok(id) : missing(id, unique(about));
const adviceOn = (id: CheckId, about: readonly string[]): Checked =>
  about.length === 0 ? ok(id) : advice(id, unique(about));
