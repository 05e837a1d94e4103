import type { SecretState } from '../../connection/connection-secrets';
import type { TestVerdict } from '../../connection/test-verdict';
import type { CheckId, Checked } from '../../settings/set-up-check';

type Way = 'toBridge' | 'fromBridge';
type Closed = Extract<TestVerdict['wayTo'], { readonly state: 'failed' }>['why'];
type NoWayBack = Extract<TestVerdict['wayBack'], { readonly state: 'failed' }>['why'];

const sources: Record<SecretState['source'], string> = {
  stored: 'Stored here',
  deployed: 'From the deployment',
  missing: 'Missing',
  unusable: 'Unusable',
};

const ways: Record<
  Way,
  Readonly<
    Record<
      | 'title'
      | 'what'
      | 'secretName'
      | 'generate'
      | 'enter'
      | 'exchangeGenerate'
      | 'exchangeEnter'
      | 'switchOver'
      | 'giveUp',
      string
    >
  >
> = {
  toBridge: {
    title: 'Secret to the bridge',
    what: 'Gatehouse signs with it what it sends to AWS.',
    secretName: 'gatehouse/webhook',
    generate: 'Generate the secret to the bridge',
    enter: 'Enter the secret to the bridge',
    exchangeGenerate: 'Generate a new secret to the bridge',
    exchangeEnter: 'Enter a new secret to the bridge',
    switchOver: 'Use the new secret to the bridge',
    giveUp: 'Give up the new secret to the bridge',
  },
  fromBridge: {
    title: 'Secret from the bridge',
    what: 'The bridge signs with it what it tells Jira.',
    secretName: 'gatehouse/callback',
    generate: 'Generate the secret from the bridge',
    enter: 'Enter the secret from the bridge',
    exchangeGenerate: 'Generate a new secret from the bridge',
    exchangeEnter: 'Enter a new secret from the bridge',
    switchOver: 'Drop the old secret from the bridge',
    giveUp: 'Give up the new secret from the bridge',
  },
};

const steps: Record<Way, readonly string[]> = {
  toBridge: [
    'In AWS Secrets Manager, edit gatehouse/webhook: the new secret becomes "current", and what stood there becomes "previous". The bridge then takes both.',
    'Wait five minutes, which is how long the bridge uses what it has read.',
    'Test with the new secret.',
    'Use the new secret here.',
    'Five minutes later, remove "previous" in AWS Secrets Manager and test once more.',
  ],
  fromBridge: [
    'Gatehouse takes both secrets as of now.',
    'In AWS Secrets Manager, edit gatehouse/callback: the new secret becomes "current".',
    'Wait five minutes, which is how long the bridge uses what it has read.',
    'Test: the result says which of the two secrets the bridge signed with.',
    'Once it is the new one, drop the old one here.',
  ],
};

const closed: Record<Closed, string> = {
  'no-key': 'There is no secret to sign with. Store one below.',
  unreachable:
    'Nobody answered at the bridge’s address. Check the address above, and that the bridge is deployed.',
  unauthenticated:
    'The bridge does not take our word: the secret in AWS (gatehouse/webhook) is another one, or the bridge was deployed for another app id. A secret that was changed in AWS counts after five minutes.',
  'wrong-site':
    'The bridge serves another Jira site. Deploy it for this site, or connect the bridge of this site.',
  outdated: 'The bridge does not know this test yet. Deploy its newest version.',
  'not-the-bridge': 'Somebody answered who is not the bridge. Check the address above.',
  busy: 'The bridge could not do it just now. Try again in a minute.',
};

const noWayBack: Record<NoWayBack, string> = {
  'no-key':
    'The bridge has no secret to sign with: gatehouse/callback in AWS Secrets Manager is empty, or no {"current": "whsec_…"}.',
  unreachable:
    'The bridge reaches nobody at the address that it has of Jira. Set jira.callbackUrl in gatehouse.yml to the address above and deploy the bridge.',
  refused:
    'The bridge was refused. 401: the secret in AWS (gatehouse/callback) is another one. 404 or 410: jira.callbackUrl in gatehouse.yml is that of another installation.',
  'not-understood':
    'The address that the bridge has of Jira leads to somebody who is not this app. Compare jira.callbackUrl in gatehouse.yml with the address above.',
  broken: 'The test broke off in AWS. The log of the operation function says why.',
  'too-late':
    'Nothing came back within a minute. Test again; if that does not help, look into the log of the operation function.',
  elsewhere:
    'The bridge was answered, but not by this installation. Compare jira.callbackUrl in gatehouse.yml with the address above.',
};

const listed = (about: readonly string[]): string => about.join(', ');

/** What each check says when all is well, and what there is to do when it is not; `unknown` where it may not be readable. */
const checks: Record<
  CheckId,
  { readonly title: string; readonly todo: (about: readonly string[]) => string; readonly unknown?: string }
> = {
  'secret-to-bridge': {
    title: 'The secret to the bridge is set',
    todo: () => 'Store it in the tab Connection.',
  },
  'secret-from-bridge': {
    title: 'The secret from the bridge is set',
    todo: () => 'Store it in the tab Connection.',
  },
  'callback-arrived': {
    title: 'The bridge has called back since the secrets were set',
    todo: () => 'Test the connection in the tab Connection.',
  },
  'catalogue-fresh': {
    title: 'The catalogue is up to date',
    todo: (about) =>
      about.length === 0
        ? 'Synchronise it in the tab Products.'
        : `Synchronise it in the tab Products, and see to this: ${listed(about)}`,
  },
  'settings-readable': {
    title: 'The settings are saved and can be read',
    todo: (about) => (about.length === 0 ? 'Save them.' : `Correct them: ${about.join(' ')}`),
  },
  'products-mapped': { title: 'Products have request types', todo: () => 'Map them in the tab Products.' },
  'products-offered': {
    title: 'Every mapped product can be launched',
    todo: (about) => `Not in the catalogue, or without a version that can be launched: ${listed(about)}`,
  },
  'request-types-exist': {
    title: 'Every mapped request type exists',
    todo: (about) => `The project has no request type ${listed(about)}. Choose others in the tab Products.`,
    unknown: 'Jira did not tell which request types there are.',
  },
  'request-types-in-portal': {
    title: 'Customers see the request types',
    todo: (about) =>
      `In no group of the portal: ${listed(about)}. Add them: Project settings, Request types, Portal groups.`,
    unknown: 'Jira did not tell which request types the portal shows.',
  },
  'accounts-listed': { title: 'Accounts are listed', todo: () => 'List them in the tab Accounts.' },
  'regions-covered': {
    title: 'An account has the region of every product',
    todo: (about) => `No account has the region of: ${listed(about)}`,
  },
  'statuses-exist': {
    title: 'The statuses exist in the workflow',
    todo: (about) => `The workflow has no such status: ${listed(about)}`,
    unknown: 'It is not known yet which issue types are used, or Jira did not tell their statuses.',
  },
  'arrives-waiting': {
    title: 'Requests begin in the waiting status',
    todo: (about) => `They begin elsewhere in the workflow ${listed(about)}.`,
    unknown:
      'A Jira administrator can check this. Look whether the workflow’s first status is the waiting one.',
  },
  'approval-step': {
    title: 'The waiting status has an approval step',
    todo: (about) =>
      `Without one, or leading to other statuses than approved and declined: ${listed(about)}. Edit the workflow, select the status, and add an approval.`,
    unknown: 'A Jira administrator can check this. Look at the waiting status in the workflow editor.',
  },
  'approvers-field': {
    title: 'The approval step takes its approvers from a field',
    todo: (about) => `No field of approvers in: ${listed(about)}`,
    unknown: 'A Jira administrator can check this. Look at the approval step in the workflow editor.',
  },
  'reporter-excluded': {
    title: 'Reporters do not approve their own requests',
    todo: (about) =>
      `Gatehouse does not count such an approval; exclude the reporter in the approval step of ${listed(about)}, so that nobody is asked in vain.`,
    unknown: 'A Jira administrator can check this: the approval step should exclude the reporter.',
  },
  'ways-on': {
    title: 'The workflow leads on',
    todo: (about) =>
      `Without these ways a request is not moved, and an internal comment says so: ${listed(about)}`,
    unknown:
      'A Jira administrator can check this. There should be ways from waiting to declined, and from approved to done and to failed.',
  },
  'gate-request-type': {
    title: 'The request type for stacks from the AWS console is set up',
    todo: (about) =>
      `Look at ${listed(about)}: it has to exist, and nobody should raise it by hand, so take it out of the portal’s groups.`,
    unknown: 'Jira did not tell which request types there are.',
  },
  'gate-fields': {
    title: 'Its form asks for what Gatehouse fills in',
    todo: (about) =>
      `It needs Summary, Description and the field of the approvers, and no other field may be required. Look at: ${listed(about)}`,
    unknown: 'Jira did not tell which fields the form has.',
  },
  'app-permissions': {
    title: 'Gatehouse has the permissions that it needs',
    todo: (about) =>
      `Give them to the project role atlassian-addons-project-access in the permission scheme: ${listed(about)}`,
    unknown: 'Jira did not tell the app’s permissions.',
  },
  'mail-approvals': {
    title: 'Approvals by e-mail need a sign-in',
    todo: () => '',
    unknown:
      'No app can read this setting. Have a Jira administrator require a sign-in for approvals by e-mail: mail scanners open links.',
  },
};

const states: Record<Checked['state'], string> = {
  ok: 'In order',
  missing: 'To do',
  advice: 'Advice',
  unknown: 'Not known',
};

/** By the settings' own paths, without numbers. */
const problems: Readonly<Record<string, string>> = {
  gatehouse: 'Jira has no room for this many settings. List fewer accounts.',
  products: 'Each pair of product and request type may stand there once.',
  'products.productId': 'Choose a product.',
  'products.requestTypeId': 'Choose a request type.',
  accounts: 'Each account may stand there once.',
  accountsIn: 'A list of accounts that the settings name is not there. Saving leaves its accounts out.',
  'accounts.id': 'Enter the twelve digits of the AWS account.',
  'accounts.name': 'Enter what people call it, in 1 to 100 characters.',
  'accounts.regions': 'Enter at least one region, such as eu-west-1.',
  'accounts.organizations': 'Choose at least one organization or group, or everyone.',
  'accounts.groups': 'Choose groups from the list.',
  'gates.requestTypeId': 'Choose a request type that no product has.',
  'gates.approversField': 'Choose a field, or take out the approvers.',
  'gates.approvers': 'Choose 1 to 50 approvers, or leave out the field.',
  statuses: 'Choose a status of the workflow.',
};

/** What the project's settings page says. */
export const settings = {
  tabs: {
    connection: 'Connection',
    products: 'Products',
    accounts: 'Accounts',
    approval: 'Approval',
    check: 'Check',
  },
  begin:
    'This project does not use Gatehouse yet. Go through the tabs from left to right: connect, synchronise the catalogue, map products, list accounts, choose statuses, save, check.',
  unusable:
    'The saved settings cannot be used, and nothing is launched from this project until they are corrected and saved.',
  problems,
  remove: 'Remove',
  choose: 'Choose…',
  save: {
    save: 'Save',
    unsaved: 'There are unsaved changes.',
    saved: 'Saved.',
    invalid: 'Not saved: something cannot be used as it is.',
    changed: 'Not saved: somebody else has saved in the meantime. What you changed is still here.',
    load: 'Drop my changes and load what is saved',
    tooLong:
      'A page of Forge can send 500 kB, and these are more. Leave the accounts here as they are, and write them with npm run settings.',
    in: (tab: string) => `In the tab ${tab}`,
  },
  connection: {
    others:
      'The connection belongs to the whole Jira site. A Jira administrator can change it; you see how it is.',
    addresses: 'Addresses',
    bridgeUrl: 'The bridge',
    callbackUrl: 'Gatehouse (jira.callbackUrl in gatehouse.yml)',
    unknownUrl: 'Not known here',
    howToChange:
      'The bridge’s address is part of the deployment: export BRIDGE_URL=https://…, then forge deploy and forge install --upgrade. What stands here is the app’s variable: forge variables set BRIDGE_URL with the same address.',
    sources,
    ways,
    since: (moment: string) => `since ${moment}`,
    missing: 'Without this secret nothing can be sent or taken in.',
    unusable: 'The app’s variable is no webhook secret (whsec_…). Store one here instead.',
    entering: 'Secret (whsec_…)',
    store: 'Store',
    malformed: 'This is no webhook secret: whsec_ followed by the base64 of 24 to 64 bytes.',
    cancel: 'Cancel',
    generated: 'Copy it now. It is shown this once and can never be read again.',
    putInto: (name: string) => `The value of ${name} in AWS Secrets Manager:`,
    /** Stands in the value's JSON for what the page does not know. */
    previous: 'what stood under current until now',
    putAway: 'I have copied it',
    underWay: (moment: string) => `A new secret is on its way in, since ${moment}.`,
    steps,
    testNext: 'Test with the new secret',
    notTested: 'No test has shown yet that the other side has the new secret.',
  },
  test: {
    title: 'Test',
    run: 'Test both ways',
    running: 'Testing…',
    wayTo: 'To the bridge',
    wayBack: 'Back to Jira',
    open: 'Open',
    openNext: 'Open, with the new secret',
    underWay: 'Under way',
    notTried: 'Not tried',
    failed: 'Closed',
    status: (status: number) => `Answered with status ${status}.`,
    closed,
    noWayBack,
  },
  catalogue: {
    title: 'Catalogue',
    never: 'It has never been synchronised.',
    synced: (moment: string, products: number) => `Synchronised ${moment}: ${products} products.`,
    failed: (moment: string, reason: string) => `The attempt of ${moment} failed: ${reason}`,
    tooLarge: (ids: readonly string[]) => `Too large to be kept, so they cannot be ordered: ${listed(ids)}`,
    synchronise: 'Synchronise now',
  },
  products: {
    title: 'Products and their request types',
    none: 'No product has a request type yet.',
    product: 'Product',
    requestType: 'Request type',
    approval: 'Approval',
    approvals: { required: 'Required', none: 'Not required' },
    gone: (id: string) => `${id} (not in the catalogue)`,
    notLaunchable: (name: string) => `${name} (no version to launch)`,
    unknownType: (id: string) => `Request type ${id}`,
    removeRow: (product: string) => `Remove ${product}`,
    approvalOf: (product: string) => `Approval of ${product}`,
    map: 'Map a product to a request type',
    add: 'Add',
    create: 'Create a request type for a product',
    createFor: 'Product of the new request type',
    name: 'Name on the portal',
    issueType: 'Issue type',
    createIt: 'Create and map',
    created: (name: string) =>
      `${name} was created and mapped. Jira leaves the rest to you: put it into a group of the portal (Project settings, Request types), look over its form, and make sure that its issue type has the workflow with the approval.`,
    portalHidden: 'not on the portal yet',
  },
  accounts: {
    title: 'AWS accounts, and who may use them',
    none: 'No account is listed yet.',
    add: 'Add an account',
    account: (number: number) => `Account ${number}`,
    id: 'Account id',
    name: 'Name',
    regions: 'Regions, separated by commas',
    everyone: 'Everyone who can raise requests',
    organizations: 'Organizations',
    groups: 'Jira groups',
    findGroup: 'Find a group by name',
    find: 'Find',
    found: 'Groups found',
    nothingFound: 'Nothing found.',
    findAccount: 'Find accounts by a part of their name or id',
    findThem: 'Find accounts',
    noneFound: 'No account has that in its name or id.',
    previous: 'Previous accounts',
    next: 'Next accounts',
    shown: (from: number, to: number, of: number) => `Accounts ${from} to ${to} of ${of}`,
    removeIt: (name: string) => `Remove ${name}`,
  },
  approval: {
    statuses: 'Statuses',
    statusesHint: 'Pick them from the project’s workflow.',
    names: {
      awaitingApproval: 'Waiting for approval',
      approved: 'Approved',
      done: 'Done',
      declined: 'Declined',
      failed: 'Failed',
    },
    duties: 'Separation of duties',
    separationOfDuties: 'An approval by the request’s own reporter does not count',
    gates: 'Stacks from the AWS console',
    takesGates: 'This project approves stacks that were started in AWS',
    gateRequestType: 'Request type of these requests',
    approversField: 'Field that the approval step takes its approvers from',
    workflowNames: 'The workflow names the approvers',
    approvers: 'Approvers',
    findPerson: 'Find a person',
    find: 'Find',
    found: 'People found',
    nothingFound: 'Nobody found.',
  },
  check: {
    title: 'Set-up check',
    hint: 'It looks at what is saved.',
    again: 'Check again',
    states,
    checks,
    allWell: 'Everything that can be checked is in order.',
    open: (count: number) => (count === 1 ? 'One thing is to be done.' : `${count} things are to be done.`),
  },
};
