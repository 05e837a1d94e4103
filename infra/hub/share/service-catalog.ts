import {
  CreatePortfolioShareCommand,
  DeletePortfolioShareCommand,
  DescribePortfolioSharesCommand,
  DescribePortfolioShareStatusCommand,
  InvalidStateException,
  ResourceNotFoundException,
  type ServiceCatalogClient,
  ServiceCatalogServiceException,
  UpdatePortfolioShareCommand,
} from '@aws-sdk/client-service-catalog';
import * as z from 'zod/mini';
import { ShareBusy } from './share-busy';
import type { Progress } from './share-outcome';
import type { PortfolioShare, ShareFlags } from './share-request';
import type { Shares } from './start-share';

/** What a kind of node is called where shares are listed. */
const LISTED_AS = {
  ORGANIZATION: 'ORGANIZATION',
  ORGANIZATIONAL_UNIT: 'ORGANIZATIONAL_UNIT',
  ACCOUNT: 'ORGANIZATION_MEMBER_ACCOUNT',
} as const;

const ShareList = z.object({
  PortfolioShareDetails: z._default(z.array(z.object({ PrincipalId: z.string() })), []),
  NextPageToken: z.optional(z.string()),
});
const Started = z.object({ PortfolioShareToken: z.optional(z.string()) });
const ShareStatus = z.object({
  Status: z.enum(['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'ERROR']),
  ShareDetails: z._default(
    z.object({
      ShareErrors: z._default(
        z.array(
          z.object({
            Accounts: z._default(z.array(z.string()), []),
            Error: z._default(z.string(), ''),
            Message: z._default(z.string(), ''),
          }),
        ),
        [],
      ),
    }),
    { ShareErrors: [] },
  ),
});

/** Service Catalog's operations on shares with nodes of the organization. */
export const createShares = (client: ServiceCatalogClient): Shares => ({
  exists: async ({ portfolioId, node }) => {
    let PageToken: string | undefined;
    do {
      const request = { PortfolioId: portfolioId, Type: LISTED_AS[node.type], PageSize: 100, PageToken };
      const answer = await unlessAbsent(() => client.send(new DescribePortfolioSharesCommand(request)));
      if (!answer) return false;
      const list = ShareList.parse(answer);
      // An id or an ARN that ends with it: the API takes both.
      if (list.PortfolioShareDetails.some((share) => share.PrincipalId.split('/').at(-1) === node.id))
        return true;
      PageToken = list.NextPageToken;
    } while (PageToken);
    return false;
  },
  create: (share, flags) =>
    started(share, () =>
      client.send(new CreatePortfolioShareCommand({ ...named(share), ...flagged(flags) })),
    ),
  update: (share, flags) =>
    started(share, () =>
      client.send(new UpdatePortfolioShareCommand({ ...named(share), ...flagged(flags) })),
    ),
  remove: (share) =>
    started(share, () => unlessAbsent(() => client.send(new DeletePortfolioShareCommand(named(share))))),
});

/** @returns undefined where Service Catalog is throttling or in trouble: it can be asked again */
export const createProgressOf =
  (client: ServiceCatalogClient) =>
  async (token: string): Promise<Progress | undefined> => {
    try {
      const answer = await client.send(
        new DescribePortfolioShareStatusCommand({ PortfolioShareToken: token }),
      );
      const { Status, ShareDetails } = ShareStatus.parse(answer);
      const failures = ShareDetails.ShareErrors.map(({ Accounts, Error, Message }) => ({
        accounts: Accounts,
        error: Error,
        message: Message,
      }));
      return { status: Status, failures };
    } catch (error) {
      if (isPassing(error)) return undefined;
      throw error;
    }
  };

const isPassing = (error: unknown): boolean =>
  error instanceof ServiceCatalogServiceException &&
  (error.$fault === 'server' || error.name === 'ThrottlingException');

const named = ({ portfolioId, node }: PortfolioShare) => ({
  PortfolioId: portfolioId,
  OrganizationNode: { Type: node.type, Value: node.id },
});

const flagged = ({ principals, tagOptions }: ShareFlags) => ({
  SharePrincipals: principals,
  ShareTagOptions: tagOptions,
});

const started = async (
  share: PortfolioShare,
  start: () => Promise<object | undefined>,
): Promise<string | undefined> => {
  try {
    return Started.parse((await start()) ?? {}).PortfolioShareToken;
  } catch (error) {
    if (error instanceof InvalidStateException) throw new ShareBusy(share, error);
    throw error;
  }
};

const unlessAbsent = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
