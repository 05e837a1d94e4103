import { DATA_PROD, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { type AtThePage, type Hands, inBrowser, MINUTE, startAtThePage } from './at-the-page';
import { findChromium } from './chromium';

/* A project that nobody has set up is connected and set up by clicking alone, and an order goes through. */

let there: AtThePage;
let admin: Hands;
if (findChromium() !== undefined) {
  beforeAll(async () => {
    there = await startAtThePage({ notSetUp: true });
    admin = await there.open('admin', 'settings');
  });
  afterAll(() => there.close());
  afterEach(() => expect(there.takeProblems()).toStrictEqual([]));
}

const openTab = ({ page }: Hands, name: string): Promise<void> => page.getByRole('tab', { name }).click();

/** What the page shows once and nowhere again: the value that AWS is to keep. */
const generate = async (direction: 'to' | 'from'): Promise<string> => {
  await admin.page.getByRole('button', { name: `Generate the secret ${direction} the bridge` }).click();
  const value = await admin.page.getByText('{"current":').innerText();
  await admin.page.getByRole('button', { name: 'I have copied it' }).click();
  return value;
};

/** Puts it where the bridge reads it, by the page that stands in for Secrets Manager. */
const putIntoAws = async (name: string, value: string): Promise<void> => {
  const engineer = await there.open('admin', 'aws/secrets');
  await engineer.page.getByRole('button', { name: `Retrieve and edit ${name}` }).click();
  await engineer.page.getByLabel('Secret value').fill(value);
  await engineer.page.getByRole('button', { name: 'Store', exact: true }).click();
  await engineer.page.getByText('Stored.').waitFor();
  await engineer.page.close();
  await there.later(6 * MINUTE);
};

inBrowser('both secrets are made here, put into AWS, and the test says which way is open', async () => {
  const { page } = admin;
  await page.getByText('This project does not use Gatehouse yet.').waitFor();
  await page.getByRole('button', { name: 'Test both ways' }).click();
  await page.getByText('There is no secret to sign with.').waitFor();

  const webhook = await generate('to');
  await page.getByRole('button', { name: 'Test both ways' }).click();
  await page.getByText('The bridge does not take our word').waitFor();
  await putIntoAws('gatehouse/webhook', webhook);
  await putIntoAws('gatehouse/callback', await generate('from'));
  await page.getByRole('button', { name: 'Test both ways' }).click();
  await page.getByText('Under way').waitFor();
  await there.later(MINUTE);
  await page.getByText('Open', { exact: true }).nth(1).waitFor();
  expect(await page.getByText('Closed', { exact: true }).count()).toBe(0);
  // A secret is shown once and never again.
  expect(await page.getByText('whsec_').count()).toBe(0);
});

inBrowser('a check before anything is saved lists what is missing', async () => {
  await openTab(admin, 'Check');
  await admin.page.getByText('The settings are saved and can be read').waitFor();
  await admin.page.getByText('Save them.').waitFor();
});

inBrowser('the catalogue is synchronised, and a product gets a request type of its own', async () => {
  const { page } = admin;
  await openTab(admin, 'Products');
  await page.getByRole('button', { name: 'Synchronise now' }).click();
  await page.getByText(/^Synchronised .* products\.$/).waitFor();

  await admin.choose(/^Product$/, 'Private bucket');
  await admin.choose(/^Request type$/, 'Get something from the AWS catalogue');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await admin.choose('Product of the new request type', 'Message queue');
  await page.getByLabel('Name on the portal').fill('Get a message queue');
  await admin.choose('Issue type', /./);
  await page.getByRole('button', { name: 'Create and map' }).click();
  await page.getByText('Get a message queue was created and mapped.').waitFor();
  const queue = page.getByRole('row', { name: /^Message queue/ });
  await queue.getByText('Get a message queue (not on the portal yet)').waitFor();
  await queue.getByRole('checkbox', { name: 'Approval of Message queue' }).press('Space');
  await queue.getByText('Not required').waitFor();
});

inBrowser('what cannot be used is not saved, and each field says why', async () => {
  const { page } = admin;
  await openTab(admin, 'Accounts');
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByLabel('Name (Account 1)', { exact: true }).fill('payments-dev');
  await page.getByLabel('Account id').fill('12345');
  await page.getByLabel('Regions').fill(REGION);
  await admin.choose(/Organizations/, 'Payments');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Not saved: something cannot be used as it is.').waitFor();
  await page.getByText('Enter the twelve digits of the AWS account.', { exact: true }).waitFor();
  await page.getByText('In the tab Approval: Choose a status of the workflow.').waitFor();
  await page.getByLabel('Account id').fill(PAYMENTS_DEV);

  await openTab(admin, 'Approval');
  // The project calls its statuses what Gatehouse does.
  for (const status of ['Waiting for approval', 'Approved', 'Done', 'Declined', 'Failed']) {
    await admin.choose(status, status);
  }
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
});

inBrowser('once it is saved, the check lists only what Jira leaves to the administrator', async () => {
  const { page } = admin;
  await openTab(admin, 'Check');
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('One thing is to be done.').waitFor();
  await page.getByText(/^In no group of the portal: Get a message queue/).waitFor();
});

inBrowser('whoever saves after somebody else is told so, and keeps what they have typed', async () => {
  const { page } = admin;
  const other = await there.open('admin', 'settings');
  await openTab(other, 'Approval');
  await openTab(admin, 'Accounts');
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByLabel('Name (Account 2)', { exact: true }).fill('data-prod');
  await page.getByLabel('Account id (data-prod)').fill(DATA_PROD);
  await page.getByLabel('Regions, separated by commas (data-prod)').fill(REGION);
  await page.getByLabel('Everyone who can raise requests (data-prod)').press('Space');

  await other.page.getByLabel('An approval by the request’s own reporter does not count').press('Space');
  await other.page.getByRole('button', { name: 'Save' }).click();
  await other.page.getByText('Saved.', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Not saved: somebody else has saved in the meantime.').waitFor();
  expect(await page.getByLabel('Account id (data-prod)').inputValue()).toBe(DATA_PROD);
  // Nothing was overwritten.
  await other.page.reload();
  await openTab(other, 'Approval');
  const duties = other.page.getByLabel('An approval by the request’s own reporter does not count');
  expect(await duties.isChecked()).toBe(false);
  await openTab(other, 'Accounts');
  expect(await other.page.getByLabel('Account id (data-prod)').count()).toBe(0);

  await page.getByRole('button', { name: 'Drop my changes and load what is saved' }).click();
  await page.getByLabel('Account id (data-prod)').waitFor({ state: 'detached' });
});

inBrowser('the project takes an order then', async () => {
  const employee = await there.open('employee', 'portal');
  await employee.page.getByRole('link', { name: /Get something from the AWS catalogue/ }).click();
  await employee.page.getByLabel('Summary').fill('The first order');
  await employee.choose(/AWS account/, /payments-dev/);
  await employee.page.getByText('The order is complete').waitFor();
  await employee.page.getByRole('button', { name: 'Send' }).click();
  await employee.page.getByRole('heading', { name: 'The first order' }).waitFor();
  await there.later(MINUTE);
  const approver = await there.open('approver', 'approvals');
  await approver.page.getByRole('link', { name: /The first order/ }).click();
  await approver.page.getByRole('button', { name: 'Approve' }).click();
  await there.later(10 * MINUTE);
  await employee.page.getByText('Ready', { exact: true }).first().waitFor();
});
