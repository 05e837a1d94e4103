import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../sandbox/site';
import { parseTemplate } from '../../sandbox/aws/cloudformation/template';
import { aConfiguration } from '../../builders/configuration';
import { PRODUCTS } from './templates';
import { readTemplate } from '../../../scripts/kept-versions';

const guide = readFileSync(join(ROOT, 'docs', 'gate.md'), 'utf8');
const shown = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';

test('the template that the guide shows is the one that is tested', () => {
  expect(shown('yaml')).toBe(readFileSync(join(__dirname, 'gated-queue.yml'), 'utf8'));
});

test('the policy that the guide shows leaves out the roles of Gatehouse, by the names that they have', () => {
  const { tenant, launchPrefix } = aConfiguration().roles;
  expect(JSON.parse(shown('json'))).toMatchObject({
    Statement: [
      {
        Effect: 'Deny',
        Condition: {
          ArnNotLike: {
            'aws:PrincipalArn': [`arn:aws:iam::*:role/${tenant}`, `arn:aws:iam::*:role/${launchPrefix}-*`],
          },
        },
      },
    ],
  });
});

test('what the guide says that a gate adds to WordPress is what it adds', () => {
  const template = readTemplate(join(PRODUCTS, 'versions/wordpress/1.0.template.json'));
  const bytes = (value: object): number => JSON.stringify(value, undefined, 2).length;
  const kilobytes = (count: number): string => `${(count / 1000).toFixed(1)} kB`;
  const { Resources: resources, Parameters: parameters, Conditions: conditions } = parseTemplate(template);
  const isOwn = (id: string): boolean => id.startsWith('Approval');
  const without = (section: object, map = (value: unknown): unknown => value): object =>
    Object.fromEntries(
      Object.entries(section)
        .filter(([id]) => !isOwn(id))
        .map(([id, value]) => [id, map(value)]),
    );
  const Sections = z.looseObject({
    Resources: z.record(z.string(), z.looseObject({ Metadata: z.unknown().optional() })),
    Parameters: z.record(z.string(), z.unknown()),
    Conditions: z.record(z.string(), z.unknown()),
  });
  const raw = Sections.parse(template);
  const ungated = {
    ...raw,
    Resources: without(raw.Resources, (resource) => ({ ...(resource as object), Metadata: undefined })),
    Parameters: without(raw.Parameters),
    Conditions: without(raw.Conditions),
  };
  const ids = Object.keys(resources);
  expect(guide).toContain(`${ids.filter(isOwn).length} of ${ids.length}; 3 exist at once`);
  expect(guide).toContain(`of ${Object.keys(parameters).length} and ${Object.keys(conditions).length}`);
  expect(guide).toContain(`each of its ${ids.filter((id) => !isOwn(id)).length} resources`);
  expect(guide).toContain(`${kilobytes(bytes(raw) - bytes(ungated))} of ${kilobytes(bytes(raw))}`);
});
