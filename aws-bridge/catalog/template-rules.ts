import { isAlias, isMap, isScalar, isSeq, parseDocument, type ParsedNode } from 'yaml';

/** CloudFormation's longest template in S3, in characters of one byte. */
export const LONGEST_TEMPLATE = 1_048_576;

/**
 * The section `Rules` of a template, written as JSON or YAML.
 * @returns its JSON text; undefined where the template has no rules, or is none that can be read
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export const rulesOf = (template: string): string | undefined => {
  if (template.length > LONGEST_TEMPLATE) return undefined;
  // What JSON writes is YAML, too, but JSON's own reader is many times as fast.
  const section = /^\s*\{/.test(template) ? ofJson(template) : ofYaml(template);
  return typeof section === 'object' && section !== null ? JSON.stringify(section) : undefined;
};

const ofJson = (template: string): unknown => {
  try {
    const value: unknown = JSON.parse(template);
    return typeof value === 'object' && value !== null && 'Rules' in value ? value.Rules : undefined;
  } catch {
    return undefined;
  }
};

const ofYaml = (template: string): unknown => {
  try {
    const document = parseDocument(template, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
    // Out of a parsed document come parsed nodes; the type of `get` speaks of those that are put together by hand, too.
    return valueOf(document.contents.get('Rules', true) as ParsedNode | undefined);
  } catch {
    return undefined;
  }
};

/** What stands in a node: scalars as they are written, since CloudFormation compares texts, and tags as functions. */
const valueOf = (node: ParsedNode | null | undefined): unknown => {
  if (node === null || node === undefined || isAlias(node)) return undefined;
  const value = untagged(node);
  const [, name] = /^!([A-Za-z]+)$/.exec(node.tag ?? '') ?? [];
  if (name === undefined) return value;
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: value };
};

const untagged = (node: ParsedNode): unknown => {
  if (isScalar(node)) return node.source;
  if (isSeq(node)) return node.items.map((item) => valueOf(item));
  if (!isMap(node)) return undefined;
  return Object.fromEntries(
    node.items.map(({ key, value }) => [isScalar(key) ? key.source : '', valueOf(value)]),
  );
};
