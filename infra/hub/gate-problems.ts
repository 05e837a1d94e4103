import { z } from 'zod';
import { GATE_TYPE } from '../../products/approval-gate';

const HANDLE = 'AWS::CloudFormation::WaitConditionHandle';
const WAIT = 'AWS::CloudFormation::WaitCondition';

const Template = z.object({
  Parameters: z.record(z.string(), z.looseObject({ NoEcho: z.unknown().optional() })).default({}),
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Metadata: z.unknown().optional(),
      DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
    }),
  ),
});
type Resource = readonly [id: string, z.infer<typeof Template>['Resources'][string]];

/**
 * What lets a hand-written template past its gate, one sentence each.
 * @returns nothing for a template without a gate
 */
export const gateProblems = (template: unknown): readonly string[] => {
  if (!JSON.stringify(template).includes(`"${GATE_TYPE}"`)) return [];
  const { data, error } = Template.safeParse(template);
  if (!data) return error.issues.map(({ path, message }) => `${path.join('.')} cannot be read: ${message}`);
  const resources: readonly Resource[] = Object.entries(data.Resources);
  const ofType = (type: string) => resources.filter(([, resource]) => resource.Type === type);
  const [gate, second] = ofType(GATE_TYPE);
  if (!gate) return [];
  if (second)
    return [`${gate[0]} and ${second[0]} are both gates, and one holds the whole stack: remove one`];

  const handles = ofType(HANDLE);
  const waits = ofType(WAIT);
  const { Parameters: given, Template: digest } = gate[1].Properties;
  const visible = Object.entries(data.Parameters).filter(([, { NoEcho }]) => !isTrue(NoEcho));
  const listed = new Set(Object.keys(Object(given) as object));
  return [
    ...(handles.length === 0 || handles.length !== waits.length
      ? [`it has ${handles.length} handles and ${waits.length} wait conditions: give it one of each a round`]
      : []),
    ...missing(handles, refsIn(gate[1].Properties['Handle'])).map(
      (id) => `${gate[0]} does not know the handle ${id}: add it to its Handle`,
    ),
    ...[...handles, ...waits]
      .filter(([id]) => typeof digest !== 'string' || digest === '' || !id.endsWith(digest))
      .map(([id]) => `${id} keeps its name in another version: end it with what Template says`),
    ...waits
      .filter(([, { DependsOn }]) => !DependsOn.includes(gate[0]))
      .map(([id]) => `${id} begins before anybody is asked: let it depend on ${gate[0]}`),
    ...visible
      .filter(([name]) => !listed.has(name))
      .map(([name]) => `a change of ${name} would not be asked about: add it to Parameters of ${gate[0]}`),
    ...[...listed]
      .filter((name) => !visible.some(([known]) => known === name))
      .map((name) => `${gate[0]} cannot show ${name}, which is NoEcho or no parameter: leave it out`),
    ...resources
      .filter((resource) => ![gate, ...handles, ...waits].includes(resource))
      .filter(([, { Metadata, Properties }]) => missing(waits, refsIn([Metadata, Properties])).length > 0)
      .map(([id]) => `${id} does not wait: refer to every wait condition in its Metadata`),
  ];
};

const isTrue = (value: unknown): boolean => value === true || value === 'true';

const missing = (resources: readonly Resource[], refs: ReadonlySet<string>): readonly string[] =>
  resources.map(([id]) => id).filter((id) => !refs.has(id));

const refsIn = (value: unknown): ReadonlySet<string> => {
  if (typeof value !== 'object' || value === null) return new Set();
  const { Ref: ref } = value as { readonly Ref?: unknown };
  return new Set([
    ...(typeof ref === 'string' ? [ref] : []),
    ...Object.values(value).flatMap((member) => [...refsIn(member)]),
  ]);
};
