import { z } from 'zod';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import { digestOf, Order } from '../../aws-bridge/contract/order';
import { formDigest } from '../../forge-app/request/form-digest';
import type { PersonName } from '../sandbox/site';
import { type Change, fieldsWithRows } from '../binding/changes';
import { type Binding, named, type Outcome, type Request, startBinding } from './approval-binding-stage';

/*
 * Every field of an order, changed at every moment, in a place where it lies in Jira or in the app. Those who can write such a place
 * take turns: test/binding has all of them. Invariants 2 (what is launched is exactly what was approved) and 9 (what is refused says
 * why).
 */

const MOMENTS = [
  'before it is fixed',
  'after it is fixed',
  'during its approval',
  'between its approval and the look at it',
  'in the queue',
  'before it is sent again',
  'after the bridge has it',
] as const;
type Moment = (typeof MOMENTS)[number];

/** Somebody, and the place that they write. */
interface Means {
  readonly who: string;
  readonly moments: readonly Moment[];
  /** What becomes of it, where it is not that it is refused. */
  readonly harmless?: (moment: Moment, change: Change) => boolean;
  readonly attack: (binding: Binding, request: Request, changed: Order, change: Change) => Promise<unknown>;
}

const FIELDS = Object.keys(Order.shape);
const ONCE_FIXED = MOMENTS.slice(1);
const done = (status: number): void => expect([200, 201, 204]).toContain(status);
const refused = (status: number): void => expect([403, 404]).toContain(status);

/** What the form would hold of an order, and what it could not, where somebody writes that all the same. */
const inForm = (binding: Binding, request: Request, changed: Order): unknown => {
  const tag = changed.tags['gatehouse:request'];
  const form = binding.formOf(changed);
  return tag === request.order.tags['gatehouse:request'] ? form : { ...form, tags: changed.tags };
};

const writingForm = (as: PersonName): Means => ({
  who: `${as}, by the order on the request`,
  moments: MOMENTS,
  // The reporter is not asked for again. What the form holds before it is fixed is what is approved.
  harmless: (moment, { field }) => moment === 'before it is fixed' || field === 'requester',
  attack: async (binding, request, changed, { field }) =>
    done(
      field === 'requester'
        ? await binding.rewriteReporter(as, request, changed.requester)
        : await binding.rewriteForm(as, request, inForm(binding, request, changed)),
    ),
});

const membersOf = (kept: unknown) => z.record(z.string(), z.unknown()).parse(kept);

const writingStorage = (what: string, keepsDigests: boolean, rewritesForm: boolean): Means => ({
  who: `somebody with the app’s storage, ${what}`,
  moments: ONCE_FIXED,
  attack: async (binding, request, order) => {
    const kept = keepsDigests ? {} : { digest: digestOf(order) };
    binding.store(request, (record) => ({
      ...record,
      fixed: {
        ...membersOf(record['fixed']),
        ...kept,
        order,
        ...(rewritesForm && { formDigest: digestOfForm(binding, order) }),
      },
      ...(record['handover'] !== null && { handover: { ...membersOf(record['handover']), ...kept, order } }),
    }));
    if (rewritesForm) done(await binding.rewriteForm('agent', request, binding.formOf(order)));
  },
});

const digestOfForm = (binding: Binding, order: Order): string => formDigest(binding.formOf(order));

const MEANS: readonly Means[] = [
  writingForm('agent'),
  writingForm('project-admin'),
  writingForm('admin'),
  writingStorage('in the order alone', true, false),
  writingStorage('in the order and its digest', false, false),
  writingStorage('in the order, its digest and the form', false, true),
  {
    who: 'somebody with the app’s storage, in what is to be sent alone',
    moments: MOMENTS.slice(4),
    // It is not what was decided, so that is sent instead.
    harmless: () => true,
    attack: (binding, request, order) => {
      const digest = digestOf(order);
      binding.store(request, (record) => ({
        ...record,
        handover: { ...membersOf(record['handover']), order, digest },
      }));
      return Promise.resolve();
    },
  },
  {
    who: 'project-admin, by the comment that shows the order',
    moments: ONCE_FIXED,
    attack: async (binding, request, changed) =>
      done(await binding.rewriteComment('project-admin', request, changed)),
  },
];

/** Whoever can write none of these places. */
const POWERLESS: readonly PersonName[] = ['employee', 'colleague', 'outsider', 'collaborator', 'approver'];

interface Cell {
  readonly moment: Moment;
  readonly who: string;
  readonly name: string;
  readonly request: Request;
  readonly act: () => Promise<unknown>;
  readonly approved: Order;
  readonly harmless: boolean;
}

let binding: Binding;
const cells: Cell[] = [];
const outcomes = new Map<Cell, Outcome>();
const shown = new Map<Cell, string | undefined>();

const cellOf = (means: Means, moment: Moment, change: Change): Cell => {
  const request = binding.submit();
  const changed = change.to(request.order);
  return {
    ...{ moment, who: means.who, name: named(change), request },
    act: () => means.attack(binding, request, changed, change),
    approved: moment === 'before it is fixed' ? changed : request.order,
    harmless: moment === 'after the bridge has it' || (means.harmless?.(moment, change) ?? false),
  };
};

const NOBODY = 'whoever Jira does not let write there';

/** All changes that people try on one request, none of which Jira lets them make. */
const powerless = (moment: Moment): Cell => {
  const request = binding.submit();
  const act = async () => {
    for (const change of binding.changes) {
      const changed = change.to(request.order);
      for (const as of POWERLESS) {
        refused(await binding.rewriteForm(as, request, inForm(binding, request, changed)));
        refused(await binding.rewriteReporter(as, request, changed.requester));
      }
    }
    if (moment === 'before it is fixed') return;
    for (const as of [...POWERLESS, 'agent'] as const) {
      for (const shown of [...binding.changes.map((change) => change.to(request.order)), null])
        refused(await binding.rewriteComment(as, request, shown));
    }
  };
  return { moment, who: NOBODY, name: 'every change', request, act, approved: request.order, harmless: true };
};

const ENDED = ['refused-order', 'blocked', 'refused', 'succeeded', 'failed', 'stuck'];

beforeAll(async () => {
  binding = await startBinding();
  const { journey } = binding;
  const { faults, clock } = journey.sandbox;
  MOMENTS.forEach((moment, turn) => {
    const able = MEANS.filter(({ moments }) => moments.includes(moment));
    FIELDS.forEach((field, index) => {
      const ways = binding.changes.filter((change) => change.field === field);
      const [means, change] = [able[(index + turn) % able.length], ways[turn % ways.length]];
      if (means && change) cells.push(cellOf(means, moment, change));
    });
    cells.push(powerless(moment));
  });
  const requests = cells.map(({ request }) => request);
  const at = async (moment: Moment): Promise<void> => {
    for (const cell of cells) if (cell.moment === moment) await cell.act();
  };

  await at('before it is fixed');
  await binding.until(requests, (state) => state !== undefined);
  await clock.advance(binding.minute);
  for (const cell of cells) shown.set(cell, binding.shownDigest(cell.request));
  await at('after it is fixed');
  await binding.approve(requests, 'approver');
  await at('during its approval');
  await binding.approve(requests, 'other-approver');
  await at('between its approval and the look at it');
  await binding.until(requests, (state) => state !== 'awaiting-approval');
  expect(journey.sandbox.journal.of('bridge', 'POST /webhook')).toStrictEqual([]);
  await at('in the queue');
  faults.plan('bridge', 'POST /webhook', 'failed', requests.length);
  await clock.advance(1000);
  faults.clear();
  expect(journey.sandbox.aws.lambda.engine.executions).toStrictEqual([]);
  await at('before it is sent again');
  await clock.advance(binding.minute);
  const late = cells.filter(({ moment }) => moment === 'after the bridge has it');
  await binding.until(
    late.map(({ request }) => request),
    (state) => state === 'provisioning' || state === 'succeeded',
  );
  await at('after the bridge has it');
  await binding.until(requests, (state) => ENDED.includes(state ?? ''));
  await clock.advance(20 * binding.minute);
  for (const cell of cells) outcomes.set(cell, binding.outcome(cell.request, cell.approved));
});
afterAll(() => binding.close());

test('every field that an order has is changed here', () => {
  expect([...fieldsWithRows()].sort()).toEqual([...FIELDS].sort());
  const [request] = cells.map((cell) => cell.request);
  for (const change of binding.changes) {
    const before = request?.order ?? Order.parse({});
    expect({ [named(change)]: canonicalJson(change.to(before)) }).not.toEqual({
      [named(change)]: canonicalJson(before),
    });
  }
});

const wrong = (cell: Cell): string[] => {
  const outcome = outcomes.get(cell);
  if (!outcome) return ['nothing came of it'];
  const { launches, state = 'none', told } = outcome;
  const expected = cell.harmless ? ['as approved', 'none'] : ['none'];
  const faults = expected.includes(launches) ? [] : [`launched ${launches}`];
  const digest = shown.get(cell);
  if (launches === 'as approved' && digest !== digestOf(cell.approved))
    faults.push('launched without being shown');
  if (launches === 'none' && !/(R|r)aise a new request/.test(told))
    faults.push(`${state}, without a word why: ${told}`);
  return faults.map((fault) => `${cell.name}: ${fault}`);
};

const table = MOMENTS.flatMap((moment) => [
  ...MEANS.filter(({ moments }) => moments.includes(moment)).map(({ who }) => [moment, who] as const),
  [moment, NOBODY] as const,
]);

test.each(table)('changed %s by %s, nothing is launched but what was approved', (moment, who) => {
  const own = cells.filter((cell) => cell.moment === moment && cell.who === who);
  expect(own.length).toBeGreaterThan(0);
  expect(own.flatMap(wrong)).toStrictEqual([]);
});

test('both ends are met with: what is launched, and what is not', () => {
  const cameTo = (launches: Outcome['launches']) =>
    cells.filter((cell) => outcomes.get(cell)?.launches === launches).length;
  expect(cameTo('as approved') + cameTo('none')).toBe(cells.length);
  expect(cameTo('as approved')).toBeGreaterThan(20);
  expect(cameTo('none')).toBeGreaterThan(30);
});
