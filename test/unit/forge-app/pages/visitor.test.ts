import { visitorOf } from '../../../../forge-app/pages/visitor';

const site = 'ari:cloud:jira::site/5a6f1c2e-8d3b-4f0a-9c47-1b2d3e4f5a6b';

test('the portal’s ids are numbers in the platform’s context, and text from there on', () => {
  expect(
    visitorOf({
      accountId: '712020:1',
      accountType: 'customer',
      installContext: site,
      extension: {
        type: 'jiraServiceManagement:portalRequestCreatePropertyPanel',
        portal: { id: 1 },
        request: { typeId: 101 },
      },
    }),
  ).toEqual({
    accountId: '712020:1',
    licensed: false,
    siteId: site,
    project: undefined,
    issue: undefined,
    portalId: '1',
    requestTypeId: '101',
    requestKey: undefined,
  });
});

test('a page of Jira’s own stands on a project, and may stand on an issue', () => {
  const extension = {
    project: { id: '10000', key: 'CLOUD', type: 'service_desk' },
    issue: { id: '10001', key: 'CLOUD-1', type: 'Service request', typeId: '10100' },
  };
  expect(visitorOf({ accountId: '712020:1', installContext: site, extension })).toMatchObject({
    licensed: true,
    project: { id: '10000', key: 'CLOUD' },
    issue: { id: '10001', key: 'CLOUD-1' },
  });
});

test.each([
  ['no account', { installContext: site }],
  ['the account that everybody unknown has', { accountId: 'unidentified', installContext: site }],
  ['an anonymous account', { accountId: 'anything', accountType: 'anonymous', installContext: site }],
])('%s is nobody who is signed in', (_, context) => {
  expect(visitorOf(context).accountId).toBeUndefined();
});

test('a context without a site is none of Forge’s', () => {
  expect(() => visitorOf({ accountId: '712020:1', extension: {} })).toThrow('installContext');
});
