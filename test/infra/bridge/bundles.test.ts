import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { FUNCTION } from '../../../infra/names';
import { bundledBridge, theResource } from './a-bridge';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { template, manifest } = bundledBridge(folder);
const Manifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })),
});
const { files } = Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8')));

const deployed = (name: string): { readonly code: string; readonly environment: Record<string, string> } => {
  const { Code, Environment } = theResource(template, 'AWS::Lambda::Function', { FunctionName: name })
    .Properties as {
    Code: { S3Key: string };
    Environment: { Variables: Record<string, unknown> };
  };
  const path = files[Code.S3Key.replace(/\.zip$/, '')]?.source.path ?? '';
  // What is known at deployment only are ARNs.
  const known = ([, value]: [string, unknown]): boolean => typeof value === 'string';
  return {
    code: join(folder, path, 'index.mjs'),
    environment: {
      ...(Object.fromEntries(Object.entries(Environment.Variables).filter(known)) as Record<string, string>),
      OPERATION_FUNCTION: 'arn:aws:lambda:eu-west-1:100000000002:function:gatehouse-operation:live',
      SEALED_VALUES_KEY: 'arn:aws:kms:eu-west-1:100000000002:key/11111111-2222-4333-8444-555555555555',
    },
  };
};

/** Loads the code in a process of its own, as Lambda does, and hands it an event that nobody would send. */
const INVOKE = `
  const { handler } = await import(process.argv[1]);
  const told = await handler({ nonsense: true }, {}).then(
    (answer) => ({ answer }),
    (error) => ({ refused: error.name, message: error.message }),
  );
  process.stdout.write('\\n' + JSON.stringify(told));
`;
const Told = z.object({
  answer: z.object({ statusCode: z.number() }).optional(),
  refused: z.string().optional(),
  message: z.string().optional(),
});
const invoked = async (name: string): Promise<z.infer<typeof Told>> => {
  const { code, environment } = deployed(name);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', INVOKE, pathToFileURL(code).href],
    {
      env: {
        ...environment,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        // Nobody listens there.
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      },
    },
  );
  return Told.parse(JSON.parse(stdout.split('\n').at(-1) ?? ''));
};

test.each([FUNCTION.ingress, FUNCTION.catalog])(
  '%s, as deployed, answers nonsense with a refusal',
  async (name) => {
    expect(await invoked(name)).toMatchObject({ answer: { statusCode: 503 } });
  },
);

test('gatehouse-wake, as deployed, takes no event that is none', async () => {
  expect(await invoked(FUNCTION.wake)).toMatchObject({ refused: '$ZodError' });
});

test('gatehouse-operation, as deployed, runs in durable executions only', async () => {
  const told = await invoked(FUNCTION.operation);
  expect(told.message).toContain('Unexpected payload provided to start the durable execution');
});

test('gatehouse-watch, as deployed, fails where it cannot ask', async () => {
  const told = await invoked(FUNCTION.watch);
  expect(told.message).toContain('ECONNREFUSED');
});
