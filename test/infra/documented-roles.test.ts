import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { catalogue } from '../../products/catalogue';
import { ASSEMBLY } from '../sandbox/deployment/sandbox-assembly';
import { ROOT } from '../sandbox/site';

const Statements = z.object({ Statement: z.array(z.object({ Effect: z.literal('Allow') })) });
const Role = z.object({
  Type: z.literal('AWS::IAM::Role'),
  Properties: z.object({
    RoleName: z.string().optional(),
    Policies: z.array(z.object({ PolicyDocument: Statements })).default([]),
  }),
});
const Policy = z.object({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.object({ PolicyDocument: Statements, Roles: z.array(z.object({ Ref: z.string() })) }),
});
const Template = z.object({ Resources: z.record(z.string(), z.unknown()).default({}) });

/** Name, or the logical id where CDK makes one up, and the number of statements that allow something. */
const rolesIn = (file: string): readonly (readonly [name: string, statements: number])[] => {
  const resources = Object.entries(Template.parse(JSON.parse(readFileSync(file, 'utf8'))).Resources);
  const policies = resources.flatMap(([, resource]) => Policy.safeParse(resource).data?.Properties ?? []);
  return resources.flatMap(([logicalId, resource]) => {
    const role = Role.safeParse(resource).data?.Properties;
    if (!role) return [];
    const attached = policies.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === logicalId));
    const documents = [...role.Policies, ...attached].map(({ PolicyDocument }) => PolicyDocument);
    return [[role.RoleName ?? logicalId, documents.flatMap(({ Statement }) => Statement).length] as const];
  });
};

test('every role is in the table of docs/security.md, with the number of its statements', () => {
  const assembly = process.env[ASSEMBLY] ?? '';
  const stacks = readdirSync(assembly).filter((file) => /^gatehouse-.*\.template\.json$/.test(file));
  const made = new Map(stacks.flatMap((file) => rolesIn(join(assembly, file))));

  const [, section = ''] = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8').split(
    '\n## What each role may do\n',
  );
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([\w-]+)(…?)` +\| (\d+) +\|/gm)].map(
    ([, name = '', open, statements]) => ({ name, open: open !== '', statements: Number(statements) }),
  );
  const rowOf = (role: string) =>
    rows.find(({ name, open }) => (open ? role.startsWith(name) : role === name));

  expect([...made].map(([role, statements]) => [role, statements])).toEqual(
    [...made].map(([role]) => [role, rowOf(role)?.statements]),
  );
  expect(rows.filter((row) => ![...made.keys()].some((role) => rowOf(role) === row))).toStrictEqual([]);
  expect(rows).toHaveLength(6 + 7 + 1 + 3 + catalogue.length);
});
