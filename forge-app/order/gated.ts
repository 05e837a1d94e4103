import type { VersionDescription } from '../../aws-bridge/contract/catalog';

/** The custom resource by which a template asks for an approval, in code and by hand. */
const GATE = 'Custom::ApprovalGate';

/**
 * Whether a version's template asks for an approval itself. Launched from the portal its stack is let on for the request's
 * approval, so there has to be one, whatever the project says.
 */
export const isGated = ({ resourceTypes }: Pick<VersionDescription, 'resourceTypes'>): boolean =>
  resourceTypes.includes(GATE);
