import { oneLine } from '../../order/printable';
import { isUnchecked, isUnshown } from '../../request/decide';
import { holdsForm } from '../../request/form-digest';
import { FIRST_KEPT } from '../../request/history';
import { isHeldUp, isRecalled } from '../../request/on-its-way';
import { hasEnded, kindOf, type RequestRecord } from '../../request/record';
import { aboutOf } from './about';
import type { CustomerView, Next, Person, ShownHappening, ShownOutput, ShownProblem } from './view';

/** What is known besides the record. */
export interface Beside {
  /** What the request's property holds now; undefined where it was not asked for. */
  readonly property: { readonly value: unknown } | undefined;
  /** What the settings call a gate's account; null where they do not name it. */
  readonly accountName: string | null;
}

/** A request as its customer may see it: nobody's name, and nothing that only agents can act on. */
export const customerView = (record: RequestRecord, beside: Beside): CustomerView => ({
  ...viewOf(record, beside, () => []),
  problem: record.state === 'lost' ? null : problemOf(record, false),
});

/** @param peopleOf whom to name */
export const viewOf = (
  record: RequestRecord,
  { property, accountName }: Beside,
  peopleOf: (accountIds: readonly string[]) => readonly Person[],
): Omit<CustomerView, 'problem'> => ({
  kind: kindOf(record),
  requestKey: record.requestKey,
  state: record.state,
  since: record.since,
  ended: hasEnded(record) && (record.gone || record.outbox.length === 0),
  waitsForPeople: ['awaiting-approval', 'blocked', 'stuck'].includes(record.state),
  next: nextOf(record),
  about: aboutOf(record, accountName),
  changedSince:
    property !== undefined &&
    record.fixed?.kind === 'launch' &&
    !holdsForm(property.value, record.fixed.formDigest),
  history: record.history.map(({ at, what, state = null, by = [], attempt = 1 }): ShownHappening => ({
    at,
    what,
    state,
    by: peopleOf(by),
    attempt,
  })),
  historyLeftOut: record.historyLeftOut === 0 ? null : { count: record.historyLeftOut, after: FIRST_KEPT },
  outputs: record.outputs.map(outputOf),
  outputsLeftOut: record.outputsLeftOut,
});

const nextOf = (record: RequestRecord): Next => {
  if (record.cancelledBy !== null) return 'cancelled';
  if (isUnchecked(record) && !hasEnded(record)) return 'unchecked';
  if (isUnshown(record)) return 'unshown';
  if (isHeldUp(record)) return 'held-up';
  return isRecalled(record) ? 'recalled' : record.state;
};

const outputOf = ({ key, value, description }: RequestRecord['outputs'][number]): ShownOutput => ({
  key: oneLine(key),
  value,
  description: description === undefined ? null : oneLine(description),
  link: linkOf(value),
});

/** Only what is an address of the web as it stands, and would send nobody's password along. */
const linkOf = (value: string): string | null => {
  if (!/^https:\/\/[^\s\p{C}]+$/u.test(value)) return null;
  const url = URL.parse(value);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
};

/** @param coded whether agents read it */
export const problemOf = ({ problem }: RequestRecord, coded: boolean): ShownProblem | null => {
  if (problem === null) return null;
  const { errors, failedResource } = problem;
  return {
    failedResource: failedResource && {
      logicalId: oneLine(failedResource.logicalId),
      type: oneLine(failedResource.type),
      reason: oneLine(failedResource.reason),
    },
    errors: errors.map(({ code, message }) => ({
      code: coded ? oneLine(code) : null,
      message: oneLine(message.replace(/\s+/g, ' ')),
    })),
    remedies: [...new Set(errors.flatMap(({ remedy }) => (remedy === undefined ? [] : [oneLine(remedy)])))],
  };
};
