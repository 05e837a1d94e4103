import type { PortfolioShare, ShareOperation } from './share-request';

/** How far an operation on a share has come. */
export interface Progress {
  readonly status: 'NOT_STARTED' | 'IN_PROGRESS' | 'COMPLETED' | 'COMPLETED_WITH_ERRORS' | 'ERROR';
  readonly failures: readonly Failure[];
}

/** Accounts for which an operation failed, and why. */
interface Failure {
  readonly accounts: readonly string[];
  readonly error: string;
  readonly message: string;
}

/** CloudFormation takes 4,096 bytes of a reason, and the provider framework adds a stack trace to ours. */
const LONGEST = 2_000;
const MOST_ACCOUNTS = 60;

/** An operation on a share ended without all of its accounts. */
export class ShareFailed extends Error {
  override readonly name = 'ShareFailed';
  constructor(share: PortfolioShare, { Doing, Token }: ShareOperation, { status, failures }: Progress) {
    const reasons = failures.map(
      ({ accounts, error, message }) => `${listed(accounts)}: ${[error, message].filter(Boolean).join(', ')}`,
    );
    super(
      bounded(
        `${worded(Doing, share)} ended as ${status}. ` +
          (reasons.length > 0
            ? `Failed for ${reasons.join('; ')}. `
            : `Service Catalog names no account; ask DescribePortfolioShareStatus for ${Token}. `) +
          'Deploy again once that is put right.',
      ),
    );
  }
}

/** An operation on a share takes longer than it is followed. */
export class ShareUnfinished extends Error {
  override readonly name = 'ShareUnfinished';
  constructor(
    share: PortfolioShare,
    { Doing, Token, Until }: ShareOperation,
    status: Progress['status'] | undefined,
  ) {
    super(
      `${worded(Doing, share)} is still ${status ?? 'under way, as far as Service Catalog tells,'} at ${Until}. ` +
        `Deploy again when DescribePortfolioShareStatus calls ${Token} COMPLETED.`,
    );
  }
}

const WORDS = { sharing: 'Sharing', changing: 'Changing the share of', withdrawing: 'Withdrawing' } as const;
const NODE = { ORGANIZATION: 'organization', ORGANIZATIONAL_UNIT: 'organizational unit', ACCOUNT: 'account' };

const worded = (doing: ShareOperation['Doing'], { portfolioId, node }: PortfolioShare): string =>
  `${WORDS[doing]} portfolio ${portfolioId} ${doing === 'withdrawing' ? 'from' : 'with'} the ${NODE[node.type]} ${node.id}`;

const listed = (accounts: readonly string[]): string => {
  const more = accounts.length - MOST_ACCOUNTS;
  return accounts.slice(0, MOST_ACCOUNTS).join(', ') + (more > 0 ? ` and ${more} more` : '');
};

const bounded = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
