/** A function as its stack declares it. Which code it runs is known by its name. */
export interface DeclaredFunction {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly durable: { readonly executionTimeoutSeconds: number; readonly retentionDays: number } | undefined;
  readonly alias: string | undefined;
  /** How often Lambda repeats an asynchronous invocation that failed. */
  readonly asynchronousRetries: number;
}

/** The functions of every account. */
export class Functions {
  readonly #byArn = new Map<string, DeclaredFunction>();

  get all(): readonly DeclaredFunction[] {
    return [...this.#byArn.values()];
  }

  /** @throws Error where the account has a function of that name */
  create(declared: DeclaredFunction): void {
    if (this.#byArn.has(declared.arn)) throw new Error(`Function already exist: ${declared.name}`);
    this.#byArn.set(declared.arn, declared);
  }

  change(
    arn: string,
    change: Partial<Pick<DeclaredFunction, 'alias' | 'asynchronousRetries'>>,
  ): DeclaredFunction {
    const changed = { ...this.get(arn), ...change };
    this.#byArn.set(changed.arn, changed);
    return changed;
  }

  /** By ARN, with or without a version or alias. @throws Error where there is none */
  get(arn: string): DeclaredFunction {
    const declared = this.#byArn.get(arn.split(':').slice(0, 7).join(':'));
    if (!declared) throw new Error(`Function not found: ${arn}`);
    return declared;
  }
}
