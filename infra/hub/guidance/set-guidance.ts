import * as z from 'zod/mini';

const Guidance = z.enum(['DEFAULT', 'DEPRECATED']);
type Guidance = z.infer<typeof Guidance>;

/** What CloudFormation asks of the custom resource, as far as we look at it. */
const GuidanceRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResourceProperties: z.object({
    ProductId: z.string().check(z.minLength(1)),
    Versions: z.array(z.object({ Name: z.string(), Guidance })),
  }),
});

/** A version of a product, as Service Catalog lists it. */
interface ListedVersion {
  readonly id: string;
  readonly name: string;
  readonly guidance: string;
}

interface Versions {
  readonly list: (productId: string) => Promise<readonly ListedVersion[]>;
  readonly setGuidance: (productId: string, versionId: string, guidance: Guidance) => Promise<void>;
}

/** The product does not have a version that its guidance is declared for. */
export class VersionMissing extends Error {
  override readonly name = 'VersionMissing';
  constructor(productId: string, missing: readonly string[], listed: readonly string[]) {
    super(
      `Product ${productId} has no version ${missing.join(', ')}, only ${listed.join(', ') || 'none'}; ` +
        'deploy the stack that makes it again',
    );
  }
}

/**
 * Marks the versions of a product as what they are declared to be: offered, or deprecated. Only what differs is
 * changed. A deletion changes nothing: the versions go with their product.
 * @throws VersionMissing
 */
export const createSetGuidance = (versions: Versions) => async (event: unknown) => {
  const { RequestType, ResourceProperties } = GuidanceRequest.parse(event);
  const { ProductId, Versions: declared } = ResourceProperties;
  if (RequestType !== 'Delete') {
    const listed = await versions.list(ProductId);
    const names = new Set(listed.map(({ name }) => name));
    const missing = declared.filter(({ Name }) => !names.has(Name)).map(({ Name }) => Name);
    if (missing.length > 0) throw new VersionMissing(ProductId, missing, [...names]);
    for (const { Name, Guidance: wanted } of declared) {
      for (const { id, guidance } of listed.filter(({ name }) => name === Name))
        if (guidance !== wanted) await versions.setGuidance(ProductId, id, wanted);
    }
  }
  return { PhysicalResourceId: ProductId };
};
