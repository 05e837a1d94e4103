/* The forms of what messages consist of. Apart from the schemas, so that they can be looked at without building those. */

export const ATLASSIAN_ACCOUNT_ID = /^[A-Za-z0-9:_-]{1,128}$/;
export const REQUEST_KEY = /^[A-Z][A-Z0-9_]{1,63}-[1-9]\d{0,11}$/;
export const OPERATION_ID = /^[a-z0-9][a-z0-9-]{7,63}$/;
export const GATE_ID = /^gate-[0-9a-f]{40}$/;
export const TEST_ID = /^test-[0-9a-f]{32}$/;
/** SHA-256 in hexadecimal digits, lower case. */
export const DIGEST = /^[0-9a-f]{64}$/;

export const AWS_ACCOUNT_ID = /^\d{12}$/;
export const REGION = /^[a-z]{2}(-[a-z]{2,12}){1,2}-\d$/;
/** Not of China, GovCloud, or isolated. */
export const OF_PARTITION_AWS = /^(?!cn-|us-gov-|[a-z]{2}-iso[a-z]?-)/;
export const SERVICE_CATALOG_ID = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/;

export const PARAMETER_KEY = /^[A-Za-z0-9]{1,255}$/;
export const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
export const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;
/**
 * `sealed.1.<wrapped key>.<initialization vector>.<ciphertext and tag>`, each part base64url: an AES-256-GCM key of its
 * own, wrapped by RSAES-OAEP with SHA-256, as KMS opens it (`RSAES_OAEP_SHA_256`).
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */
export const SEALED_VALUE =
  /^sealed\.1\.(?<wrapped>[\w-]{683})\.(?<iv>[\w-]{16})\.(?<ciphertext>[\w-]{22,})$/;
/** Characters of a sealed value. */
export const LONGEST_SEALED_VALUE = 23_000;
export const LAUNCH_NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/;

/** Characters of a template parameter's value; Service Catalog takes no more. */
export const LONGEST_PARAMETER = 4096;
/** As many as Service Catalog takes. */
export const MOST_TAGS = 50;
export const MOST_APPROVERS = 50;
/** Launches of one request before its latest. */
export const MOST_EARLIER = 25;
/** Operations that one message may ask about. */
export const MOST_ASKED_ABOUT = 25;
/** Characters of the reason why a gate was declined. */
export const LONGEST_REASON = 500;
