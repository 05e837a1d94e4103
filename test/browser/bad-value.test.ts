import { createJourney } from '../journeys/journey';
import { DATA_PROD } from '../sandbox/organization';
import { appUuid } from '../sandbox/site';
import { type AtThePage, beThere, inBrowser, MINUTE } from './at-the-page';
import { fillIn, panelOf, PORTAL_FORM, send } from './ordering';

/* What cannot be used: it is said where it stands, nothing that was typed is lost, and nothing of it is launched. */

let there: AtThePage;
beThere((page) => {
  there = page;
});

/** How many requests there are. */
const raised = (): number => there.sandbox.site.requests().length;

inBrowser(
  'a value that is not allowed is told at its field and keeps the request from being sent; put right, it goes',
  async () => {
    const before = raised();
    const employee = await there.open('employee', 'portal');
    const { page } = employee;
    await fillIn(employee, 'A bucket for ever');
    await page.getByLabel(/Bucket name/).fill('invoices-for-ever');
    const days = page.getByLabel(/Retention in days/);
    await days.fill('99999');
    await page.getByText('One field still needs your attention').waitFor();
    await days.blur();
    await page.getByText(/"99999" is more than 3650, the most that is allowed/).waitFor();
    expect(await days.getAttribute('aria-invalid')).toBe('true');

    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('alert').getByText('Nothing was raised').waitFor();
    expect(raised()).toBe(before);
    expect(await page.getByLabel('Summary').inputValue()).toBe('A bucket for ever');
    expect(await page.getByLabel(/Bucket name/).inputValue()).toBe('invoices-for-ever');
    expect(await days.inputValue()).toBe('99999');

    await days.fill('365');
    await page.getByText('The order is complete').waitFor();
    await send(employee, 'A bucket for ever');
    await there.later(MINUTE);
    const panel = panelOf(employee);
    await panel.getByText('Waiting for approval').waitFor();
    await panel.getByText('invoices-for-ever').first().waitFor();
    await panel.getByText('365', { exact: true }).waitFor();
    await page.close();
  },
);

inBrowser(
  'an order that is tampered with after it was checked is told to everybody who looks, and an approval launches nothing',
  async () => {
    const { site, atlassian, portfolio } = there.sandbox;
    const journey = createJourney(there.sandbox);
    const employee = await there.open('employee', 'portal');
    await fillIn(employee, 'A bucket that grows');
    const key = await send(employee, 'A bucket that grows');
    await there.later(MINUTE);
    await panelOf(employee).getByText('Waiting for approval').waitFor();
    const approver = await there.open('approver', 'approvals');
    await approver.page.getByRole('link', { name: /A bucket that grows/ }).click();
    await panelOf(approver).getByText('payments-dev').first().waitFor();

    const { productId, versionId } = portfolio.product('private-bucket');
    const value = journey.form({
      ...{ productId, provisioningArtifactId: versionId, account: DATA_PROD },
      parameters: { RetentionDays: '3650' },
    });
    await site.setProperty({ as: 'agent', key, property: appUuid(atlassian.appId), value });
    await there.later(MINUTE);
    for (const person of [employee, approver]) {
      const panel = panelOf(person);
      await panel.getByText('The request holds another order by now than the one that was checked').waitFor();
      // What is shown is what was fixed.
      await panel.getByText('payments-dev').first().waitFor();
      expect(await panel.getByText('3650', { exact: true }).count()).toBe(0);
    }

    await approver.page.getByRole('button', { name: 'Approve' }).click();
    await approver.page
      .getByRole('region', { name: 'Approval' })
      .getByText('Approved', { exact: true })
      .waitFor();
    await there.later(30 * MINUTE);
    await panelOf(employee).getByText('Blocked', { exact: true }).waitFor();
    expect([journey.deliveries(key), journey.launches(key)]).toStrictEqual([0, []]);
    await employee.page.close();
    await approver.page.close();
  },
);

inBrowser(
  'an account that is taken away while the form is open is refused by name, and nobody is asked',
  async () => {
    const { site, settings } = there.sandbox;
    const write = (value: unknown) => site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
    const employee = await there.open('employee', 'portal');
    await fillIn(employee, 'A bucket too late');
    await write({ ...settings, accounts: settings.accounts.filter(({ name }) => name !== 'payments-dev') });
    const key = await send(employee, 'A bucket too late');
    await there.later(MINUTE);
    const panel = panelOf(employee);
    await panel.getByText('Cannot be launched', { exact: true }).waitFor();
    await panel.getByText('Raise a new request with what has to change put right').waitFor();
    const said = employee.page.getByRole('region', { name: 'Activity' });
    await said.getByText('"100000000003" is not an account that you may use').waitFor();
    expect(site.request(key).status).toBe('Declined');
    await write(settings);
    await employee.page.close();
  },
);

inBrowser(
  'a product that vanishes while the form is open cannot be chosen any more, and is refused by name where it was',
  async () => {
    const { serviceCatalog, portfolio, atlassian } = there.sandbox;
    const vanish = async (product: string): Promise<void> => {
      serviceCatalog.seed.setActive(portfolio.product(product).versionId, false);
      await atlassian.runScheduled('catalog-sync');
    };
    const employee = await there.open('employee', 'portal');
    const { page, choose } = employee;
    await page.getByRole('link', { name: PORTAL_FORM }).click();
    await page.getByLabel('Summary').fill('A queue that is gone');
    await page.getByRole('combobox', { name: /Product/ }).waitFor();
    await vanish('queue');

    await choose(/Product/, /[Qq]ueue/);
    await page.getByText('It has changed in the meantime').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('It has changed in the meantime').waitFor({ state: 'hidden' });
    await page.getByRole('combobox', { name: /Product/ }).click();
    await page.getByRole('option', { name: /Private bucket/ }).waitFor();
    expect(await page.getByRole('option', { name: /queue/i }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await choose(/Product/, /Private bucket/);
    await choose(/AWS account/, /payments-dev/);
    await page.getByText('The order is complete').waitFor();
    expect(await page.getByLabel('Summary').inputValue()).toBe('A queue that is gone');

    // The same between filling in and sending: the server checks again.
    await vanish('private-bucket');
    await send(employee, 'A queue that is gone');
    await there.later(MINUTE);
    await panelOf(employee).getByText('Cannot be launched', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Activity' }).getByText('1.1 is not active').waitFor();
    await page.close();
  },
);
