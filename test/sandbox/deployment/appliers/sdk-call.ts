import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as organizations from '@aws-sdk/client-organizations';
import * as serviceCatalog from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { NotModelled } from '../../aws/service';
import type { RoleEnvironment } from '../world';

/** One call of AWS's API, as CDK's AwsCustomResource hands it to its function. */
export const SdkCall = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(
    z.strictObject({
      service: z.string(),
      action: z.string(),
      region: z.string().optional(),
      parameters: z.record(z.string(), z.unknown()).default({}),
      ignoreErrorCodesMatching: z.string().optional(),
      physicalResourceId: z.strictObject({ id: z.string() }),
      logApiResponseData: z.boolean().optional(),
    }),
  );

interface Client {
  send(command: object): Promise<object>;
}
type Package = Readonly<Record<string, unknown>>;
const PACKAGES: Readonly<
  Record<string, { readonly exported: Package; readonly client: string } | undefined>
> = {
  cloudformation: { exported: cloudFormation, client: 'CloudFormationClient' },
  organizations: { exported: organizations, client: 'OrganizationsClient' },
  'service-catalog': { exported: serviceCatalog, client: 'ServiceCatalogClient' },
};

/**
 * Makes the call with the credentials of the function's role.
 * @returns the resource's physical id
 */
export const callBySdk = async (
  call: z.infer<typeof SdkCall>,
  environment: RoleEnvironment,
): Promise<string> => {
  const { exported, client: clientName } = PACKAGES[call.service] ?? {};
  const Client = exported?.[clientName ?? ''] as (new (configuration: object) => Client) | undefined;
  const Command = exported?.[`${call.action}Command`] as (new (input: object) => object) | undefined;
  if (!Client || !Command)
    throw new NotModelled(`a custom resource that calls ${call.action} of ${call.service}`);
  const configuration = awsConfiguration(environment);
  const client = new Client({ ...configuration, ...(call.region !== undefined && { region: call.region }) });
  try {
    await client.send(new Command(call.parameters));
  } catch (error) {
    const { ignoreErrorCodesMatching: ignored } = call;
    const name = error instanceof Error ? error.name : '';
    if (ignored === undefined || !new RegExp(ignored).test(name)) throw error;
  }
  return call.physicalResourceId.id;
};
