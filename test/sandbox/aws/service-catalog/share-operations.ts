import type {
  CreatePortfolioShareOutput,
  DeletePortfolioShareOutput,
  DescribePortfolioShareStatusOutput,
  UpdatePortfolioShareOutput,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import type { Catalog, Portfolio, Recipient, Share } from './catalog';
import { type Caller, type Operations, operation } from './operation';
import type { OrganizationsAccess } from './organizations-access';
import { isNode, recipientMembers, recipientOf } from './recipients';
import { invalidParameters, notFound } from './refusals';
import { AcceptLanguage, Id } from './shapes';
import type { Sharing } from './sharing';

/** The caller's own portfolio. @throws AwsError `ResourceNotFoundException` */
export const ownPortfolio = (catalog: Catalog, id: string, { account, region }: Caller): Portfolio => {
  const portfolio = catalog.portfolios.get(id);
  if (portfolio?.account !== account || portfolio.region !== region)
    throw notFound(`Portfolio ${id} not found.`);
  return portfolio;
};

/** The members that say which share a request is about. */
const shareMembers = { AcceptLanguage, PortfolioId: Id, ...recipientMembers };
const flagMembers = { ShareTagOptions: z.boolean().optional(), SharePrincipals: z.boolean().optional() };

const refuses = [
  'InvalidParametersException',
  'InvalidStateException',
  'OperationNotSupportedException',
  'ResourceNotFoundException',
] as const;

/** Sharing a portfolio with an account, or with the organization or a part of it. */
export const shareOperations = (
  catalog: Catalog,
  access: OrganizationsAccess,
  sharing: Sharing,
): Operations => {
  const recipientFor = (
    input: Parameters<typeof recipientOf>[0] & { SharePrincipals?: boolean | undefined },
    caller: Caller,
  ): Recipient => {
    const recipient = recipientOf(input);
    if (isNode(recipient)) {
      const organization = access.demandAdministrator(caller);
      if (!organization.has(recipient.id))
        throw notFound(`Organization node ${recipient.id} not found in ${organization.id}.`);
    }
    if (input.SharePrincipals && !['ORGANIZATION', 'ORGANIZATIONAL_UNIT'].includes(recipient.type))
      throw invalidParameters(
        'SharePrincipals is only supported for an organization node of type ORGANIZATION or ORGANIZATIONAL_UNIT.',
      );
    return recipient;
  };
  const demandShare = (portfolio: Portfolio, recipient: Recipient): Share => {
    const share = sharing.shareOf(portfolio, recipient);
    if (!share) throw notFound(`Portfolio ${portfolio.id} is not shared with ${recipient.id}.`);
    return share;
  };

  return {
    CreatePortfolioShare: operation({
      input: z.strictObject({ ...shareMembers, ...flagMembers }),
      refuses,
      answer: (input, caller): CreatePortfolioShareOutput => {
        const recipient = recipientFor(input, caller);
        const portfolio = ownPortfolio(catalog, input.PortfolioId, caller);
        if (recipient.id === caller.account)
          throw invalidParameters(`Portfolio ${portfolio.id} belongs to account ${recipient.id} itself.`);
        sharing.demandQuiet(portfolio);
        const { ShareTagOptions: shareTagOptions = false, SharePrincipals: sharePrincipals = false } = input;
        const flags = { sharePrincipals, shareTagOptions };
        const known = sharing.shareOf(portfolio, recipient);
        if (isNode(recipient)) {
          access.demandEnabled();
          const action = known
            ? sharing.confirm(portfolio, known)
            : sharing.create(portfolio, recipient, flags);
          return { PortfolioShareToken: action.token };
        }
        if (!known)
          sharing.put(portfolio, {
            ...{ ...flags, with: recipient, accepted: false, made: true, exceptions: new Map() },
          });
        return {};
      },
    }),

    UpdatePortfolioShare: operation({
      input: z.strictObject({ ...shareMembers, ...flagMembers }),
      refuses,
      answer: (input, caller): UpdatePortfolioShareOutput => {
        const recipient = recipientFor(input, caller);
        const portfolio = ownPortfolio(catalog, input.PortfolioId, caller);
        const share = demandShare(portfolio, recipient);
        const { token, status } = sharing.update(portfolio, share, {
          sharePrincipals: input.SharePrincipals ?? share.sharePrincipals,
          shareTagOptions: input.ShareTagOptions ?? share.shareTagOptions,
        });
        return { PortfolioShareToken: token, Status: status };
      },
    }),

    DeletePortfolioShare: operation({
      input: z.strictObject(shareMembers),
      refuses,
      answer: (input, caller): DeletePortfolioShareOutput => {
        const recipient = recipientFor(input, caller);
        const portfolio = ownPortfolio(catalog, input.PortfolioId, caller);
        const share = demandShare(portfolio, recipient);
        sharing.demandQuiet(portfolio);
        if (isNode(recipient)) return { PortfolioShareToken: sharing.remove(portfolio, share).token };
        sharing.drop(portfolio, recipient);
        return {};
      },
    }),

    DescribePortfolioShareStatus: operation({
      input: z.strictObject({ PortfolioShareToken: Id }),
      refuses: ['OperationNotSupportedException', 'ResourceNotFoundException'],
      answer: ({ PortfolioShareToken: token }, caller): DescribePortfolioShareStatusOutput => {
        access.demandAdministrator(caller);
        const action = sharing.action(token);
        if (action?.portfolio.account !== caller.account || action.portfolio.region !== caller.region)
          throw notFound(`Portfolio share token ${token} not found.`);
        return {
          PortfolioShareToken: token,
          PortfolioId: action.portfolio.id,
          OrganizationNodeValue: action.recipient.id,
          Status: action.status,
          ShareDetails: { SuccessfulShares: [...action.done], ShareErrors: [...action.errors] },
        };
      },
    }),
  };
};
