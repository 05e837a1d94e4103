import { validationError } from './refusals';

/** A range of IPv4 addresses; `first` is the number of its first address. */
export interface Range {
  readonly first: number;
  readonly bits: number;
}

/** Reads `10.0.0.0/16`; the address is taken down to the beginning of its range, as EC2 does. */
export const parseRange = (text: string): Range | undefined => {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = (match ?? []).slice(1).map(Number);
  if (bits > 32 || [a, b, c, d].some((octet) => octet > 255)) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % sizeOf(bits)), bits };
};

export const formatRange = ({ first, bits }: Range): string => `${formatAddress(first)}/${bits}`;

export const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

const sizeOf = (bits: number): number => 2 ** (32 - bits);

export const overlap = (a: Range, b: Range): boolean =>
  a.first < b.first + sizeOf(b.bits) && b.first < a.first + sizeOf(a.bits);

export const contains = (outer: Range, inner: Range): boolean =>
  inner.bits >= outer.bits && overlap(outer, inner);

/**
 * The first `count` subnets of `block` that leave `hostBits` bits for hosts, as `Fn::Cidr` gives them.
 * @throws AwsError ValidationError when they are not ranges or do not fit
 */
export const cidrBlocks = (block: string, count: number, hostBits: number): readonly string[] => {
  const range = parseRange(block);
  if (!range) throw validationError(`Template error: Fn::Cidr: ${block} is not a valid CIDR block`);
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw validationError('Template error: Fn::Cidr: count must be between 1 and 256');
  }
  const bits = 32 - hostBits;
  if (
    !Number.isInteger(bits) ||
    bits < range.bits ||
    bits > 32 ||
    count * sizeOf(bits) > sizeOf(range.bits)
  ) {
    throw validationError(
      `Template error: Fn::Cidr: ${block} has no room for ${count} blocks with ${hostBits} bits for hosts`,
    );
  }
  return Array.from({ length: count }, (_, index) =>
    formatRange({ first: range.first + index * sizeOf(bits), bits }),
  );
};
