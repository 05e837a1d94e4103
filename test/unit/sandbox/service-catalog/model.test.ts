import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { aHub } from './a-hub';

const file = join(__dirname, '../../../../../shared/data/aws-models/service-catalog-2015-12-10.json');
const prefix = 'com.amazonaws.servicecatalog#';

const Limits = z.object({ min: z.number().optional(), max: z.number().optional() });
const Traits = z
  .object({
    'smithy.api#required': z.object({}).optional(),
    'smithy.api#length': Limits.optional(),
    'smithy.api#range': Limits.optional(),
    'smithy.api#pattern': z.string().optional(),
    'smithy.api#enumValue': z.string().optional(),
  })
  .default({});
const Reference = z.object({ target: z.string(), traits: Traits });
const Shape = z.object({
  type: z.string(),
  traits: Traits,
  errors: z.array(Reference).default([]),
  input: Reference.optional(),
  members: z.record(z.string(), Reference).default({}),
  member: Reference.optional(),
});
const Model = z.object({ shapes: z.record(z.string(), Shape) });
type Shapes = z.infer<typeof Model>['shapes'];

/** What zod says of an input. */
const Schema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  maximum: z.number().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
});

/** Patterns are the same when they differ only in how a character is written. */
const plain = (pattern: string | undefined): string | undefined =>
  pattern?.replace(/\\(?=[-/.])/g, '').replace(String.raw`\u0009\u000a\u000d`, String.raw`\t\n\r`);

/** Where the stand-in's input and the model's shape disagree. Only members that the stand-in takes are looked at. */
const differences = (schema: unknown, target: string, shapes: Shapes, path: string): string[] => {
  const mine = Schema.parse(schema);
  const shape = shapes[target] ?? { type: target, traits: {}, members: {}, errors: [] };
  const {
    'smithy.api#length': length,
    'smithy.api#range': range,
    'smithy.api#pattern': pattern,
  } = shape.traits;
  const values = Object.values(shape.members).map(({ traits }) => traits['smithy.api#enumValue']);
  const pairs: [string, unknown, unknown][] = [
    ['min', mine.minLength ?? 0, shape.type === 'string' ? (length?.min ?? 0) : 0],
    ['max', mine.maxLength ?? mine.maxItems, length?.max],
    ['range', range && mine.maximum, range?.max],
    // A page token has to be one that was given out, which says more than its pattern.
    ['pattern', plain(mine.pattern), target === `${prefix}PageToken` ? undefined : plain(pattern)],
  ];
  // Filters are maps, whose keys zod checks by itself; a stand-in's enum may leave out what it does not have.
  const unknown = (mine.enum ?? []).filter((value) => shape.type === 'enum' && !values.includes(value));
  return [
    ...pairs
      .filter(([, is, should]) => is !== should)
      .map(([what, is, should]) => `${path}: ${what} is ${String(is)} and not ${String(should)}`),
    ...unknown.map((value) => `${path}: no value ${value}`),
    ...(shape.member && mine.items ? differences(mine.items, shape.member.target, shapes, `${path}[]`) : []),
    ...(shape.type === 'structure' ? memberDifferences(mine, shape.members, shapes, path) : []),
  ];
};

const memberDifferences = (
  { properties = {}, required }: z.infer<typeof Schema>,
  members: z.infer<typeof Shape>['members'],
  shapes: Shapes,
  path: string,
): string[] => [
  ...Object.entries(members)
    .filter(([name, { traits }]) => traits['smithy.api#required'] && !required.includes(name))
    .map(([name]) => `${path}.${name} is not required`),
  ...Object.entries(properties).flatMap(([name, schema]) => {
    const member = members[name];
    return member
      ? differences(schema, member.target, shapes, `${path}.${name}`)
      : [`${path}.${name} is unknown`];
  }),
];

if (existsSync(file)) {
  const { shapes } = Model.parse(JSON.parse(readFileSync(file, 'utf8')));
  const operations = Object.entries(aHub().operations);

  test.each(operations)('%s refuses as its model declares', (name, { refuses }) => {
    const shape = shapes[prefix + name];
    expect(shape?.type).toBe('operation');
    expect(shape?.errors.map(({ target }) => target.replace(prefix, ''))).toEqual(
      expect.arrayContaining([...refuses]),
    );
  });

  test.each(operations)('%s takes what its model lets through, and no more', (name, { input }) => {
    const target = shapes[prefix + name]?.input?.target ?? '';
    expect(differences(z.toJSONSchema(input), target, shapes, name)).toEqual([]);
  });
} else {
  console.info(`The operations were not compared with Service Catalog's model: there is no ${file}`);
  test('without the API model, the stand-in names its operations', () => {
    expect(Object.keys(aHub().operations)).toContain('ProvisionProduct');
  });
}
