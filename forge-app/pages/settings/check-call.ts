import type { SyncMemory } from '../../connection/sync-memory';
import type { TestArrival } from '../../connection/test-verdict';
import type { ProjectSetUp } from '../../jira/project-set-up';
import type { RequestTypes } from '../../jira/request-types';
import type { Workflow, Workflows } from '../../jira/workflows';
import type { SettingsReading } from '../../settings/project-settings';
import { checkSetUp, type SetUp } from '../../settings/set-up-check';
import { ok } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Administering } from './administering';
import type { CheckView } from './view';

export interface CheckPorts {
  readonly administering: Administering;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
  readonly serviceDeskOf: (projectId: string) => Promise<{ readonly id: string }>;
  readonly requestTypes: Pick<RequestTypes, 'list' | 'fieldsOf'>;
  readonly project: Pick<ProjectSetUp, 'issueTypes' | 'missingPermissions'>;
  readonly workflows: Workflows;
  readonly products: () => Promise<SetUp['products']>;
  readonly sync: () => Promise<SyncMemory>;
  readonly secrets: () => Promise<SetUp['secrets']>;
  readonly arrival: () => Promise<TestArrival | undefined>;
  readonly now: () => Date;
}

/** Workflows that are looked at; a service desk has few issue types. */
const MOST_WORKFLOWS = 10;

/** The check of the set-up, of what is saved. What cannot be read is said to be unknown. */
export const createCheckCall = (ports: CheckPorts): Readonly<Record<string, PageCall>> => ({
  'settings.check': ports.administering(async ({ projectId }) => {
    const settings = await ports.settingsOf(projectId);
    const desk = await orUnknown(ports.serviceDeskOf(projectId));
    const [requestTypes, issueTypes, missingPermissions, products, sync, secrets, arrival] =
      await Promise.all([
        desk && orUnknown(ports.requestTypes.list(desk.id)),
        orUnknown(ports.project.issueTypes(projectId)),
        orUnknown(ports.project.missingPermissions(projectId)),
        ports.products(),
        ports.sync(),
        ports.secrets(),
        ports.arrival(),
      ]);
    const read = settings.outcome === 'read' ? settings.settings : undefined;
    const gates = read?.gates;
    const ours = new Set([
      ...(read?.products ?? []).map(({ requestTypeId }) => requestTypeId),
      ...(gates ? [gates.requestTypeId] : []),
    ]);
    const used = new Set(
      (requestTypes ?? []).filter(({ id }) => ours.has(id)).map(({ issueTypeId }) => issueTypeId),
    );
    const [workflows, gateFields] = await Promise.all([
      workflowsOf(ports.workflows, projectId, [...used].slice(0, MOST_WORKFLOWS)),
      desk && gates && orUnknown(ports.requestTypes.fieldsOf(desk.id, gates.requestTypeId)),
    ]);
    return ok<CheckView>({
      checked: checkSetUp({
        ...{ secrets, arrival, sync, settings, products, requestTypes, issueTypes, workflows },
        ...{ gateFields, missingPermissions },
        now: ports.now(),
      }),
    });
  }),
});

/** Only who administers Jira may read them; others read on the page what to look for. */
const workflowsOf = async (
  workflows: Workflows,
  projectId: string,
  issueTypeIds: readonly string[],
): Promise<ReadonlyMap<string, Workflow>> => {
  const found = await Promise.all(
    issueTypeIds.map(async (id) => [id, await orUnknown(workflows.of(projectId, id))] as const),
  );
  return new Map(found.flatMap(([id, workflow]) => (workflow ? [[id, workflow] as const] : [])));
};

const orUnknown = async <Value>(asked: Promise<Value>): Promise<Value | undefined> =>
  asked.catch(() => undefined);
