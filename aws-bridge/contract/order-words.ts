import * as z from 'zod/mini';
import { LAUNCH_NAME, PARAMETER_KEY, TAG_KEY, TAG_VALUE } from './patterns';

/* What a requester types into an order, as AWS takes it. Apart from the order, so that a browser can read it. */

/** A template parameter's name: CloudFormation allows letters and digits only. */
export const ParameterKey = z.string().check(z.regex(PARAMETER_KEY));

export const TagKey = z.string().check(z.regex(TAG_KEY));
export const TagValue = z.string().check(z.regex(TAG_VALUE));

/** What people call what they launch. The provisioned product's name is this with the operation's suffix. */
export const LaunchName = z.string().check(z.regex(LAUNCH_NAME));
