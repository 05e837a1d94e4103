import * as z from 'zod/mini';

/* What a requester types into an order, as AWS takes it. Apart from the order, so that a browser can read it. */

/** A template parameter's name: CloudFormation allows letters and digits only. */
export const ParameterKey = z.string().check(z.regex(/^[A-Za-z0-9]{1,255}$/));

export const TagKey = z.string().check(z.regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu));
export const TagValue = z.string().check(z.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u));

/** What people call what they launch. The provisioned product's name is this with the operation's suffix. */
export const LaunchName = z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/));
