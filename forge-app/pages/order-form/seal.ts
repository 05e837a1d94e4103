import { z } from 'zod';
import type { SiteId } from '../../../aws-bridge/contract/identifiers';
import { sealedParameterContext } from '../../../aws-bridge/contract/order';
import { sealValue, type SealedValue } from '../../../aws-bridge/contract/sealed-value';
import type { CatalogReader } from '../../catalog/catalog-reader';
import { isLaunchable, isOffered } from '../../catalog/offered';
import { checkSecret } from '../../order/check-parameters';
import { createPatternCheck } from '../../order/pattern-check';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Visitor } from '../visitor';
import type { OfferedTo } from './offered';

/** What the form sends with `order-form.seal`. */
const SealAsked = z.strictObject({
  productId: z.string().max(128),
  provisioningArtifactId: z.string().max(128),
  account: z.string().max(128),
  parameter: z.string().max(255),
  /** More than AWS takes of one, so that whoever types too much is told so in words. */
  value: z.string().max(16_384),
});

/** What it answers; nothing of the value. */
interface ValueSealed {
  readonly sealed: SealedValue;
}

interface Ports {
  /** What the visitor may order with this request type, judged as for the form. */
  readonly offeredTo: OfferedTo;
  readonly siteOf: (visitor: Visitor) => SiteId;
  readonly catalog: Pick<CatalogReader, 'product' | 'describedIn' | 'sealingKey'>;
}

/**
 * Seals a value that must not be shown, for whoever types it, for one parameter of one product in one account. It is the only
 * place in Jira that the value passes through, and neither keeps nor tells it.
 */
export const createSealCalls = ({
  offeredTo,
  siteOf,
  catalog,
}: Ports): Readonly<Record<string, PageCall>> => ({
  'order-form.seal': async (visitor, payload) => {
    const { productId, provisioningArtifactId, account, parameter: key, value } = SealAsked.parse(payload);
    const { accountId } = visitor;
    if (accountId === undefined) return refused('signed-out');
    const offered = await offeredTo(visitor);
    if (offered.outcome !== 'ours') {
      return refused(offered.outcome === 'not-set-up' ? 'not-set-up' : 'not-yours');
    }
    const offers =
      offered.productIds.includes(productId) && offered.accounts.some(({ id }) => id === account);
    if (!offers) return refused('not-yours');

    const product = await catalog.product(productId);
    const version = product?.versions.find(({ id }) => id === provisioningArtifactId);
    // It was on the form a moment ago.
    if (!product || !version || !isLaunchable(product) || !isOffered(version)) return refused('changed');
    const [described, sealingKey] = await Promise.all([catalog.describedIn(version), catalog.sealingKey()]);
    if (!described) return refused('changed');
    const parameter = described.parameters.find((candidate) => candidate.key === key);
    if (!parameter?.noEcho) return refused('changed');
    const problems = checkSecret(parameter, value, { patternCheck: createPatternCheck() });
    if (problems.length > 0) return refused('invalid', { problems });
    if (!sealingKey) return refused('unavailable', { detail: NO_KEY });

    return ok<ValueSealed>({
      sealed: sealValue({
        publicKey: Buffer.from(sealingKey.publicKey, 'base64'),
        value,
        context: sealedParameterContext({
          site: siteOf(visitor),
          requester: accountId,
          ...{ productId, account, parameter: key },
        }),
      }),
    });
  },
});

const NO_KEY =
  'The key that such values are sealed to has not arrived from AWS. Synchronise the catalogue; if that does not help, deploy the bridge anew.';
