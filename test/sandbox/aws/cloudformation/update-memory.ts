import type { Standing } from './provider';
import { type Design, isStanding, type StackRecord } from './stack-record';

/** What an update needs to know of the stack as it was, and of what it has come by since. */
export interface Before {
  readonly design: Design;
  readonly outputs: StackRecord['outputs'];
  readonly resources: ReadonlyMap<string, Standing>;
  /** Logical ids of the resources that were asked to change. */
  readonly touched: Set<string>;
  /** Every physical resource that a logical id has had since, in the order in which it had them. */
  readonly had: ReadonlyMap<string, readonly Standing[]>;
  /** Takes down what a logical id has now. */
  saw(stack: StackRecord, logicalId: string): void;
}

/** Looks at a stack before it is updated. */
export const remember = (stack: StackRecord): Before => {
  const resources = new Map<string, Standing>();
  const had = new Map<string, Standing[]>();
  const saw: Before['saw'] = ({ resources: records }, logicalId) => {
    const record = records.get(logicalId);
    if (!record || !isStanding(record)) return;
    const { existing, properties } = record;
    const others = (had.get(logicalId) ?? []).filter((other) => other.existing.id !== existing.id);
    had.set(logicalId, [...others, { existing, properties }]);
  };
  for (const record of stack.resources.values()) {
    saw(stack, record.logicalId);
    if (isStanding(record)) {
      resources.set(record.logicalId, { existing: record.existing, properties: record.properties });
    }
  }
  return { design: stack.design, outputs: stack.outputs, resources, touched: new Set(), had, saw };
};
