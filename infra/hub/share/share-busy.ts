import type { PortfolioShare } from './share-request';

/** Service Catalog is busy with another operation on the portfolio's shares. */
export class ShareBusy extends Error {
  override readonly name = 'ShareBusy';
  constructor({ portfolioId, node }: PortfolioShare, cause: unknown) {
    const why = cause instanceof Error ? ` (${cause.message})` : '';
    super(
      `The share of portfolio ${portfolioId} with ${node.id} cannot be changed while another share of it is under ` +
        `way${why}; deploy again when that has ended`,
      { cause },
    );
  }
}
