import type { Gate } from '../../aws-bridge/contract/gate';
import { oneLine } from '../order/printable';
import type {
  AccountSetting,
  GatesSetting,
  ProjectSettings,
  SettingsReading,
} from '../settings/project-settings';

type Place = Pick<Gate, 'account' | 'region'>;

/** What the settings say about gates of an account; undefined where the project does not take them. */
export const takesGate = (
  { gates, accounts }: ProjectSettings,
  { account, region }: Place,
): { readonly gates: GatesSetting; readonly account: AccountSetting } | undefined => {
  const known = accounts.find(({ id, regions }) => id === account && regions.includes(region));
  return gates && known ? { gates, account: known } : undefined;
};

export interface ProjectOfSite {
  readonly id: string;
  readonly key: string;
  readonly settings: SettingsReading;
}

/**
 * The project that a gate's request is raised in. Where several take the account's gates it is the one with the lowest
 * id: a stack is not to fail because two service desks look after its account.
 * @returns the project's id, or sentences that tell an administrator what to do
 */
export const takingProject = (
  gate: Place,
  projects: readonly ProjectOfSite[],
): { readonly projectId: string } | { readonly problem: string } => {
  const taking = projects
    .filter(({ settings }) => settings.outcome === 'read' && takesGate(settings.settings, gate))
    .map(({ id }) => id)
    .sort((one, other) => Number(one) - Number(other));
  const [first] = taking;
  if (first !== undefined) return { projectId: first };
  const unusable = projects.flatMap(({ key, settings }) =>
    settings.outcome === 'unusable'
      ? [
          `The settings of project ${key} cannot be used: ${settings.problems
            .slice(0, MAX_PROBLEMS)
            .map(({ path, value, fix }) => `${path} is ${oneLine(value)}: ${fix}`)
            .join(' ')}`,
        ]
      : [],
  );
  return {
    problem: [
      `No project of the Jira site takes approvals for the account ${gate.account} in ${gate.region}.`,
      'Its administrator has to list this account with this region in a project’s settings that have the section "gates".',
      ...unusable.slice(0, MAX_PROBLEMS),
    ].join(' '),
  };
};

const MAX_PROBLEMS = 3;
