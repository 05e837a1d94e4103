import type { Projects, ProjectWithProperty } from '../jira/project';
import { inPieces, joined, listsNamedIn } from './account-lists';

const PROPERTY = 'gatehouse';
/** How long a list of accounts is taken for what it was, in milliseconds. */
const LIST_HOLDS = 5 * 60_000;
/** Lists that are remembered; one has 32,768 characters at most. */
const REMEMBERED = 200;

/** There are more settings than Jira keeps in the properties that they may have. */
export class SettingsTooLarge extends Error {
  override readonly name = 'SettingsTooLarge';
  constructor() {
    super(
      'Jira keeps no settings as long as these. List fewer products or accounts, or give accounts to one organization or group in place of many.',
    );
  }
}

export interface SettingsProperty {
  /**
   * A project's settings as they are written there, in one piece; the same object as long as they are the same; undefined
   * where the project has none.
   */
  readonly of: (projectId: string) => Promise<unknown>;
  /** The service projects that have settings, with them. */
  readonly ofEveryProject: () => Promise<readonly ProjectWithProperty[]>;
  /** The keys of these projects, without reading what they name. */
  readonly projects: () => Promise<readonly string[]>;
  readonly write: WriteSettings;
}

/**
 * Writes settings that were checked.
 * @param project its id or key
 * @throws SettingsTooLarge, and what writing throws: then the settings are as they were, or, where only an answer was lost, as
 * they were to be
 */
export type WriteSettings = (
  project: string,
  settings: { readonly accounts: readonly unknown[] },
) => Promise<void>;

interface Writing {
  readonly writeProperty: (project: string, key: string, value: unknown) => Promise<void>;
  readonly deleteProperty: (project: string, key: string) => Promise<void>;
  /** A few letters or digits that no list's name has had before. */
  readonly newMark: () => string;
}

/** Lists first, then the property that names them: whoever reads meanwhile reads the settings from before or these. */
export const createWriteSettings =
  ({
    property,
    writeProperty,
    deleteProperty,
    newMark,
    report,
  }: Writing & {
    readonly property: Projects['property'];
    readonly report: (problem: string) => void;
  }): WriteSettings =>
  async (project, settings) => {
    const pieces = inPieces(settings, newMark());
    if (!pieces) throw new SettingsTooLarge();
    const before = listsNamedIn(await property(project, PROPERTY));
    for (const [name, list] of pieces.lists) await writeProperty(project, name, list);
    await writeProperty(project, PROPERTY, pieces.property);
    // Nobody reads them any more, so that one that stays is in nobody's way.
    for (const name of before) {
      await deleteProperty(project, name).catch((error: unknown) =>
        report(
          `${name} of project ${project} stays: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
    }
  };

/**
 * A project's settings where they lie: its property `gatehouse` and, where there are more accounts than fit into it, the lists
 * of accounts that this names, which are properties, too.
 */
export const createSettingsProperty = ({
  projects,
  now,
  report,
  ...writing
}: Writing & {
  readonly projects: Projects;
  readonly now: () => Date;
  readonly report: (problem: string) => void;
}): SettingsProperty => {
  const lists = new Map<string, { readonly value: unknown; readonly until: number }>();
  const wholes = new WeakMap<object, { readonly lists: readonly unknown[]; readonly value: unknown }>();

  const readLists = async (projectId: string, names: readonly string[]): Promise<void> => {
    const read = await projects.properties(projectId, names);
    const until = now().getTime() + LIST_HOLDS;
    for (const name of names) {
      lists.delete(`${projectId}/${name}`);
      // One that is not there yet may be a moment later.
      if (name in read) lists.set(`${projectId}/${name}`, { value: read[name], until });
    }
  };

  const listsOf = async (
    projectId: string,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, unknown>> => {
    const known = (name: string) => lists.get(`${projectId}/${name}`);
    const time = now().getTime();
    const old = names.filter((name) => (known(name)?.until ?? 0) <= time);
    if (old.length > 0) await readLists(projectId, old);
    const found = new Map(names.map((name) => [name, known(name)?.value]));
    for (const key of [...lists.keys()].slice(0, -REMEMBERED)) lists.delete(key);
    return found;
  };

  const whole = async (projectId: string, property: unknown): Promise<unknown> => {
    const names = listsNamedIn(property);
    if (names.length === 0 || typeof property !== 'object' || property === null) return property;
    const found = await listsOf(projectId, names);
    const values = [...found.values()];
    const before = wholes.get(property);
    if (before?.lists.every((list, index) => list === values[index])) return before.value;
    const value = joined(property, found);
    wholes.set(property, { lists: values, value });
    return value;
  };

  return {
    of: async (projectId) => whole(projectId, await projects.property(projectId, PROPERTY)),

    ofEveryProject: async () =>
      Promise.all(
        (await projects.withProperty(PROPERTY)).map(async (project) => ({
          ...project,
          value: await whole(project.id, project.value),
        })),
      ),

    projects: async () => (await projects.withProperty(PROPERTY)).map(({ key }) => key),

    write: createWriteSettings({ ...writing, property: projects.property, report }),
  };
};
