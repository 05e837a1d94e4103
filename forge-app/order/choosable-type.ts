import { ChoosableType } from '../../aws-bridge/contract/choices';

/**
 * The type whose values are looked up in the tenant account for a parameter of CloudFormation's type: that of its items
 * where it is a list.
 * @returns undefined where a value can only be written
 */
export const choosableType = (type: string): ChoosableType | undefined =>
  ChoosableType.safeParse(/^List<(.+)>$/.exec(type)?.[1] ?? type).data;
