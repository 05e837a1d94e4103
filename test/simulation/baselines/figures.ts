import { isToBeLaunched, shownOn, wrongWith } from '../invariants';
import type { Launch } from '../observations';
import type { Wish } from '../people';
import { UNSPEAKABLE, type World } from '../world/world';
import type { Wires } from '../world/wires';

/** Counts of what came of a world, taken from the outside: the same of every bridge. */
export const FIGURES = {
  requests: 'requests for a launch',
  operations: 'operations that the app handed over',
  launches: 'provisioned products that were made for them',
  unapproved: 'launched without a final approval, or after it was declined or taken back',
  otherwise: 'launched otherwise than it was approved',
  doubled: 'operations that were launched twice or more',
  due: 'requests whose launch nothing stands in the way of',
  lost: '… of which nothing was ever launched',
  ended: 'requests whose stack has ended',
  untold: '… of which the request does not say how',
  unacknowledged: 'operations that were launched, and the app does not know that they arrived',
  stuck: 'requests that are left to an agent, as stuck',
  secrets: 'secrets and pre-signed addresses in logs and requests',
} as const;
export type Figure = keyof typeof FIGURES;
export type Figures = Readonly<Record<Figure, number>>;

/** Milliseconds after the end of the trouble for which everything is given time: four times what the app waits at most. */
const PATIENCE = 60 * 60_000;

/** Whom a launch came from. */
export type OriginOf = (launch: Launch) => { readonly operationId: string; readonly handedOver: number };

/** Sees which operations the app hands over, and whether it was told that they have arrived. */
export const createDeliveries = () => {
  const acknowledged = new Map<string, boolean>();
  return {
    acknowledged: acknowledged as ReadonlyMap<string, boolean>,
    watched: (wires: Wires): Wires => ({
      ...wires,
      forge: async (destination, call) => {
        if (destination.remote !== 'bridge') return wires.forge(destination, call);
        const { type } = JSON.parse(call.body.toString()) as { readonly type: string };
        if (type !== 'operation.approved') return wires.forge(destination, call);
        const id = call.headers['webhook-id'] ?? '';
        acknowledged.set(id, acknowledged.get(id) ?? false);
        const reply = await wires.forge(destination, call);
        if (reply.status >= 200 && reply.status < 300) acknowledged.set(id, true);
        return reply;
      },
    }),
  };
};
export type Deliveries = ReturnType<typeof createDeliveries>;

/** Lets a world come to its end, and counts. */
export const takeFigures = async (
  world: World,
  parts: {
    readonly wishes: readonly Wish[];
    readonly originOf: OriginOf;
    readonly deliveries: Deliveries;
  },
): Promise<Figures> => {
  const { time, observations, forge, logged, broken, faultsEnd } = world;
  await time.until(faultsEnd + PATIENCE);
  if (broken.length > 0) throw new Error(`The world is not sound: ${broken.join('; ')}`);

  const requests = parts.wishes.filter(({ kind, issue }) => kind === 'launch' && issue !== undefined);
  const launchesOf = ({ issue }: Wish): readonly Launch[] =>
    observations.launches.filter(({ by }) => by === issue?.key);
  const statusOf = ({ provisionedProductId }: Launch) => observations.standing(provisionedProductId)?.status;

  const launches = requests.flatMap((wish) =>
    launchesOf(wish).map((launch) => {
      const { operationId, handedOver } = parts.originOf(launch);
      const wrong = new Set([...wrongWith(launch, wish, handedOver)].map(({ invariant }) => invariant));
      return { operationId, wrong };
    }),
  );
  const ofNobody = observations.launches.length - launches.length;
  const perOperation = new Map<string, number>();
  for (const { operationId } of launches)
    perOperation.set(operationId, (perOperation.get(operationId) ?? 0) + 1);

  const ended = requests.filter((wish) => {
    const made = launchesOf(wish).map(statusOf);
    return made.length > 0 && !made.includes('UNDER_CHANGE');
  });
  const isTold = (wish: Wish): boolean => {
    const there = launchesOf(wish).some((launch) => statusOf(launch) === 'AVAILABLE');
    return wish.issue !== undefined && shownOn(wish.issue)?.state === (there ? 'succeeded' : 'failed');
  };
  const isBeingSent = (operationId: string): boolean =>
    parts.deliveries.acknowledged.get(operationId) === false &&
    forge.site.issues.some((issue) => {
      const shown = shownOn(issue);
      return shown?.operation === operationId && shown.state === 'sending';
    });

  const due = requests.filter(isToBeLaunched);
  const texts = [
    ...logged,
    ...forge.site.issues.map(
      ({ summary, description, comments, properties }) =>
        `${summary} ${description} ${comments.map(({ body }) => body).join(' ')} ${JSON.stringify([...properties])}`,
    ),
  ];
  return {
    requests: requests.length,
    operations: parts.deliveries.acknowledged.size,
    launches: observations.launches.length,
    unapproved: ofNobody + launches.filter(({ wrong }) => wrong.has('approved')).length,
    otherwise: launches.filter(({ wrong }) => wrong.has('exact')).length,
    doubled: [...perOperation.values()].filter((count) => count > 1).length,
    due: due.length,
    lost: due.filter((wish) => launchesOf(wish).length === 0).length,
    ended: ended.length,
    untold: ended.filter((wish) => !isTold(wish)).length,
    stuck: requests.filter(({ issue }) => issue && shownOn(issue)?.state === 'stuck').length,
    unacknowledged: [...perOperation.keys()].filter(isBeingSent).length,
    secrets: texts.filter((text) => UNSPEAKABLE.some((word) => text.includes(word))).length,
  };
};
