/** One request that crossed a wire, or one thing that a stand-in did. */
export interface Entry {
  /** Simulated time. */
  readonly at: Date;
  /** Who called: a role's name, `forge-app`, a person. */
  readonly caller: string;
  /** Who was called: `servicecatalog`, `lambda`, `jira`, `bridge`, `web trigger` … */
  readonly service: string;
  /** What was asked: an API operation, or a method and path. */
  readonly operation: string;
  /** HTTP status of the answer; 0 where no answer came. */
  readonly status: number;
  /** What helps a reader: ids, names, error codes. Never a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Everything that happened in a sandbox, in order. Tests count on it, the story narrates it. */
export class Journal {
  readonly entries: Entry[] = [];
  readonly #listeners: ((entry: Entry) => void)[] = [];

  record(entry: Entry): void {
    this.entries.push(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  listen(listener: (entry: Entry) => void): void {
    this.#listeners.push(listener);
  }

  /** The entries of one service, of one operation where named. */
  of(service: string, operation?: string): Entry[] {
    return this.entries.filter(
      (entry) => entry.service === service && (operation === undefined || entry.operation === operation),
    );
  }
}
