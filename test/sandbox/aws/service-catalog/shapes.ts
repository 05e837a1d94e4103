import { z } from 'zod';

/** Shapes that several operations take, with the limits of the API's model. */

export const AcceptLanguage = z.string().max(100).optional();
export const Id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-zA-Z0-9_-]*$/);
export const AccountId = z.string().regex(/^[0-9]{12}$/);
export const Token = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/);
export const ProvisionedProductName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/);
export const ProvisionedProductNameOrArn = z
  .string()
  .min(1)
  .max(1224)
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}|arn:[a-z0-9-.]{1,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[^/].{0,1023}$/,
  );
export const ParameterKey = z.string().min(1).max(1000);
export const ParameterValue = z.string().max(4096);
export const ProductName = z.string().max(8191);
export const ArtifactName = z.string().max(8192);
export const PathName = z.string().min(1).max(100);
export const SortOrder = z.enum(['ASCENDING', 'DESCENDING']);

const tagPattern = /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u;
export const Tag = z.strictObject({
  Key: z.string().min(1).max(128).regex(tagPattern),
  Value: z.string().min(1).max(256).regex(tagPattern),
});
export type Tag = z.infer<typeof Tag>;

const page = (limit: number) => ({
  PageSize: z.int().min(0).max(limit).optional(),
  PageToken: z.string().max(2024).optional(),
});
const PAGES = { 20: page(20), 100: page(100) };

/** Results of `limit` at most; 0 or nothing means the service's own page size. */
export const paged = (limit: 20 | 100) => PAGES[limit];

export const AccessLevelFilter = z.strictObject({
  Key: z.enum(['Account', 'Role', 'User']),
  Value: z.string(),
});
export type AccessLevelFilter = z.infer<typeof AccessLevelFilter>;
