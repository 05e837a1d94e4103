import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { REQUEST_TYPE } from '../sandbox/site';
import { JournalRefused } from './acts/act-journal';
import { showSandbox } from './show-sandbox';

const MINUTE = 60_000;
type Shown = Awaited<ReturnType<typeof showSandbox>>;

let data = '';
let shown: Shown | undefined;
beforeAll(() => (data = mkdtempSync(join(tmpdir(), 'kept-'))));
afterAll(async () => {
  await shown?.close();
  rmSync(data, { recursive: true });
});

const start = (): Promise<Shown> =>
  showSandbox({
    port: 0,
    data,
    files: () => Promise.resolve(new Map()),
    onDefect: (problem) => fail(problem),
  });
const fail = (problem: string): never => {
  throw new Error(problem);
};

/** All that people see of the sandbox. */
const seen = ({ sandbox }: Shown) => ({
  now: sandbox.clock.now(),
  requests: sandbox.site.requests(),
  stacks: sandbox.journal.of('stack').map(({ at, operation, detail }) => [at, operation, detail['stack']]),
});

test('After a restart everything is as it was, to the second and to the word, and goes on', async () => {
  const first = await start();
  shown = first;
  const { portfolio } = first.sandbox;
  const { productId, versionId } = portfolio.product('private-bucket');
  const order = {
    ...{ productId, provisioningArtifactId: versionId, account: PAYMENTS_DEV, region: REGION },
    ...{ name: 'team-data', parameters: { RetentionDays: '30' } },
  };
  const raise = () =>
    first.act({
      ...{
        kind: 'portal request',
        as: 'employee',
        requestTypeId: REQUEST_TYPE.approved,
        summary: 'A bucket',
      },
      panel: { fields: [{ key: 'form', value: order }], isValid: true },
    });
  await first.time.tick(700);
  expect(await raise()).toMatchObject({ status: 201, body: { key: 'CLOUD-1' } });
  await first.time.skip(2 * MINUTE);
  const approval = '/rest/servicedeskapi/request/CLOUD-1/approval/1';
  const decision = { decision: 'approve' };
  const approve = { kind: 'jira', as: 'approver', method: 'POST', path: approval, body: decision } as const;
  expect(await first.act(approve)).toMatchObject({ status: 200 });
  await first.time.skip(10 * MINUTE);
  expect(first.sandbox.site.request('CLOUD-1').status).toBe('Done');
  // A secret is generated, and brought in by the id that was drawn for it.
  const change = (payload: object) =>
    first.act({
      ...{ kind: 'page call', as: 'admin', module: 'settings-page', functionKey: 'connection.change' },
      ...{ payload, extension: {} },
    });
  const generated = await change({ change: 'bring-in', direction: 'from-bridge', secret: null });
  expect(generated.body).toMatchObject({ result: { outcome: 'ok' } });
  const { next } = (generated.body as { result: { value: { state: { next: { id: string } } } } }).result.value
    .state;
  const over = await change({ change: 'switch-over', direction: 'from-bridge', id: next.id });
  expect(over.body).toMatchObject({ result: { outcome: 'ok' } });
  // A second request is left waiting, and time goes on a little.
  await raise();
  await first.time.skip(3 * MINUTE);
  const before = seen(first);
  first.remember();
  await first.close();

  const second = await start();
  shown = second;
  expect(seen(second)).toEqual(before);
  const again = { ...approve, path: approval.replace('CLOUD-1', 'CLOUD-2') };
  expect(await second.act(again)).toMatchObject({ status: 200 });
  await second.time.skip(10 * MINUTE);
  expect(second.sandbox.journal.of('stack', 'CREATE_COMPLETE')).toHaveLength(2);
  await second.close();
});

test('What only looked is not kept', () => {
  const kinds = readFileSync(join(data, 'acts.jsonl'), 'utf8')
    .split('\n')
    .slice(1, -1)
    .map((line) => (JSON.parse(line) as { act: { kind: string } }).act.kind);
  expect(kinds).toEqual(['portal request', 'jira', 'page call', 'page call', 'portal request', 'jira']);
});

test('A journal whose acts come to something else now is refused', async () => {
  const file = join(data, 'acts.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"mark":"CLOUD-1"', '"mark":"CLOUD-9"'));
  await expect(start()).rejects.toThrow(JournalRefused);
});
