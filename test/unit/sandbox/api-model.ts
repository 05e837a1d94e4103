import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

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
    // A token of a page has to be one that was given out, which says more than its pattern.
    ['pattern', plain(mine.pattern), /#(Page|Next)Token$/.test(target) ? undefined : plain(pattern)],
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

/** An operation as AWS's model of its API has it. */
interface ModelledOperation {
  /** Names of the errors that it declares. */
  readonly refuses: readonly string[];
  /** Where a stand-in's input and the model's disagree. */
  differences(input: z.ZodType): string[];
}

/**
 * Reads AWS's model of an API, which is not part of the project.
 * @param file such as `sts-2011-06-15.json` @param namespace such as `com.amazonaws.sts`
 * @returns undefined where there is no such file
 */
export const apiModel = (
  file: string,
  namespace: string,
): ((operation: string) => ModelledOperation | undefined) | undefined => {
  const path = join(__dirname, '../../../../shared/data/aws-models', file);
  if (!existsSync(path)) {
    console.info(`The operations were not compared with their model: there is no ${path}`);
    return undefined;
  }
  const { shapes } = Model.parse(JSON.parse(readFileSync(path, 'utf8')));
  return (name) => {
    const shape = shapes[`${namespace}#${name}`];
    if (shape?.type !== 'operation') return undefined;
    return {
      refuses: shape.errors.map(({ target }) => target.replace(/.*#/, '')),
      differences: (input) => differences(z.toJSONSchema(input), shape.input?.target ?? '', shapes, name),
    };
  };
};
