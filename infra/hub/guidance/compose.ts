import {
  ListProvisioningArtifactsCommand,
  type ServiceCatalogClient,
  UpdateProvisioningArtifactCommand,
} from '@aws-sdk/client-service-catalog';
import * as z from 'zod/mini';
import { createSetGuidance } from './set-guidance';

const Artifacts = z.object({
  ProvisioningArtifactDetails: z.array(
    z.object({ Id: z.string(), Name: z.string(), Guidance: z._default(z.string(), 'DEFAULT') }),
  ),
});

/** The function behind the custom resource that marks versions of a product as deprecated. */
export const composeGuidance = (client: ServiceCatalogClient) =>
  createSetGuidance({
    list: async (ProductId) => {
      const answer = await client.send(new ListProvisioningArtifactsCommand({ ProductId }));
      return Artifacts.parse(answer).ProvisioningArtifactDetails.map(({ Id, Name, Guidance }) => ({
        id: Id,
        name: Name,
        guidance: Guidance,
      }));
    },
    setGuidance: async (ProductId, ProvisioningArtifactId, Guidance) => {
      await client.send(
        new UpdateProvisioningArtifactCommand({ ProductId, ProvisioningArtifactId, Guidance }),
      );
    },
  });
