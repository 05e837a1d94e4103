import { REGION, PAYMENTS_DEV } from '../sandbox/organization';
import { type AtThePage, inBrowser, MINUTE, startAtThePage } from './at-the-page';
import { findChromium } from './chromium';
import { approve, fillIn, panelOf, PORTAL_FORM, send } from './ordering';

/* The bridge in AWS cannot be reached: pages say so, show what is known, and go on by themselves afterwards. */

let there: AtThePage;
if (findChromium() !== undefined) {
  beforeAll(async () => {
    there = await startAtThePage();
  });
  afterAll(() => there.close());
  afterEach(() => {
    there.sandbox.faults.clear();
    expect(there.takeProblems()).toStrictEqual([]);
  });
}

const cutOff = (): void => {
  for (const operation of ['POST /webhook', 'POST /catalog'])
    there.sandbox.faults.plan('bridge', operation, 'unreachable', 10_000);
};

inBrowser(
  'a connection test says that nobody answered and what to look at, and that both ways are open once the bridge is back',
  async () => {
    cutOff();
    const { page } = await there.open('admin', 'settings');
    await page.getByRole('button', { name: 'Test both ways' }).click();
    await page.getByText('Nobody answered at the bridge’s address').waitFor();

    await page.getByRole('tab', { name: 'Products' }).click();
    const synchronised = page.getByText(/^Synchronised .*: \d+ products\.$/);
    await synchronised.waitFor();
    await page.getByRole('button', { name: 'Synchronise now' }).click();
    await page.getByText(/This could not be reached just now|The attempt of .* failed/).waitFor();
    // What is known stays in sight.
    await synchronised.waitFor();
    await page
      .getByRole('button', { name: /Remove Private bucket/ })
      .first()
      .waitFor();

    there.sandbox.faults.clear();
    await page.getByRole('button', { name: 'Synchronise now' }).click();
    await page
      .getByText(/This could not be reached just now|The attempt of .* failed/)
      .waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: 'Connection' }).click();
    await page.getByRole('button', { name: 'Test both ways' }).click();
    await page.getByText('Under way', { exact: true }).waitFor();
    await there.later(MINUTE);
    await page.getByText('Under way', { exact: true }).waitFor({ state: 'hidden' });
    expect(await page.getByText('Open', { exact: true }).count()).toBe(2);
    await page.close();
  },
);

inBrowser(
  'what cannot be looked up in the account can be typed, and is checked; the order is sent as ever',
  async () => {
    cutOff();
    const { vpcId, subnetIds } = there.sandbox.cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
    const employee = await there.open('employee', 'portal');
    const { page, choose } = employee;
    await page.getByRole('link', { name: PORTAL_FORM }).click();
    await page.getByLabel('Summary').fill('A machine to try things on');
    await choose(/Product/, /instance/i);
    await choose(/AWS account/, /payments-dev/);
    await page
      .getByText('What there is in the account could not be looked up. Type the value.')
      .first()
      .waitFor();
    const vpc = page.getByRole('textbox', { name: /^VPC/ });
    await vpc.fill('the usual one');
    await vpc.blur();
    await page.getByText(/has to be a VPC id such as vpc-/).waitFor();
    await vpc.fill(vpcId);
    await page.getByRole('textbox', { name: /^Subnet/ }).fill(subnetIds[0] ?? '');
    await page.getByText('The order is complete').waitFor();
    await send(employee, 'A machine to try things on');
    await there.later(MINUTE);
    await panelOf(employee).getByText('Waiting for approval').waitFor();
    await panelOf(employee).getByText(vpcId).waitFor();
    await page.close();
  },
);

inBrowser(
  'an approved request waits for the bridge, an agent is told so, and it is launched once the bridge is back',
  async () => {
    const employee = await there.open('employee', 'portal');
    await fillIn(employee, 'A bucket in an outage');
    const key = await send(employee, 'A bucket in an outage');
    await there.later(MINUTE);
    cutOff();
    const approver = await there.open('approver', 'approvals');
    await approve(approver, /A bucket in an outage/);
    await there.later(30 * MINUTE);

    const seen = panelOf(employee);
    await seen.getByText('On its way to AWS', { exact: true }).waitFor();
    await seen.getByText('Handing the order over to AWS has not worked so far').waitFor();
    await seen.getByText('payments-dev').first().waitFor();

    const agent = await there.open('agent', `queue/${key}`);
    const issue = panelOf(agent);
    await issue.getByText(/\d+ attempts so far; the next one is due/).waitFor();
    await issue.getByRole('button', { name: 'Look now' }).click();
    await issue.getByText('The bridge could not be reached.').waitFor();
    await issue.getByText('payments-dev').first().waitFor();

    there.sandbox.faults.clear();
    await there.later(60 * MINUTE);
    await seen.getByText('Ready', { exact: true }).waitFor();
    await issue.getByText('Ready', { exact: true }).waitFor();
    await employee.page.close();
  },
);
