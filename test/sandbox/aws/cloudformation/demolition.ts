import type { Chronicle } from './chronicle';
import { createProcession } from './procession';
import type { Providers } from './providers';
import type { Run } from './runs';
import type { ResourceRecord, StackRecord } from './stack-record';

interface Removal {
  readonly records: readonly ResourceRecord[];
  /** What each depends on: it goes before them. */
  readonly dependsOn: (logicalId: string) => ReadonlySet<string> | undefined;
  /** What the template says of it: `Delete`, `Retain`, `RetainExceptOnCreate`, `Snapshot`. */
  readonly policyOf: (record: ResourceRecord) => string | undefined;
  /** Whether what was only just created is kept where it is to be retained except on create. */
  readonly keepsNew: boolean;
  /** Takes what would not go. */
  readonly end: (failed: readonly ResourceRecord[]) => void;
}

/** Removes resources, what depends on others before those, in simulated time. */
export type Demolition = (stack: StackRecord, run: Run, removal: Removal) => void;

const GONE = new Set(['DELETE_COMPLETE', 'DELETE_SKIPPED']);

export const createDemolition =
  ({ chronicle, providers }: { readonly chronicle: Chronicle; readonly providers: Providers }): Demolition =>
  (stack, run, { records, dependsOn, policyOf, keepsNew, end }) => {
    // By position: of one logical id there may be several, of which one has replaced another.
    const waitsFor = new Map(
      records.map(({ logicalId }, position) => [
        String(position),
        new Set(
          records.flatMap((other, at) => (dependsOn(other.logicalId)?.has(logicalId) ? [String(at)] : [])),
        ),
      ]),
    );
    const failed: ResourceRecord[] = [];
    const begin = (position: string): void => {
      const record = records[Number(position)];
      if (!record) return;
      const { existing, properties } = record;
      if (!GONE.has(record.status)) {
        if (!existing) {
          chronicle.resource(stack, record, 'DELETE_COMPLETE');
        } else if (
          policyOf(record) === 'Retain' ||
          (keepsNew && policyOf(record) === 'RetainExceptOnCreate')
        ) {
          chronicle.resource(stack, record, 'DELETE_SKIPPED');
        } else {
          chronicle.resource(stack, record, 'DELETE_IN_PROGRESS');
          const { logicalId, type } = record;
          const withSnapshot = policyOf(record) === 'Snapshot';
          const what = { stack, logicalId, type, existing, properties, withSnapshot };
          providers.of(type).remove(what, run, (failure) => {
            if (failure !== undefined) failed.push(record);
            chronicle.resource(
              stack,
              record,
              failure === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED',
              failure,
            );
            if (failure === undefined) record.existing = undefined;
            procession.through(position);
          });
          return;
        }
      }
      procession.through(position);
    };
    const procession = createProcession(waitsFor, { begin, end: () => end(failed) });
    procession.start();
  };
