import type { Issue } from '../sandbox/atlassian/jira-site';
import type { Session } from '../sandbox/aws/access';
import { REGION } from '../sandbox/organization';
import { appUuid, PERSON, REQUEST_TYPE } from '../sandbox/site';
import { between, choose, type Draw } from './draw';
import { TENANTS } from './world/aws';
import { APP_ID } from './world/forge';
import type { World } from './world/world';

const MINUTE = 60_000;
const PROPERTY = appUuid(APP_ID);

/** What an employee fills in. */
export interface Form {
  readonly productId: string;
  readonly provisioningArtifactId: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly parameters: { readonly Size: string };
}

/** What was wanted, and what people then did about it: the truth that everything is held against. */
export interface Wish {
  readonly kind: 'launch' | 'gate';
  /** Whether nobody has to approve it. */
  readonly free: boolean;
  readonly form: Form;
  /** The request, once there is one. */
  issue: Issue | undefined;
  /** Of a gate: the provisioned product that its launcher made in the console. */
  provisionedProductId: string | undefined;
  /** Approvals that were completed, by entitled people, and declines. */
  readonly decisions: {
    readonly at: number;
    readonly decision: 'approved' | 'declined';
    readonly entitled: boolean;
    /** Of what a comment had shown to the approver by then. */
    readonly digest: string | undefined;
  }[];
  /** Whether somebody wrote another order onto the request, and when. */
  tampered: number | undefined;
  /** When somebody withdrew an approved request or sent it back to its approval; undefined once it was reopened, or approved anew. */
  takenBack: number | undefined;
  /** Whether somebody moved the request past its approval, or called it off. */
  moved: boolean;
  cancelled: boolean;
  /** When an agent last had it launched or sent once more. */
  retried: number | undefined;
  /** Whether that broke off between moving the request back and launching: it stands where launches are made from, and nobody launches. */
  movedBack: boolean;
}

const KINDS = ['launch', 'launch', 'launch', 'launch', 'launch', 'failing', 'free', 'gate', 'gate'] as const;
const NAMES = ['reports', 'reports', 'archive'] as const;
/** @param index from 1 */
export const kindOfWish = (draw: Draw, index: number): (typeof KINDS)[number] =>
  choose(draw(`kind of wish ${index}`), KINDS);

/** One act of somebody's besides the two of the main job, and how often it happens. */
const EXTRAS = {
  tamper: 0.12,
  bypass: 0.1,
  withdraw: 0.08,
  'send back': 0.06,
  reopen: 0.05,
  resync: 0.2,
  cancel: 0.08,
  retry: 0.25,
} as const;
type Extra = keyof typeof EXTRAS;
const MOVES: Partial<Record<Extra, string>> = {
  bypass: '31',
  withdraw: '43',
  'send back': '44',
  reopen: '51',
};

/**
 * Lets people loose on a world: they ask, approve and decline, change their mind, meddle, and press every button, all at
 * moments of their own.
 * @param keeps whether an act is to happen; left out, the others stay as they are
 * @param span milliseconds within which all of it begins
 */
export const letPeopleLoose = (
  world: World,
  {
    draw,
    keeps,
    span,
  }: { readonly draw: Draw; readonly keeps: (act: string) => boolean; readonly span: number },
): readonly Wish[] => {
  const { time, aws } = world;
  const wishes: Wish[] = [];
  const count = choose(draw('how many wishes'), [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 5]);

  const act = (name: string, at: number, run: () => unknown): void => {
    if (at >= span || !keeps(name)) return;
    time.after(at, name, () => run());
  };

  for (let index = 1; index <= count; index += 1) {
    const of = (what: string): number => draw(`${what} of wish ${index}`);
    const kind = kindOfWish(draw, index);
    const product = aws.products.get(kind === 'gate' ? 'gated' : kind === 'failing' ? 'failing' : 'queue');
    if (!product) throw new Error(`The simulated portfolio has no product for ${kind}`);
    const wish: Wish = {
      kind: kind === 'gate' ? 'gate' : 'launch',
      free: kind === 'free',
      form: {
        productId: product.productId,
        provisioningArtifactId: product.versionId,
        account: choose(of('account'), TENANTS),
        region: REGION,
        name: choose(of('name'), NAMES),
        parameters: { Size: choose(of('size'), ['small', 'large']) },
      },
      issue: undefined,
      provisionedProductId: undefined,
      decisions: [],
      tampered: undefined,
      takenBack: undefined,
      moved: false,
      cancelled: false,
      retried: undefined,
      movedBack: false,
    };
    wishes.push(wish);
    const begins = Math.floor(of('beginning') * span * 0.4);
    const later = (what: string, from: number, to: number): number =>
      begins + between(of(what), from, to) * MINUTE;

    act(`wish ${index}`, begins, () =>
      kind === 'gate' ? launchInConsole(world, wish) : ask(world, wish, of('approver') < 0.08),
    );
    const decision = choose(of('decision'), [
      'approved',
      'approved',
      'approved',
      'approved',
      'approved',
      'declined',
      undefined,
    ] as const);
    if (!wish.free && decision)
      act(`decision ${index}`, later('decision', 1, 14), () => decide(world, wish, decision));
    for (const extra of Object.keys(EXTRAS) as Extra[]) {
      if (of(extra) >= EXTRAS[extra]) continue;
      act(`${extra} ${index}`, later(`moment of ${extra}`, 0, 25), () =>
        doExtra(world, wish, extra, of(`how ${extra}`)),
      );
      if (extra === 'retry')
        act(`second retry ${index}`, later('moment of second retry', 10, 35), () =>
          doExtra(world, wish, extra, 0),
        );
    }
  }
  return wishes;
};

const ask = ({ forge }: World, wish: Wish, ofOneself: boolean): void => {
  const type = forge.site.requestTypes.find(
    ({ id }) => id === (wish.free ? REQUEST_TYPE.unapproved : REQUEST_TYPE.approved),
  );
  if (!type) throw new Error('The simulated portal lacks a request type');
  wish.issue = forge.site.raise({
    reporter: PERSON.employee,
    type,
    summary: 'Something from the catalogue',
    properties: { [PROPERTY]: wish.form },
    ...(ofOneself && { approvers: [PERSON.employee] }),
  });
};

const launchInConsole = async ({ aws, time }: World, wish: Wish): Promise<void> => {
  const { productId, provisioningArtifactId, account, region, parameters } = wish.form;
  const session: Session = aws.person(account);
  const name = `by-hand-${time.millis}-${wish.form.name}`;
  const output = await aws.call({
    ...{ service: 'servicecatalog', operation: 'ProvisionProduct', region, session },
    input: {
      ...{
        ProductId: productId,
        ProvisioningArtifactId: provisioningArtifactId,
        ProvisionedProductName: name,
        ProvisionToken: name,
      },
      ProvisioningParameters: [
        { Key: 'Size', Value: parameters.Size },
        { Key: 'Requester', Value: 'employee@example.com' },
      ],
    },
  });
  const { RecordDetail: record } = output as {
    readonly RecordDetail: { readonly ProvisionedProductId: string };
  };
  wish.provisionedProductId = record.ProvisionedProductId;
};

/** The request of a wish; that of a gate is found by its stack, as an approver finds it. */
const requestOf = ({ forge }: World, wish: Wish): Issue | undefined => {
  const { provisionedProductId } = wish;
  wish.issue ??=
    provisionedProductId === undefined
      ? undefined
      : forge.site.issues.find(({ description }) => description.includes(`${provisionedProductId}/`));
  return wish.issue;
};

const decide = (world: World, wish: Wish, decision: 'approved' | 'declined'): void => {
  const issue = requestOf(world, wish);
  const approval = issue && world.forge.site.pendingApproval(issue);
  const approver = approval?.approvers[0]?.accountId;
  if (!issue || !approval || approver === undefined) {
    // Not asked yet: an approver looks again in a while, until they lose patience.
    if (wish.decisions.length === 0 && world.trouble())
      world.time.after(5 * MINUTE, 'look again', () => decide(world, wish, decision));
    return;
  }
  const digest = issue.comments.flatMap(({ body }) => /\b[0-9a-f]{64}\b/.exec(body)?.[0] ?? []).at(-1);
  const entitled = approver !== issue.reporter;
  wish.decisions.push({ at: world.time.millis, decision, entitled, digest });
  // Sent back to be approved, which it is now.
  if (decision === 'approved' && entitled) wish.takenBack = undefined;
  world.forge.site.answer(issue, approval, approver, decision);
};

const doExtra = async (world: World, wish: Wish, extra: Extra, how: number): Promise<void> => {
  const { forge, time } = world;
  const issue = requestOf(world, wish);
  if (!issue) return;
  if (extra === 'tamper') {
    const other = TENANTS.find((account) => account !== wish.form.account) ?? wish.form.account;
    const { form } = wish;
    wish.tampered ??= time.millis;
    forge.site.setProperty(
      issue,
      PROPERTY,
      how < 0.5 ? { ...form, account: other } : { ...form, parameters: { Size: 'tampered' } },
    );
    return;
  }
  const move = MOVES[extra];
  if (move !== undefined) {
    const transition = issue.type.workflow.transitions.find(
      ({ id, from }) => id === move && from === issue.status.name,
    );
    if (transition) forge.site.move(issue, transition, PERSON.agent);
    wish.moved ||= transition !== undefined;
    if (transition) wish.takenBack = extra === 'withdraw' || extra === 'send back' ? time.millis : undefined;
    return;
  }
  const opened = await forge.agentCall('issue-context.open', {}, issue);
  const stamp = stampIn(opened);
  wish.cancelled ||= extra === 'cancel';
  if (extra === 'resync') await forge.agentCall('request.resync', {}, issue);
  else if (stamp !== undefined) {
    const [pressed, before] = [time.millis, issue.status.name];
    const outcome = await forge.agentCall(`request.${extra}`, { stamp }, issue);
    if (extra !== 'retry') return;
    const done = outcome.kind === 'returned' && isDone(outcome.result);
    // What is taken for dead may still be about to move it.
    const brokeOff = outcome.kind === 'threw' || (!done && issue.status.name !== before);
    if (done || brokeOff) wish.retried = pressed;
    wish.movedBack ||= brokeOff;
  }
};

/** Whether a page's call was answered with what it was asked for. */
const isDone = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'outcome' in answer && answer.outcome === 'ok';

const stampIn = (outcome: unknown): string | undefined => {
  const text = JSON.stringify(outcome) as string | undefined;
  return /"stamp":"([^"]+)"/.exec(text ?? '')?.[1];
};
