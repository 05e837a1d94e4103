import { createHash } from 'node:crypto';

const digest = (parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** The same parts give the same UUID, in every run. */
export const uuidOf = (...parts: readonly (string | number)[]): string => {
  const hex = digest(parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** An id such as EC2 makes them: `vpc-0` and sixteen more hexadecimal digits. */
export const ec2IdOf = (prefix: string, ...parts: readonly (string | number)[]): string =>
  `${prefix}-0${digest([prefix, ...parts]).slice(0, 16)}`;

/** Twelve letters and digits, as CloudFormation ends the names that it makes up. */
export const suffixOf = (...parts: readonly (string | number)[]): string =>
  BigInt(`0x${digest(parts)}`)
    .toString(36)
    .slice(0, 12);
