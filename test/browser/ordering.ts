import type { AtThePage } from './at-the-page';

/** Somebody at the page. */
type Somebody = Awaited<ReturnType<AtThePage['open']>>;

export const PORTAL_FORM = /Get something from the AWS catalogue/;

/** What the app shows on a request, apart from what Jira shows there. */
export const panelOf = ({ page }: Somebody) => page.getByRole('region', { name: 'AWS product' });

/** Chooses a private bucket for payments-dev, and nothing is sent yet. */
export const fillIn = async ({ page, choose }: Somebody, summary: string): Promise<void> => {
  await page.getByRole('link', { name: PORTAL_FORM }).click();
  await page.getByLabel('Summary').fill(summary);
  await choose(/Product/, /Private bucket/);
  await choose(/AWS account/, /payments-dev/);
  await page.getByText('The order is complete').waitFor();
};

/** Sends what is filled in. @returns the request's key */
export const send = async ({ page }: Somebody, summary: string): Promise<string> => {
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: summary }).waitFor();
  return new URL(page.url()).hash.split('/').at(-1) ?? '';
};

/** Approves a request by its summary. */
export const approve = async ({ page }: Somebody, summary: string | RegExp): Promise<void> => {
  await page.getByRole('link', { name: summary }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('region', { name: 'Approval' }).getByText('Approved', { exact: true }).waitFor();
};
