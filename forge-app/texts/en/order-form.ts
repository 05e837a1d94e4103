import { orderChecks } from './order-checks';

/** The order form on the customer portal. */
export const orderForm = {
  title: 'What you want to have in AWS',
  checks: orderChecks,
  fields: {
    product: 'Product',
    version: 'Version',
    account: 'AWS account',
    region: 'Region',
    name: 'Name',
  },
  choose: 'Choose',
  nameHelp: 'What people call it. Letters, digits, ".", "_" and "-".',
  newest: (version: string) => `${version} (newest)`,
  onlyRegion: (region: string) => `It is launched in ${region}.`,
  tags: {
    title: 'Tags',
    help: 'Optional. AWS puts them on everything that is created.',
    show: 'Add tags',
    add: 'Add another tag',
    key: (number: number) => `Key of tag ${number}`,
    value: (number: number) => `Value of tag ${number}`,
    remove: (number: number) => `Remove tag ${number}`,
  },
  otherParameters: 'More settings',
  parameters: 'Settings',
  optional: (label: string) => `${label} (optional)`,
  list: {
    item: (label: string, number: number) => `${label}, item ${number}`,
    add: (label: string) => `Add an item to ${label}`,
    remove: (label: string, number: number) => `Remove item ${number} of ${label}`,
  },
  help: {
    between: (least: number, most: number) => `From ${least} to ${most}.`,
    atLeast: (least: number) => `${least} or more.`,
    atMost: (most: number) => `${most} or less.`,
    lengthBetween: (least: number, most: number) => `${least} to ${most} characters.`,
    lengthAtLeast: (least: number) => `At least ${least} characters.`,
    lengthAtMost: (most: number) => `At most ${most} characters.`,
    stored: 'The name of a parameter in Systems Manager of the account.',
    standard: (value: string) => `Unless you change it: ${value}`,
  },
  secret: {
    help: 'Nobody sees what you type: it is sealed at once, and only AWS reads it.',
    sealing: 'Sealing',
    unsealed: 'What was typed is not sealed yet. Put it right, or take it out.',
    sealed: 'A value is given and sealed.',
    change: (label: string) => `Give another value for ${label}`,
    keepDefault: 'Leave it empty for the default.',
    failed: 'The value could not be sealed, so it was not taken. Type it again in a moment.',
  },
  choices: {
    loading: 'Looking up what there is in the account',
    unavailable: 'What there is in the account could not be looked up. Type the value.',
    again: (label: string) => `Look up ${label} again`,
    refused: {
      'no-role':
        'Gatehouse cannot look into this account: it lacks the role for that. Type the value, and let the service desk know.',
      denied:
        'A policy in AWS does not let Gatehouse look this up in the account and region. Type the value, and let the service desk know.',
      'region-disabled':
        'This region is not enabled in the account, so nothing can be created there. Choose another region, or ask the service desk to have it enabled.',
    },
    empty: 'There is nothing of the kind in this account and region. Type the value if you know better.',
    more: 'There are more than are shown. Type the value if it is missing.',
    type: (label: string) => `Type the value of ${label} instead`,
    pick: (label: string) => `Choose ${label} from what there is`,
  },
  missing: {
    product: 'Choose a product.',
    account: 'Choose the account in which it is to be created.',
    region: 'Choose a region.',
    tagTwice: 'This key is there twice. A tag has one value.',
    tooLong: (characters: number, most: number) =>
      `The order is too long for Jira: ${characters} characters, at most ${most} are possible. Shorten the values.`,
  },
  left: (count: number) =>
    count === 1
      ? 'One field still needs your attention before the request can be sent.'
      : `${count} fields still need your attention before the request can be sent.`,
  check: 'Show what is missing',
  ready: 'The order is complete. Send the request when you are ready.',
  created: {
    title: 'What will be created',
    capabilities: 'Mind the access rights',
    iam: 'It creates roles or policies, which can give access to others.',
    namedIam: 'It creates roles or policies under names of its own, which can give access to others.',
    macros: 'It uses macros, so what it creates is settled only while it is launched.',
    other: (capability: string) => `The template asks for ${capability}.`,
    nothing: 'The template names no resources.',
  },
  empty: {
    accounts:
      'There is no AWS account that you may use with this request yet. Ask the service desk to give you one.',
    noAccountHere:
      'None of the accounts that you may use is open for the region where this product is launched. Ask the service desk.',
    products: 'Nothing can be ordered with this request just now. Ask the service desk.',
    awaited:
      'What can be ordered here has not arrived from AWS yet. Look again in a while, or ask the service desk.',
    versionAwaited:
      'What this version asks for has not arrived from AWS yet. Choose another version, or look again in a while.',
    versionTooLarge:
      'This version asks for more than can be shown here, so it cannot be ordered. Choose another version, or ask the service desk.',
  },
};
