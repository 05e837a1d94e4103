import type { NormalizedSchema } from '@smithy/core/schema';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);

export const element = (name: string, content: string): string =>
  content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;

/** Writes the members of a structure as Query protocol answers have them. */
export const writeMembers = (schema: NormalizedSchema, value: object): string => {
  const members = new Map<string, unknown>(Object.entries(value));
  return [...schema.structIterator()]
    .map(([name, member]) => write(member.getMergedTraits().xmlName ?? name, member, members.get(name)))
    .join('');
};

const write = (name: string, schema: NormalizedSchema, value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (schema.isStructSchema()) return element(name, writeMembers(schema, Object(value) as object));
  if (schema.isListSchema() && Array.isArray(value)) {
    const member = schema.getValueSchema();
    if (schema.getMergedTraits().xmlFlattened) return value.map((item) => write(name, member, item)).join('');
    const itemName = member.getMergedTraits().xmlName ?? 'member';
    return element(name, value.map((item) => write(itemName, member, item)).join(''));
  }
  if (schema.isMapSchema()) {
    const flat = schema.getMergedTraits().xmlFlattened;
    const entries = Object.entries(Object(value) as object).map(([key, item]) =>
      element(
        flat ? name : 'entry',
        element('key', escapeXml(key)) + write('value', schema.getValueSchema(), item),
      ),
    );
    return flat ? entries.join('') : element(name, entries.join(''));
  }
  return element(name, escapeXml(text(value)));
};

const text = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  throw new TypeError('A service answered with a value that its schema does not have');
};
