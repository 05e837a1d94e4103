import type { ExpectedValue } from '../../order/parameter-type';

const expected: Record<ExpectedValue, string> = {
  number: 'a number such as 8 or 2.5',
  'availability-zone': 'an Availability Zone such as eu-west-1a',
  image: 'an image id such as ami-0123456789abcdef0',
  instance: 'an instance id such as i-0123456789abcdef0',
  'key-pair': "a key pair's name of 1 to 255 ASCII characters",
  'security-group-name': "a security group's name",
  'security-group': 'a security group id such as sg-0123456789abcdef0',
  subnet: 'a subnet id such as subnet-0123456789abcdef0',
  volume: 'a volume id such as vol-0123456789abcdef0',
  vpc: 'a VPC id such as vpc-0123456789abcdef0',
  'hosted-zone': 'a hosted zone id such as Z0123456789ABCDEFGHIJ',
  'stored-parameter': "a Systems Manager parameter's name such as /network/vpc",
};

const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);

/** What is said of an order's values, on the form and in the comment of an order that is refused. */
export const orderChecks = {
  unknownParameter: 'this version has no such parameter. Leave it out.',
  needed: 'a value is needed; this parameter has no default.',
  secretNeeded:
    'a value is needed, and it is one that must not be shown. Fill it in on the order form, which seals it.',
  secretInClear:
    'its value must not be shown, but the order holds it in clear, where everyone who sees the request can read it. ' +
    'Leave it out, and treat the value that was given as disclosed: change it wherever it is in use.',
  notText: 'the value is not well-formed text. Type it anew.',
  tooManyBytes: (bytes: number, most: number) =>
    `the value takes ${bytes} bytes; at most ${most} are possible.`,
  theValue: 'the value',
  expected,
  emptyValue: (what: string) => `the value is empty; it has to be ${what}.`,
  emptyItem: (what: string) => `an item of the list is empty; it has to be ${what}.`,
  unexpected: (value: string, what: string) => `${value} has to be ${what}.`,
  /** @param more choices that are not shown */
  notAllowed: (value: string, choices: string, more: number) =>
    `${value} is not one of ${choices}${more > 0 ? ` and ${more} more` : ''}.`,
  tooSmall: (value: string, least: number) => `${value} is less than ${least}, the least that is allowed.`,
  tooLarge: (value: string, most: number) => `${value} is more than ${most}, the most that is allowed.`,
  tooShort: (length: number, least: number) =>
    `the value has ${characters(length)}; at least ${least} are needed.`,
  tooLong: (length: number, most: number) =>
    `the value has ${characters(length)}; at most ${most} are allowed.`,
  // The pattern itself helps nobody who has words.
  notOfForm: (value: string) => `${value} is not of the form that is asked for.`,
  notOfPattern: (value: string, pattern: string) => `${value} does not match the pattern ${pattern}.`,
  patternUnchecked: (pattern: string) =>
    `whether the value is allowed could not be checked: the product's pattern ${pattern} is too slow ` +
    'or not understood. This is not your mistake; ask the service desk to have the pattern simplified.',
  /**
   * The author's own words, which CloudFormation puts behind "failed to satisfy constraint:", so that many begin in the middle of
   * a sentence.
   */
  constraint: (description: string) => {
    if (/^(?:must|has to|have to|should|can|cannot|may|needs?|is)\b/.test(description))
      return `It ${description}`;
    return /^\p{Ll}/u.test(description) ? `What is allowed: ${description}` : description;
  },
  badName:
    'it has to start with a letter or digit, go on with letters, digits, ".", "_" or "-", and have at most 100 characters.',
  reservedTag: 'keys that start with "aws:" or "gatehouse:" are reserved. Choose another key.',
  badTag:
    'letters, digits, spaces and _ . : / = + - @ are possible, 1 to 128 of them in the key and 1 to 256 in the value.',
  tooManyTags: (most: number) => `at most ${most} are possible; one more names the request.`,
  /** What is said of a rule whose author said nothing. */
  violated: (rule: string) => `The values do not go together: the product's rule ${rule} does not hold.`,
};

export type OrderChecks = typeof orderChecks;
