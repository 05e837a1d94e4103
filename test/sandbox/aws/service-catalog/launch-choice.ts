import type { z } from 'zod';
import type { LaunchPaths } from './launch-paths';
import type { Caller } from './operation';
import { chooseProduct, chooseVersion } from './product-choice';
import { ArtifactName, Id, PathName, ProductName } from './shapes';
import type { Visibility } from './visibility';

/** The members that say what a request launches: a product in a version, through a portfolio. */
export const launchMembers = {
  ProductId: Id.optional(),
  ProductName: ProductName.optional(),
  ProvisioningArtifactId: Id.optional(),
  ProvisioningArtifactName: ArtifactName.optional(),
  PathId: Id.optional(),
  PathName: PathName.optional(),
};
type LaunchMembers = z.infer<z.ZodObject<typeof launchMembers>>;

interface Choices {
  readonly visibility: Visibility;
  readonly launchPaths: LaunchPaths;
}

/**
 * The product, the path to it and the active version that a request means.
 * @throws AwsError `InvalidParametersException`, `ResourceNotFoundException`
 */
export const chooseLaunch = (wish: LaunchMembers, caller: Caller, { visibility, launchPaths }: Choices) => {
  const product = chooseProduct({ id: wish.ProductId, name: wish.ProductName }, caller, visibility);
  const path = launchPaths.choose(product, caller, wish);
  const version = chooseVersion(
    { id: wish.ProvisioningArtifactId, name: wish.ProvisioningArtifactName },
    product.versions.filter(({ active }) => active),
  );
  return { product, path, version };
};
