/** What Forge's packaging made, by file and in bytes, without source maps. */
export interface Packaged {
  readonly handlers: Readonly<Record<string, number>>;
  readonly resources: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What the packaging said aloud. */
  readonly warnings: readonly string[];
}
