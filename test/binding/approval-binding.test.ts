import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import { seal } from '../../aws-bridge/contract/codec';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { digestOf, Order } from '../../aws-bridge/contract/order';
import { signingKey } from '../../aws-bridge/contract/signature';
import { launchOperationId } from '../../forge-app/order/operation-id';
import { formDigest } from '../../forge-app/request/form-digest';
import { SITE } from '../builders/orders';
import { newWebhookSecret, PERSON } from '../sandbox/site';
import { type Change, changesTo, fieldsWithRows } from './changes';
import { aRequestWorld, ELSEWHERE, formOf, ORDER, type RequestWorld } from './request-world';

/*
 * Every field of an order × every moment × every place where it can be changed: nothing is launched but what was approved. Invariants 2
 * and 9. Who may write which of these places is the sandbox's to say: test/journeys/approval-binding*.
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
const FROM = (moment: Moment): readonly Moment[] => MOMENTS.slice(MOMENTS.indexOf(moment));

const SECRET = newWebhookSecret();
const OPERATION = launchOperationId({ siteId: SITE, issueId: '10042' });

interface Attack {
  readonly world: RequestWorld;
  readonly changed: Order;
  readonly change: Change;
  readonly moment: Moment;
}
type Expectation = 'refused' | 'as approved';

interface Place {
  readonly place: string;
  /** When there is such a place. */
  readonly moments: readonly Moment[];
  readonly attack: (attack: Attack) => unknown;
  readonly expected: (attack: Pick<Attack, 'change' | 'moment'>) => Expectation;
}

/** Once the bridge has an operation, what becomes of Jira and of the app's storage changes nothing. */
const untilSent: Place['expected'] = ({ moment }) =>
  moment === 'after the bridge has it' ? 'as approved' : 'refused';

const stored = (
  place: string,
  write: (order: Order) => { readonly order?: Order; readonly digest?: string; readonly formDigest?: string },
  more: (attack: Attack) => void = () => undefined,
): Place => ({
  place: `the app’s storage: ${place}`,
  moments: FROM('after it is fixed'),
  expected: untilSent,
  attack: async (attack) => {
    const { order, digest, formDigest: form } = write(attack.changed);
    const written = { ...(order && { order }), ...(digest !== undefined && { digest }) };
    await attack.world.store((record) => ({
      ...record,
      fixed: record.fixed && { ...record.fixed, ...written, ...(form !== undefined && { formDigest: form }) },
      handover: record.handover && { ...record.handover, ...written },
    }));
    more(attack);
  },
});

const digestOfForm = (order: Order): string => formDigest(formOf(order));

/** What the app would hand over, about another order. */
const operationAbout = ({ world, changed }: Attack, digest = digestOf(changed)): ApprovedOperation => ({
  ...{ operationId: OPERATION, kind: 'launch', site: SITE, requestKey: 'IT-42', order: changed, digest },
  approval: { approvers: [PERSON.approver], approvedAt: world.now().toISOString() },
});

const sent = (attack: Attack, secret: string, data: unknown): Promise<number> => {
  const at = attack.world.now();
  const content = { type: 'operation.approved', timestamp: at.toISOString(), data };
  const { headers, body } = seal({ id: OPERATION, at, content, key: signingKey(secret) });
  return attack.world.post({ ...headers }, body);
};

const PLACES: readonly Place[] = [
  {
    place: 'the form on the request',
    moments: MOMENTS,
    attack: ({ world, changed, change }) =>
      change.field === 'requester'
        ? (world.jira.reporter = changed.requester)
        : (world.jira.property = formOf(changed)),
    expected: ({ change, moment }) => {
      // What is stored last counts until it is fixed, unless it cannot be ordered.
      if (moment === 'before it is fixed') return isOrderable(change) ? 'as approved' : 'refused';
      return change.field === 'requester' ? 'as approved' : untilSent({ change, moment });
    },
  },
  {
    place: 'the form on the request, and back again',
    moments: FROM('after it is fixed'),
    attack: async ({ world, changed }) => {
      const before = world.jira.property;
      world.jira.property = formOf(changed);
      await world.raise();
      world.jira.property = before;
    },
    expected: () => 'as approved',
  },
  {
    place: 'the comment that shows the order',
    moments: FROM('after it is fixed'),
    attack: ({ world, changed }) => {
      for (const comment of world.jira.comments) {
        comment.body = comment.body.replace(/^Digest: .*$/m, `Digest: ${digestOf(changed)}`);
        comment.edited = true;
      }
    },
    expected: untilSent,
  },
  {
    place: 'the comment that shows the order, but for its digest',
    moments: FROM('after it is fixed'),
    attack: ({ world, change }) => {
      for (const comment of world.jira.comments) {
        comment.body = comment.body.replace('Please decide', `Please decide (${change.what})`);
        comment.edited = true;
      }
    },
    expected: untilSent,
  },
  {
    place: 'the comment that shows the order: hidden',
    moments: FROM('after it is fixed'),
    attack: ({ world }) => world.jira.comments.forEach((comment) => (comment.public = false)),
    expected: untilSent,
  },
  {
    place: 'the comment that shows the order: deleted',
    moments: FROM('after it is fixed'),
    attack: ({ world }) => void world.jira.comments.splice(0),
    expected: untilSent,
  },
  stored('the order', (order) => ({ order })),
  stored('the digest', (order) => ({ digest: digestOf(order) })),
  stored('the order and its digest', (order) => ({ order, digest: digestOf(order) })),
  stored('all of it', (order) => ({ order, digest: digestOf(order), formDigest: digestOfForm(order) })),
  stored(
    'all of it, and the form on the request',
    (order) => ({ order, digest: digestOf(order), formDigest: digestOfForm(order) }),
    ({ world, changed }) => (world.jira.property = formOf(changed)),
  ),
  {
    place: 'the app’s storage: what is to be sent',
    moments: FROM('in the queue'),
    attack: ({ world, changed }) =>
      world.store((record) => ({
        ...record,
        handover: record.handover && { ...record.handover, order: changed, digest: digestOf(changed) },
      })),
    // That is not what was decided, which is sent instead.
    expected: () => 'as approved',
  },
  {
    place: 'the queue: another operation, told twice, or what is none',
    moments: FROM('in the queue'),
    attack: ({ world }) =>
      world.enqueue(
        launchOperationId({ siteId: SITE, issueId: '10042', attempt: 2 }),
        'launch-1-0000000000000000',
      ),
    expected: () => 'as approved',
  },
  {
    place: 'the wire, without the key',
    moments: FROM('after it is fixed'),
    attack: async (attack) => {
      expect(await sent(attack, newWebhookSecret(), operationAbout(attack))).toBe(401);
    },
    expected: () => 'as approved',
  },
  {
    place: 'the wire: a genuine message with another body',
    moments: FROM('after it is fixed'),
    attack: async (attack) => {
      const { world, changed } = attack;
      const at = world.now();
      const write = (order: Order, digest: string) => ({
        type: 'operation.approved',
        timestamp: at.toISOString(),
        data: operationAbout({ ...attack, changed: order }, digest),
      });
      const { headers } = seal({
        ...{ id: OPERATION, at, key: signingKey(SECRET) },
        content: write(ORDER, digestOf(ORDER)),
      });
      for (const digest of [digestOf(ORDER), digestOf(changed)]) {
        expect(await world.post({ ...headers }, JSON.stringify(write(changed, digest)))).toBe(401);
      }
    },
    expected: () => 'as approved',
  },
  {
    place: 'the wire, with the key: the order without its digest',
    moments: FROM('after it is fixed'),
    attack: async (attack) => {
      expect(await sent(attack, SECRET, operationAbout(attack, digestOf(ORDER)))).toBe(400);
    },
    expected: () => 'as approved',
  },
  {
    place: 'the wire, with the key: another order under the name of this one',
    moments: ['after the bridge has it'],
    attack: async (attack) => {
      expect(await sent(attack, SECRET, operationAbout(attack))).toBe(409);
    },
    expected: () => 'as approved',
  },
  {
    place: 'an execution of another name, started in the hub account: the order without its digest',
    moments: FROM('after it is fixed'),
    attack: (attack) =>
      attack.world.startExecution('by-hand', canonicalJson(operationAbout(attack, digestOf(ORDER)))),
    expected: () => 'as approved',
  },
  {
    place: 'an execution of this name, started in the hub account',
    moments: ['after the bridge has it'],
    attack: async (attack) => {
      await expect(
        attack.world.startExecution(OPERATION, canonicalJson(operationAbout(attack))),
      ).rejects.toMatchObject({ name: 'AlreadyStarted' });
    },
    expected: () => 'as approved',
  },
];

/** A product is offered in one region, and that tag is the app's own. */
const isOrderable = ({ field, what }: Change): boolean =>
  field !== 'region' && what !== 'the request of somebody else';

/** Takes one request through all of its moments. @returns the world as it is in the end */
const play = async ({ place, change, moment }: { place: Place; change: Change; moment: Moment }) => {
  const world = aRequestWorld(SECRET);
  const changed = change.to(ORDER);
  const now = async (reached: Moment): Promise<void> => {
    world.pass(1);
    if (reached === moment) await place.attack({ world, changed, change, moment });
  };
  await now('before it is fixed');
  await world.raise();
  await now('after it is fixed');
  world.firstApproves();
  await world.look();
  await now('during its approval');
  world.secondApproves();
  await now('between its approval and the look at it');
  await world.look();
  await now('in the queue');
  world.bridgeIs(false);
  await world.work();
  world.bridgeIs(true);
  world.pass(60);
  await now('before it is sent again');
  await world.work();
  // A decision that was recalled is asked after; where it stands again it is sent after all.
  for (let again = 0; again < 4 && world.launched.length === 0; again += 1) {
    world.pass(480);
    await world.work();
  }
  await now('after the bridge has it');
  await world.work();
  const approved =
    moment === 'before it is fixed' && place.place === 'the form on the request' ? changed : ORDER;
  return { world, approved };
};

const changes = changesTo(ELSEWHERE);

test('every field that an order has is changed here, and every change makes another order', () => {
  expect([...fieldsWithRows()].sort()).toEqual(Object.keys(Order.shape).sort());
  const texts = [ORDER, ...changes.map(({ to }) => to(ORDER))].map((order) =>
    canonicalJson(Order.parse(order)),
  );
  expect(new Set(texts).size).toBe(texts.length);
});

test('what is changed could be launched, were it approved', async () => {
  const launched = await Promise.all(
    changes.filter(isOrderable).map(async (change) => {
      const place = PLACES[0] as Place;
      const { world } = await play({ place, change, moment: 'before it is fixed' });
      return [canonicalJson(change.to(ORDER)), world.launched.map(({ order }) => order)];
    }),
  );
  for (const [order, orders] of launched) expect(orders).toEqual([order]);
});

const WHY =
  /order was changed after it was checked|does not stand any more as it was written|cannot be launched as it stands/;

const faultsOf = async (place: Place, moment: Moment, change: Change): Promise<string[]> => {
  const { world, approved } = await play({ place, change, moment });
  const expected = place.expected({ change, moment });
  const text = canonicalJson(approved);
  const digest = /^Digest: (.*)$/m.exec(world.jira.told[0] ?? '')?.[1];
  const launched = world.launched.map(({ order }) => (order === text ? 'as approved' : order));
  const faults: string[] = [];
  if (launched.some((order) => order !== 'as approved')) faults.push(`launched ${launched.join()}`);
  if (launched.length !== (expected === 'refused' ? 0 : 1)) {
    faults.push(
      `launched ${launched.length} times, though ${expected}; ${world.record()?.state ?? 'unknown'}`,
    );
  }
  if (launched.length > 0 && digest !== digestOf(approved)) faults.push('launched what was not shown');
  if (expected === 'refused' && !WHY.test(world.jira.told.join('\n'))) faults.push('nobody was told why');
  return faults.map((fault) => `${change.field}: ${change.what}: ${fault}`);
};

const table = PLACES.flatMap(({ place, moments }) => moments.map((moment) => [place, moment] as const));

test.each(table)('in %s, %s: nothing is launched but what was approved', async (name, moment) => {
  const place = PLACES.find((candidate) => candidate.place === name);
  expect(place).toBeDefined();
  const faults: string[] = [];
  for (const change of changes) if (place) faults.push(...(await faultsOf(place, moment, change)));
  expect(faults).toStrictEqual([]);
});
