import { AwsError } from '../service';
import type { Sections } from './template';

/** The property that names a resource of IAM; a name of one's own needs the stronger capability. */
const NAMING_PROPERTY: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': '',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': '',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': '',
};

export interface RequiredCapabilities {
  readonly capabilities: readonly string[];
  /** Types of the resources that need them. */
  readonly because: readonly string[];
}

export const requiredCapabilities = (resources: Sections['Resources']): RequiredCapabilities => {
  const needing = Object.values(resources).filter(({ Type: type }) => NAMING_PROPERTY[type] !== undefined);
  if (needing.length === 0) return { capabilities: [], because: [] };
  const named = needing.some(({ Type: type, Properties: properties }) =>
    Object.hasOwn(properties, NAMING_PROPERTY[type] ?? ''),
  );
  return {
    capabilities: [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
    because: [...new Set(needing.map(({ Type: type }) => type))],
  };
};

/** @throws AwsError InsufficientCapabilitiesException unless the caller acknowledged what the template creates */
export const checkCapabilities = (resources: Sections['Resources'], given: readonly string[]): void => {
  const lacking = requiredCapabilities(resources).capabilities.filter(
    (capability) => !given.includes(capability) && !given.includes('CAPABILITY_NAMED_IAM'),
  );
  if (lacking.length > 0) {
    throw new AwsError(
      'InsufficientCapabilitiesException',
      `Requires capabilities : [${lacking.join(', ')}]`,
    );
  }
};
