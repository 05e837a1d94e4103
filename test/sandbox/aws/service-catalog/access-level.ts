import { invalidParameters } from './refusals';
import type { Caller } from './operation';
import type { AccessLevelFilter } from './shapes';

/** Who asked for something: a role, in a session. */
interface Asked {
  readonly roleArn: string;
  readonly sessionArn: string;
}

/**
 * Narrows what an account has to what one role or one user asked for.
 * @throws AwsError `InvalidParametersException` for somebody else's view
 */
export const withinAccess = <Item extends Asked>(
  items: readonly Item[],
  filter: AccessLevelFilter,
  caller: Caller,
): Item[] => {
  if (filter.Value !== 'self')
    throw invalidParameters(`The access level filter's value has to be self, not ${filter.Value}`);
  switch (filter.Key) {
    case 'Account':
      return [...items];
    case 'Role':
      return items.filter(({ roleArn }) => roleArn === caller.roleArn);
    case 'User':
      return items.filter(({ sessionArn }) => sessionArn === caller.sessionArn);
  }
};
