import { z } from 'zod';
import type { Portfolio, Recipient, Share, ShareFlags } from './catalog';
import type { Organization } from './ports';
import { invalidParameters } from './refusals';
import { AccountId } from './shapes';

const nodeValue =
  /^(^[0-9]{12}$)|(^arn:aws:organizations::\d{12}:organization\/o-[a-z0-9]{10,32})|(^o-[a-z0-9]{10,32}$)|(^arn:aws:organizations::\d{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$)|(^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$)$/;

export const NodeType = z.enum(['ORGANIZATION', 'ORGANIZATIONAL_UNIT', 'ACCOUNT']);
type NodeType = z.infer<typeof NodeType>;

/** The members that say whom a request is about. */
export const recipientMembers = {
  AccountId: AccountId.optional(),
  OrganizationNode: z
    .strictObject({ Type: NodeType.optional(), Value: z.string().regex(nodeValue).optional() })
    .optional(),
};
type RecipientMembers = z.infer<z.ZodObject<typeof recipientMembers>>;

/** What the id of a node looks like, by type. */
const shapeOf: Readonly<Record<NodeType, RegExp>> = {
  ORGANIZATION: /^o-/,
  ORGANIZATIONAL_UNIT: /^ou-/,
  ACCOUNT: /^\d{12}$/,
};

/** The type by which shares are listed. */
export const recipientType = (type: NodeType): Recipient['type'] =>
  type === 'ACCOUNT' ? 'ORGANIZATION_MEMBER_ACCOUNT' : type;

/** @throws AwsError `InvalidParametersException` unless exactly one recipient is named as its type is named */
export const recipientOf = ({ AccountId: account, OrganizationNode: node }: RecipientMembers): Recipient => {
  if ((account === undefined) === (node === undefined))
    throw invalidParameters('Either AccountId or OrganizationNode has to be given, but not both.');
  if (account !== undefined) return { type: 'ACCOUNT', id: account };
  const { Type: type, Value: value } = node ?? {};
  const id = value?.split('/').at(-1);
  if (type === undefined || id === undefined || !shapeOf[type].test(id))
    throw invalidParameters(
      `OrganizationNode has to have a Type and the id or ARN of such a node as its Value, not ${type ?? 'no type'} and ${value ?? 'no value'}.`,
    );
  return { type: recipientType(type), id };
};

export const isNode = ({ type }: Recipient): boolean => type !== 'ACCOUNT';

export const isSame = (one: Recipient, other: Recipient): boolean =>
  one.type === other.type && one.id === other.id;

/** What comes along with the share in one account; undefined where the share does not reach it. */
export const flagsFor = (
  share: Share,
  { account: owner }: Portfolio,
  account: string,
  organization: Organization | undefined,
): ShareFlags | undefined => {
  const exception = share.exceptions.get(account);
  if (!share.made || !share.accepted || exception === 'not reached') return undefined;
  const within = isNode(share.with)
    ? organization?.isMember(owner) && organization.accountsUnder(share.with.id).includes(account)
    : share.with.id === account;
  return within ? (exception ?? share) : undefined;
};
