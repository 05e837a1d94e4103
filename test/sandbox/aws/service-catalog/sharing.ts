import type { ShareError, ShareStatus } from '@aws-sdk/client-service-catalog';
import type { Clock } from '../../clock';
import type { Catalog, Portfolio, Recipient, Share, ShareFlags } from './catalog';
import type { Ids } from './ids';
import type { Organization } from './ports';
import { flagsFor, isNode, isSame } from './recipients';
import { invalidState } from './refusals';

/** What is being done to a share, account by account. */
export interface ShareAction {
  readonly token: string;
  readonly portfolio: Pick<Portfolio, 'account' | 'id' | 'region'>;
  readonly recipient: Recipient;
  readonly status: ShareStatus;
  /** Accounts that it was done for. */
  readonly done: readonly string[];
  readonly errors: readonly ShareError[];
}

/** What goes wrong, or slowly, with the actions that begin from now on. For tests. */
export interface ShareTroubles {
  /**
   * Actions fail for the account, with the error that `ShareErrors` is to name, such as `ThrottlingException`. Without
   * an account the action fails as a whole.
   */
  failShare(failure: { readonly account?: string; readonly error: string; readonly message?: string }): void;
  /** Ends every failure. */
  recover(): void;
  /** Milliseconds of simulated time that an action takes: 20 s unless set; `Infinity` for one that never ends. */
  takes(duration: number): void;
}

/** Shares of portfolios. Each change of one takes its time and may fail for some accounts. */
export interface Sharing {
  shareOf(portfolio: Portfolio, recipient: Recipient): Share | undefined;
  /** Without an action, where the real service answers at once. */
  put(portfolio: Portfolio, share: Share): void;
  drop(portfolio: Portfolio, recipient: Recipient): void;
  create(portfolio: Portfolio, recipient: Recipient, flags: ShareFlags): ShareAction;
  update(portfolio: Portfolio, share: Share, flags: ShareFlags): ShareAction;
  remove(portfolio: Portfolio, share: Share): ShareAction;
  /** An action that finds nothing to do. */
  confirm(portfolio: Portfolio, share: Share): ShareAction;
  /** @throws AwsError `InvalidStateException` while something is being done to a share of the account */
  demandQuiet(portfolio: Portfolio): void;
  action(token: string): ShareAction | undefined;
  /** Ends all shares with nodes of the organization that the account has made. */
  endSharesOf(account: string): void;
  readonly troubles: ShareTroubles;
}

interface SharingOptions {
  readonly catalog: Catalog;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly organization: Organization | undefined;
}

/** Milliseconds until an action begins, and until it has been done. */
const begins = 1_000;
const usual = 20_000;

type Failure = Pick<ShareError, 'Error' | 'Message'>;

/** What an action is to do, and what becomes of the share. */
interface Work {
  readonly accounts: () => readonly string[];
  readonly done: (failed: readonly string[]) => void;
  readonly abandoned?: () => void;
}

export const createSharing = ({ catalog, ids, clock, organization }: SharingOptions): Sharing => {
  const actions = new Map<string, ShareAction>();
  const failures = new Map<string, Failure>();
  let broken: Failure | undefined;
  let duration = usual;

  const isUnderWay = ({ status }: ShareAction): boolean =>
    status === 'NOT_STARTED' || status === 'IN_PROGRESS';
  const demandQuiet = ({ account, region }: Portfolio): void => {
    const busy = [...actions.values()].some(
      (action) =>
        isUnderWay(action) && action.portfolio.account === account && action.portfolio.region === region,
    );
    if (busy)
      throw invalidState(
        'Cannot process more than one portfolio share action at the same time. Try again later.',
      );
  };
  const change = ({ id }: Pick<Portfolio, 'id'>, shares: (before: readonly Share[]) => readonly Share[]) => {
    const portfolio = catalog.portfolios.get(id);
    if (portfolio) catalog.portfolios.set(id, { ...portfolio, shares: shares(portfolio.shares) });
  };
  const put = (portfolio: Portfolio, share: Share): void =>
    change(portfolio, (before) => [...before.filter((other) => !isSame(other.with, share.with)), share]);
  const drop = (portfolio: Portfolio, recipient: Recipient): void =>
    change(portfolio, (before) => before.filter((share) => !isSame(share.with, recipient)));

  /** Accounts of the recipient, the portfolio's own left out, that the share reaches now or could reach. */
  const accountsOf = ({ account: owner }: Portfolio, recipient: Recipient): string[] =>
    (isNode(recipient) ? (organization?.accountsUnder(recipient.id) ?? []) : [recipient.id]).filter(
      (account) => account !== owner,
    );
  const reached = (portfolio: Portfolio, share: Share): string[] =>
    accountsOf(portfolio, share.with).filter(
      (account) => flagsFor(share, portfolio, account, organization) !== undefined,
    );

  const move = (token: string, to: Partial<Pick<ShareAction, 'done' | 'errors' | 'status'>>): void => {
    const action = actions.get(token);
    if (action && isUnderWay(action)) actions.set(token, { ...action, ...to });
  };
  const finish = (token: string, { accounts, done, abandoned }: Work): void => {
    const action = actions.get(token);
    if (!action || !isUnderWay(action)) return;
    const affected = accounts();
    if (broken) {
      abandoned?.();
      move(token, { status: 'ERROR', errors: [{ ...broken, Accounts: [...affected] }] });
      return;
    }
    const failed = affected.filter((account) => failures.has(account));
    done(failed);
    move(token, {
      status: failed.length > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED',
      done: affected.filter((account) => !failed.includes(account)),
      errors: failed.map((account) => ({ ...failures.get(account), Accounts: [account] })),
    });
  };
  const begin = (portfolio: Portfolio, recipient: Recipient, work: Work): ShareAction => {
    demandQuiet(portfolio);
    const token = ids.next('share');
    const action: ShareAction = {
      ...{ token, portfolio, recipient, status: 'NOT_STARTED', done: [], errors: [] },
    };
    actions.set(token, action);
    const what = `share of ${portfolio.id} with ${recipient.id}`;
    clock.after(Math.min(begins, duration), `${what} begins to change`, () =>
      move(token, { status: 'IN_PROGRESS' }),
    );
    clock.after(duration, `${what} changes`, () => finish(token, work));
    return action;
  };

  return {
    shareOf: (portfolio, recipient) => portfolio.shares.find((share) => isSame(share.with, recipient)),
    put,
    drop,
    demandQuiet,
    action: (token) => actions.get(token),
    create: (portfolio, recipient, flags) => {
      const made: Share = { ...flags, with: recipient, accepted: true, made: true, exceptions: new Map() };
      const action = begin(portfolio, recipient, {
        accounts: () => accountsOf(portfolio, recipient),
        done: (failed) =>
          put(portfolio, {
            ...made,
            exceptions: new Map(failed.map((account) => [account, 'not reached'])),
          }),
        abandoned: () => drop(portfolio, recipient),
      });
      put(portfolio, { ...made, made: false });
      return action;
    },
    update: (portfolio, share, flags) =>
      begin(portfolio, share.with, {
        accounts: () => reached(portfolio, share),
        done: (failed) => {
          const { sharePrincipals, shareTagOptions } = share;
          const before = { sharePrincipals, shareTagOptions };
          const lost = [...share.exceptions].filter(([, exception]) => exception === 'not reached');
          const kept = failed.map((account) => [account, share.exceptions.get(account) ?? before] as const);
          put(portfolio, { ...share, ...flags, exceptions: new Map([...lost, ...kept]) });
        },
      }),
    remove: (portfolio, share) =>
      begin(portfolio, share.with, {
        accounts: () => reached(portfolio, share),
        done: (failed) => {
          if (failed.length === 0) {
            drop(portfolio, share.with);
            return;
          }
          const gone = reached(portfolio, share).filter((account) => !failed.includes(account));
          const exceptions = gone.map((account) => [account, 'not reached'] as const);
          put(portfolio, { ...share, exceptions: new Map([...share.exceptions, ...exceptions]) });
        },
      }),
    confirm: (portfolio, share) =>
      begin(portfolio, share.with, { accounts: () => [], done: () => undefined }),
    endSharesOf: (account) => {
      for (const portfolio of catalog.portfolios.values())
        if (portfolio.account === account)
          change(portfolio, (before) => before.filter((share) => !isNode(share.with)));
      for (const { token, portfolio } of actions.values())
        if (portfolio.account === account)
          move(token, {
            status: 'ERROR',
            errors: [{ Accounts: [], Error: 'InvalidStateException', Message: 'The delegation has ended.' }],
          });
    },
    troubles: {
      failShare: ({ account, error, message = `The share failed with ${error}` }) => {
        const failure = { Error: error, Message: message };
        if (account === undefined) broken = failure;
        else failures.set(account, failure);
      },
      recover: () => {
        broken = undefined;
        failures.clear();
      },
      takes: (span) => {
        duration = span;
      },
    },
  };
};
