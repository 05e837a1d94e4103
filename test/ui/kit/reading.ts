import { docsIn, type ForgeDoc, idOf } from '../../page/renderer/forge-doc';

/** What the platform keeps of a page that does not keep it itself, by the node's key. */
export interface Kept {
  /** Values of fields that are not controlled by the page. */
  readonly values: Map<string, unknown>;
  /** The tab that is selected, from 0. */
  readonly tabs: Map<string, number>;
  /** The page of a table, from 1. */
  readonly pages: Map<string, number>;
}

interface Option {
  readonly label: string;
  readonly value: unknown;
}

const str = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const all = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Options of a Select, groups taken apart, or of a RadioGroup. */
export const optionsOf = ({ props }: ForgeDoc): Option[] =>
  all(props['options']).flatMap((entry) => {
    const option = entry as Option & { options?: Option[] };
    return option.options ?? [option];
  });

export const PRESSED = new Set([
  'Button',
  'LinkButton',
  'LoadingButton',
  'Link',
  'SectionMessageAction',
  'Pressable',
  'Tab',
]);

const VALUES: Readonly<Record<string, readonly [controlled: string, initial: string]>> = {
  Textfield: ['value', 'defaultValue'],
  TextArea: ['value', 'defaultValue'],
  Select: ['value', 'defaultValue'],
  RadioGroup: ['value', 'defaultValue'],
  Range: ['value', 'defaultValue'],
  Toggle: ['isChecked', 'defaultChecked'],
  Checkbox: ['isChecked', 'defaultChecked'],
};
export const isField = ({ type }: ForgeDoc): boolean => type in VALUES;

export const valueOf = ({ type, props, key }: ForgeDoc, kept: Kept): unknown => {
  const [controlled, initial] = VALUES[type] ?? ['value', 'defaultValue'];
  if (props[controlled] !== undefined) return props[controlled];
  return kept.values.has(key) ? kept.values.get(key) : props[initial];
};

/** The options that a Select shows as chosen. */
const chosen = (node: ForgeDoc, kept: Kept): Option[] => {
  const value = valueOf(node, kept);
  const options = (Array.isArray(value) ? value : [value]).filter(
    (option) => option !== null && option !== undefined,
  );
  return options as Option[];
};

/** The tab that is in sight. */
export const selectedTab = ({ props, key }: ForgeDoc, kept: Kept): number => {
  const selected = props['selected'] ?? kept.tabs.get(key) ?? props['defaultSelected'];
  return typeof selected === 'number' ? selected : 0;
};

const wrapped = (table: ForgeDoc, name: string): readonly ForgeDoc[] =>
  table.children.find((child) => child.type === 'ContentWrapper' && child.props['name'] === name)?.children ??
  [];

const rowsInSight = (table: ForgeDoc, kept: Kept): readonly ForgeDoc[] => {
  const rows = wrapped(table, 'rows');
  const { rowsPerPage, page, defaultPage } = table.props;
  if (typeof rowsPerPage !== 'number') return rows;
  const at = Number(page ?? kept.pages.get(table.key) ?? defaultPage ?? 1);
  return rows.slice((at - 1) * rowsPerPage, at * rowsPerPage);
};

/** Text that a component shows of its props. */
const ownText = (node: ForgeDoc, kept: Kept): string[] => {
  const { type, props } = node;
  switch (type) {
    case 'String':
      return [str(props['text'])];
    case 'Textfield':
    case 'TextArea':
      return [props['type'] === 'password' ? '' : str(valueOf(node, kept)) || str(props['placeholder'])];
    case 'Select': {
      const labels = chosen(node, kept).map((option) => option.label);
      return labels.length > 0 ? labels : [str(props['placeholder'])];
    }
    case 'RadioGroup':
      return optionsOf(node).map((option) => option.label);
    case 'Checkbox':
      return [str(props['label'])];
    case 'Tag':
    case 'CodeBlock':
      return [str(props['text'])];
    case 'RequiredAsterisk':
      return ['*'];
    case 'ProgressTracker':
      return all(props['items']).map((item) => str((item as { label?: unknown }).label));
    case 'DynamicTable':
      return [str(props['caption'])];
    default:
      return [];
  }
};

/** Props that hold what is shown before and after a component's children. */
const BEFORE = ['title', 'header', 'description'];
const AFTER = ['actions', 'primaryAction', 'secondaryAction', 'tertiaryAction'];

/** What is in sight of a node, from top to bottom. */
export const partsOf = (node: ForgeDoc, kept: Kept): readonly ForgeDoc[] => {
  if (node.type === 'Tabs') {
    const panels = node.children.filter((child) => child.type === 'TabPanel');
    const panel = panels[selectedTab(node, kept)];
    return [
      ...node.children.filter((child) => child.type === 'TabList'),
      ...(panel === undefined ? [] : [panel]),
    ];
  }
  if (node.type === 'DynamicTable') {
    const rows = rowsInSight(node, kept);
    const empty = rows.length === 0 ? docsIn(node.props['emptyView'], `${node.key}.emptyView`) : [];
    return [...wrapped(node, 'head'), ...rows, ...empty];
  }
  const inProps = (names: readonly string[]) =>
    names.flatMap((name) => docsIn(node.props[name], `${node.key}.${name}`));
  return [...inProps(BEFORE), ...node.children, ...inProps(AFTER)];
};

/** A node and all that is in sight below it. */
export const nodesIn = (node: ForgeDoc, kept: Kept): ForgeDoc[] => [
  node,
  ...partsOf(node, kept).flatMap((part) => nodesIn(part, kept)),
];

const INLINE = new Set(['String', 'Strong', 'Em', 'Strike', 'Code', 'Link', 'Tooltip']);

/** The text that is in sight: a line for each block, and running text in one piece. */
export const textOf = (node: ForgeDoc, kept: Kept): string => {
  let text = ownText(node, kept)
    .filter((line) => line !== '')
    .join('\n');
  let inline = INLINE.has(node.type);
  for (const part of partsOf(node, kept)) {
    const more = textOf(part, kept);
    if (more === '') continue;
    const running = inline && INLINE.has(part.type);
    text += text === '' || running ? more : `\n${more}`;
    inline = INLINE.has(part.type);
  }
  return text;
};

/** What assistive technology calls a node: a field's label, or a button's text. */
export const nameOf = (node: ForgeDoc, root: ForgeDoc, kept: Kept): string => {
  if (!isField(node)) return textOf(node, kept);
  const { props } = node;
  const id = idOf(props['inputId'] ?? props['id']);
  const labelledBy = idOf(props['aria-labelledby']);
  const label = nodesIn(root, kept).find(
    ({ type, props: { labelFor, id: labelId } }) =>
      type === 'Label' &&
      ((id !== undefined && idOf(labelFor) === id) ||
        (labelledBy !== undefined && idOf(labelId) === labelledBy)),
  );
  const own = str(props['aria-label']) || str(props['label']);
  // The star that says "required" is no part of the name.
  return label === undefined ? own : textOf(label, kept).replace(/\s*\*$/, '');
};
