import type { Choices, FieldProblem } from '../../pages/settings/view';
import type { SettingsDraft } from '../../settings/draft';
import type { Texts } from '../../texts/texts';

/** What every tab of the settings works on. */
export interface TabProps {
  readonly draft: SettingsDraft;
  readonly edit: (change: Partial<SettingsDraft>) => void;
  readonly problems: readonly FieldProblem[];
  readonly choices: Choices;
  readonly texts: Texts;
}
