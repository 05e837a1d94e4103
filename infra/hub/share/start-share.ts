import { ShareBusy } from './share-busy';
import {
  physicalId,
  type PortfolioShare,
  type ShareFlags,
  type ShareOperation,
  ShareRequest,
  shareOf,
} from './share-request';

/** Shares of portfolios. An operation on one answers with its token, or with nothing where there is nothing to follow. */
export interface Shares {
  readonly exists: (share: PortfolioShare) => Promise<boolean>;
  /** Without a token where the share exists already: then nothing was done. @throws ShareBusy */
  readonly create: (share: PortfolioShare, flags: ShareFlags) => Promise<string | undefined>;
  /** @throws ShareBusy */
  readonly update: (share: PortfolioShare, flags: ShareFlags) => Promise<string | undefined>;
  /** Without a token where there is no such share. @throws ShareBusy */
  readonly remove: (share: PortfolioShare) => Promise<string | undefined>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Milliseconds to stand in line for another operation on the portfolio. Lambda ends a function after fifteen minutes. */
export const PATIENCE = 12 * MINUTE;
const BETWEEN_ATTEMPTS = 15 * SECOND;

/** Milliseconds that an operation is followed. With the patience, it is less than the hour that CloudFormation grants. */
export const FOLLOWED_FOR = 40 * MINUTE;

/**
 * Starts what the custom resource asks for. A share that exists is brought to the wanted flags even where it seems to
 * have them: only an operation's token tells whether every account has it, and an event may come twice.
 * @throws ShareBusy where other operations on the portfolio do not end in time
 */
export const createStartShare =
  (ports: {
    readonly shares: Shares;
    readonly now: () => Date;
    readonly wait: (milliseconds: number) => Promise<void>;
  }) =>
  async (event: unknown) => {
    const { RequestType, ResourceProperties } = ShareRequest.parse(event);
    const { share, flags } = shareOf(ResourceProperties);
    const exists = await ports.shares.exists(share);
    const standInLine = inLine(ports);

    const started = async (): Promise<
      Pick<ShareOperation, 'Doing'> & { readonly token: string | undefined }
    > => {
      if (RequestType === 'Delete') {
        const token = exists ? await standInLine(() => ports.shares.remove(share)) : undefined;
        return { Doing: 'withdrawing', token };
      }
      const created = exists ? undefined : await standInLine(() => ports.shares.create(share, flags));
      if (created !== undefined) return { Doing: 'sharing', token: created };
      return { Doing: 'changing', token: await standInLine(() => ports.shares.update(share, flags)) };
    };

    const { Doing, token } = await started();
    const Until = new Date(ports.now().getTime() + FOLLOWED_FOR).toISOString();
    return {
      PhysicalResourceId: physicalId(share),
      ...(token !== undefined && { Operation: { Doing, Token: token, Until } satisfies ShareOperation }),
    };
  };

/** Service Catalog carries out one operation on a portfolio's shares at a time and refuses the others. */
const inLine =
  ({ now, wait }: { readonly now: () => Date; readonly wait: (milliseconds: number) => Promise<void> }) =>
  async <Answer>(start: () => Promise<Answer>): Promise<Answer> => {
    const since = now().getTime();
    for (;;) {
      try {
        return await start();
      } catch (error) {
        if (!(error instanceof ShareBusy) || now().getTime() - since >= PATIENCE) throw error;
        await wait(BETWEEN_ATTEMPTS);
      }
    }
  };
