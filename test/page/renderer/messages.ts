import type { ForgeDoc } from './forge-doc';

const FIELDS = new Set(['Textfield', 'TextArea', 'Select', 'Toggle', 'Checkbox', 'RadioGroup', 'Range']);
const MESSAGES = new Set(['HelperMessage', 'ErrorMessage', 'ValidMessage']);

/** The id of a message in the document. */
export const messageId = (message: ForgeDoc): string => `message-${message.key}`;

/**
 * Which messages stand with which field, by the field's key. UI Kit does not say; a message belongs to the field that it follows,
 * up to the next label or field.
 */
export const messagesByField = (root: ForgeDoc): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  let field: ForgeDoc | undefined;
  const walk = (node: ForgeDoc): void => {
    if (FIELDS.has(node.type)) field = node;
    else if (node.type === 'Label') field = undefined;
    else if (field !== undefined && MESSAGES.has(node.type)) {
      const before = found.get(field.key);
      found.set(field.key, before === undefined ? messageId(node) : `${before} ${messageId(node)}`);
    }
    node.children.forEach(walk);
  };
  walk(root);
  return found;
};
