import type { SecretState } from '../../connection/connection-secrets';
import type { SyncMemory } from '../../connection/sync-memory';
import type { TestVerdict } from '../../connection/test-verdict';
import type { IssueType } from '../../jira/project-set-up';
import type { Named } from '../../jira/people';
import type { RequestType } from '../../jira/request-types';
import type { SettingsDraft } from '../../settings/draft';
import type { Checked } from '../../settings/set-up-check';

/** The connection, which is the whole installation's. */
export interface ConnectionView {
  /** Whether the visitor may change it. */
  readonly mayChange: boolean;
  /** Null where the platform does not tell. */
  readonly bridgeUrl: string | null;
  /** The web trigger's address, for the bridge's configuration; null where the platform does not tell. */
  readonly callbackUrl: string | null;
  readonly secrets: Readonly<Record<'toBridge' | 'fromBridge', SecretState>>;
}

export interface CatalogueView {
  readonly products: readonly {
    readonly id: string;
    readonly name: string;
    readonly region: string;
    readonly launchable: boolean;
  }[];
  readonly sync: SyncMemory;
}

/** What is picked from. Undefined: Jira did not tell, so that ids are typed. */
export interface Choices {
  readonly issueTypes?: readonly IssueType[] | undefined;
  readonly requestTypes?: readonly RequestType[] | undefined;
  readonly organizations?: readonly Named[] | undefined;
  readonly approverFields?: readonly Named[] | undefined;
  /** Names of the groups and people that the settings list. */
  readonly groups: readonly Named[];
  readonly people: readonly Named[];
}

/** `path` within the settings, such as `accounts.0.regions`; `message` for whoever reads it in the property. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** The answer to `settings.open`. */
export interface SettingsView {
  /** Of the settings as they are saved. */
  readonly revision: string;
  readonly saved: 'read' | 'absent' | 'unusable';
  readonly draft: SettingsDraft;
  readonly problems: readonly FieldProblem[];
  readonly choices: Choices;
  readonly catalogue: CatalogueView;
  readonly connection: ConnectionView;
}

/** The answer to `settings.save`. */
export interface SavedView {
  readonly revision: string;
}

/** The answer to `settings.check`. */
export interface CheckView {
  readonly checked: readonly Checked[];
}

/** The answer to `connection.change`. */
export interface SecretChangedView {
  readonly state: SecretState;
  /** A secret that was generated: shown once, never told again. */
  readonly generated: string | null;
}

/** The answer to `connection.test` and `connection.outcome`; null where nothing was tested. */
export type TestView = TestVerdict | null;
