import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../service';

/** A form's fields as a tree: `Tags.member.1.Key=a` lies under Tags, member, 1, Key. */
interface Node {
  value: string | undefined;
  readonly children: Map<string, Node>;
}

const tree = (fields: Iterable<[string, string]>): Node => {
  const root: Node = { value: undefined, children: new Map() };
  for (const [name, value] of fields) {
    const leaf = name.split('.').reduce((node, part) => {
      const child = node.children.get(part) ?? { value: undefined, children: new Map<string, Node>() };
      node.children.set(part, child);
      return child;
    }, root);
    leaf.value = value;
  }
  return root;
};

/** Reads the fields of a Query protocol request into the shape that the schema describes. */
export const readForm = (schema: NormalizedSchema, fields: Iterable<[string, string]>): object => {
  const value = read(schema, tree(fields));
  return typeof value === 'object' && value !== null ? value : {};
};

const read = (schema: NormalizedSchema, node: Node): unknown => {
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].flatMap(([name, member]) => {
      const child = node.children.get(member.getMergedTraits().xmlName ?? name);
      return child ? [[name, read(member, child)] as const] : [];
    });
    return Object.fromEntries(members);
  }
  if (schema.isListSchema()) {
    const member = schema.getValueSchema();
    const items = schema.getMergedTraits().xmlFlattened
      ? node
      : node.children.get(member.getMergedTraits().xmlName ?? 'member');
    return numbered(items).map((item) => read(member, item));
  }
  if (schema.isMapSchema()) {
    const entries = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
    const pairs = numbered(entries).map((entry) => [
      entry.children.get('key')?.value ?? '',
      read(schema.getValueSchema(), entry.children.get('value') ?? { value: '', children: new Map() }),
    ]);
    return Object.fromEntries(pairs);
  }
  return scalar(schema, node.value ?? '');
};

const numbered = (node: Node | undefined): Node[] =>
  [...(node?.children ?? [])]
    .filter(([position]) => /^[1-9]\d*$/.test(position))
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);

/** Reads a value that came as text: from a form, a header, a query string or a path. */
export const scalar = (schema: NormalizedSchema, text: string): unknown => {
  if (schema.isBooleanSchema()) {
    if (text !== 'true' && text !== 'false') throw malformed(text, 'boolean');
    return text === 'true';
  }
  if (schema.isNumericSchema()) {
    if (!/^-?\d+(\.\d+)?$/.test(text)) throw malformed(text, 'number');
    return Number(text);
  }
  if (schema.isTimestampSchema()) {
    const date = new Date(/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
    if (Number.isNaN(date.getTime())) throw malformed(text, 'timestamp');
    return date;
  }
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64');
  return text;
};

const malformed = (text: string, type: string): AwsError =>
  new AwsError('MalformedInput', `${JSON.stringify(text)} is not a ${type}`);
