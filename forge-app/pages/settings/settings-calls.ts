import { z } from 'zod';
import type { CatalogSyncResult } from '../../catalog/catalog-sync';
import type { Named, Picking } from '../../jira/people';
import type { ProjectSetUp } from '../../jira/project-set-up';
import type { RequestTypes } from '../../jira/request-types';
import { draftOf, propertyOf, revisionOf, SettingsDraft } from '../../settings/draft';
import { readProjectSettings, type SettingsReading } from '../../settings/project-settings';
import { type SettingsProperty, SettingsTooLarge } from '../../settings/settings-property';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Administering } from './administering';
import type { CatalogueView, ConnectionView, FieldProblem, SavedView, SettingsView } from './view';

/** Characters of a portal's name for a request type. */
const LONGEST_NAME = 100;

const Save = z.strictObject({
  revision: z.string().max(100),
  /** `accounts` is null where they stay as they are. */
  draft: SettingsDraft.extend({ accounts: SettingsDraft.shape.accounts.nullable() }),
});
const Find = z.strictObject({ text: z.string().trim().min(1).max(100) });
const NewRequestType = z.strictObject({
  productId: z.string().max(100),
  name: z.string().trim().min(1).max(LONGEST_NAME),
  issueTypeId: z.string().regex(/^\d{1,19}$/),
});

export interface SettingsPorts {
  readonly administering: Administering;
  /** The project's settings as they are. */
  readonly property: SettingsProperty['of'];
  readonly write: SettingsProperty['write'];
  /** After settings were saved: the project may be one that had none. */
  readonly saved: () => Promise<unknown>;
  readonly serviceDeskOf: (projectId: string) => Promise<{ readonly id: string }>;
  readonly requestTypes: RequestTypes;
  readonly project: Pick<ProjectSetUp, 'issueTypes'>;
  readonly picking: Picking;
  readonly catalogue: () => Promise<CatalogueView>;
  readonly connection: (mayChange: boolean) => Promise<ConnectionView>;
  readonly synchronise: (siteId: string) => Promise<CatalogSyncResult>;
  readonly report: (problem: string) => void;
}

/** What the project's settings page asks for about the project. */
export const createSettingsCalls = (ports: SettingsPorts): Readonly<Record<string, PageCall>> => {
  const { administering, picking, requestTypes } = ports;

  /** What cannot be picked can still be typed, so a list that Jira does not give does not keep the page from opening. */
  const orNothing = async <Value>(what: string, asked: Promise<Value>): Promise<Value | undefined> =>
    asked.catch((error: unknown) => {
      ports.report(`${what} could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });

  return {
    'settings.open': administering(async ({ projectId, jiraAdministrator }) => {
      const value = await ports.property(projectId);
      const reading = readProjectSettings(value);
      const draft = draftOf(value);
      const desk = orNothing('The service desk', ports.serviceDeskOf(projectId));
      const ofDesk = async <Value>(
        what: string,
        ask: (id: string) => Promise<Value>,
      ): Promise<Value | undefined> => {
        const found = await desk;
        return found && orNothing(what, ask(found.id));
      };
      const [types, issueTypes, organizations, approverFields, groups, people, catalogue, connection] =
        await Promise.all([
          ofDesk('The request types', requestTypes.list),
          orNothing('The issue types', ports.project.issueTypes(projectId)),
          ofDesk('The organizations', requestTypes.organizations),
          orNothing('The fields', picking.approverFields()),
          orNothing('Names of groups', picking.groups([...new Set(draft.accounts.flatMap((a) => a.groups))])),
          orNothing('Names of people', picking.people(draft.gates?.approvers ?? [])),
          ports.catalogue(),
          ports.connection(jiraAdministrator),
        ]);
      const choices = { requestTypes: types, issueTypes, organizations, approverFields };
      return ok<SettingsView>({
        revision: revisionOf(value),
        saved: reading.outcome,
        draft,
        problems: problemsOf(reading),
        choices: { ...choices, groups: groups ?? [], people: people ?? [] },
        catalogue,
        connection,
      });
    }),

    'settings.save': administering(async ({ projectId }, payload) => {
      const { revision, draft } = Save.parse(payload);
      const before = await ports.property(projectId);
      if (revisionOf(before) !== revision) return refused('changed');
      const value = propertyOf({ ...draft, accounts: draft.accounts ?? draftOf(before).accounts });
      const reading = readProjectSettings(value);
      const problems = problemsOf(reading);
      if (reading.outcome !== 'read') return refused('invalid', { problems: asFields(problems) });
      try {
        await ports.write(projectId, value);
      } catch (error) {
        if (!(error instanceof SettingsTooLarge)) throw error;
        return refused('invalid', { problems: [{ field: 'gatehouse', message: error.message }] });
      }
      // Until it is known the sweep does not look into the project; it is looked up every hour in any case.
      await orNothing('The projects with settings', ports.saved());
      return ok<SavedView>({ revision: revisionOf(await ports.property(projectId)) });
    }),

    'settings.create-request-type': administering(async ({ projectId }, payload) => {
      const { productId, name, issueTypeId } = NewRequestType.parse(payload);
      const product = (await ports.catalogue()).products.find(({ id }) => id === productId);
      if (!product) {
        const message = `The catalogue has no product ${productId}. Synchronise it, then look again.`;
        return refused('invalid', { problems: [{ field: 'productId', message }] });
      }
      const { id } = await ports.serviceDeskOf(projectId);
      const description = `${product.name}, launched in an AWS account once it is approved.`;
      return ok(await requestTypes.create(id, { name, description, issueTypeId }));
    }),

    'settings.find-groups': administering(async (_place, payload) =>
      ok<readonly Named[]>(await picking.findGroups(Find.parse(payload).text)),
    ),

    'settings.find-people': administering(async (_place, payload) =>
      ok<readonly Named[]>(await picking.findPeople(Find.parse(payload).text)),
    ),

    'settings.synchronise': administering(async ({ siteId }) => {
      try {
        await ports.synchronise(siteId);
      } catch (error) {
        return refused('unavailable', { detail: error instanceof Error ? error.message : String(error) });
      }
      return ok<CatalogueView>(await ports.catalogue());
    }),
  };
};

const problemsOf = (reading: SettingsReading): readonly FieldProblem[] =>
  reading.outcome === 'unusable' ? reading.problems.map(({ path, fix }) => ({ path, message: fix })) : [];

const asFields = (problems: readonly FieldProblem[]) =>
  problems.map(({ path, message }) => ({ field: path, message }));
