import type { UpdateProvisioningArtifactOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import type { Catalog, Version } from './catalog';
import { artifactDetail } from './catalog-views';
import { type Operations, operation } from './operation';
import { notFound } from './refusals';
import { AcceptLanguage, ArtifactName, Id } from './shapes';

/** @throws AwsError `ResourceNotFoundException` */
export const changeVersion = (
  catalog: Catalog,
  id: string,
  change: Partial<Pick<Version, 'active' | 'description' | 'guidance' | 'name'>>,
) => {
  const product = [...catalog.products.values()].find(({ versions }) =>
    versions.some((version) => version.id === id),
  );
  const version = product?.versions.find((candidate) => candidate.id === id);
  if (!product || !version) throw notFound(`Provisioning artifact ${id} not found.`);
  const changed = { ...version, ...change };
  const versions = product.versions.map((other) => (other === version ? changed : other));
  catalog.products.set(product.id, { ...product, versions });
  return { product, version: changed };
};

/** Changes of a version by the account that its product belongs to. What it contains never changes. */
export const updateVersionOperations = (catalog: Catalog): Operations => ({
  UpdateProvisioningArtifact: operation({
    input: z.strictObject({
      AcceptLanguage,
      ProductId: Id,
      ProvisioningArtifactId: Id,
      Name: ArtifactName.optional(),
      Description: z.string().max(8192).optional(),
      Active: z.boolean().optional(),
      Guidance: z.enum(['DEFAULT', 'DEPRECATED']).optional(),
    }),
    refuses: ['ResourceNotFoundException'],
    answer: (input, { account, region }): UpdateProvisioningArtifactOutput => {
      const owned = catalog.products.get(input.ProductId);
      if (owned?.account !== account || owned.region !== region)
        throw notFound(`Product ${input.ProductId} not found.`);
      if (!owned.versions.some(({ id }) => id === input.ProvisioningArtifactId))
        throw notFound(`Provisioning artifact ${input.ProvisioningArtifactId} not found.`);
      const { product, version } = changeVersion(catalog, input.ProvisioningArtifactId, {
        ...(input.Name !== undefined && { name: input.Name }),
        ...(input.Description !== undefined && { description: input.Description }),
        ...(input.Active !== undefined && { active: input.Active }),
        ...(input.Guidance !== undefined && { guidance: input.Guidance }),
      });
      const { source } = version;
      return {
        ProvisioningArtifactDetail: artifactDetail(version, product),
        Info: 'templateUrl' in source ? { TemplateUrl: source.templateUrl } : {},
        Status: 'AVAILABLE',
      };
    },
  }),
});
