import type { Context } from '../../iam/context';
import type { Existing } from '../inventory';
import type { ServiceCall } from '../resource-model';

/** Calls on one resource. */
export const on = (
  resource: string,
  actions: readonly string[],
  context: Context = {},
): readonly ServiceCall[] => actions.map((action) => ({ action, resource, context }));

/** Calls that have no resource. */
export const onAll = (...actions: readonly string[]): readonly ServiceCall[] =>
  actions.map((action) => ({ action, resource: '*' }));

/** What IAM is told of the tags that something comes with. */
export const requestTags = ({ tags = {} }: Existing): Context => ({
  ...prefixed('aws:RequestTag', tags),
  ...(Object.keys(tags).length > 0 && { 'aws:TagKeys': Object.keys(tags) }),
});

/** What IAM is told of the tags that something carries. */
export const resourceTags = ({ tags = {} }: Existing): Context => prefixed('aws:ResourceTag', tags);

const prefixed = (prefix: string, tags: Readonly<Record<string, string>>): Context =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));

export const isTagged = ({ tags = {} }: Existing): boolean => Object.keys(tags).length > 0;
