const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

/** A parameter's range of private addresses: what it matches, and what a person is told where it does not. */
export const PRIVATE_RANGE = {
  pattern: `^(10\\.${OCTET}|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.${OCTET}\\.${OCTET}/(1[6-9]|2[0-9]|3[0-2])$`,
  constraint: 'must be a private IPv4 range of size /16 to /32, such as 10.0.4.0/22',
} as const;
