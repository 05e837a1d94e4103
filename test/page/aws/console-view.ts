/** What the page shows of AWS; crosses the wire as JSON, so moments are ISO 8601 timestamps. */
export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly stacks: readonly StackSummary[];
  readonly provisionedProducts: readonly ProvisionedProductView[];
}

export interface StackSummary {
  readonly name: string;
  readonly status: string;
  readonly description: string | undefined;
  readonly createdAt: string;
}

export interface ProvisionedProductView {
  readonly name: string;
  readonly product: string;
  readonly version: string;
  /** Such as `AVAILABLE`. */
  readonly status: string;
  readonly message: string | undefined;
  readonly createdAt: string;
  /** The stack behind it, once there is one. */
  readonly stack: string | undefined;
}

export interface StackView extends StackSummary {
  readonly id: string;
  readonly reason: string | undefined;
  readonly parameters: readonly { readonly key: string; readonly value: string }[];
  readonly outputs: readonly {
    readonly key: string;
    readonly value: string;
    readonly description: string | undefined;
  }[];
  readonly resources: readonly {
    readonly logicalId: string;
    readonly type: string;
    readonly status: string;
    readonly physicalId: string | undefined;
  }[];
  /** Newest first. */
  readonly events: readonly {
    readonly id: string;
    readonly at: string;
    readonly logicalId: string;
    readonly type: string;
    readonly status: string;
    readonly reason: string | undefined;
  }[];
}

export interface LaunchableVersion {
  readonly productId: string;
  readonly product: string;
  readonly description: string | undefined;
  readonly versionId: string;
  readonly version: string;
}

export interface LaunchParameter {
  readonly key: string;
  readonly type: string;
  readonly value: string;
  readonly secret: boolean;
  readonly description: string | undefined;
  readonly constraint: string | undefined;
  /** What can be chosen; empty where it is written. */
  readonly choices: readonly string[];
  /** Whether several of the choices can be chosen. */
  readonly several: boolean;
}
