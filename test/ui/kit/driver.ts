import { type ForgeDoc, idOf } from '../../page/renderer/forge-doc';
import {
  isField,
  type Kept,
  nameOf,
  nodesIn,
  optionsOf,
  partsOf,
  PRESSED,
  selectedTab,
  textOf,
  valueOf,
} from './reading';

/** Which nodes are meant. Strings for labels and names are exact, for text a part is enough. */
export interface Query {
  readonly type?: string;
  readonly label?: string | RegExp;
  readonly name?: string | RegExp;
  readonly text?: string | RegExp;
}

/** A node as somebody sees it. */
export interface Found {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly text: string;
}

/** A field as somebody sees it. */
export interface Field extends Found {
  /** Text, a number, an option or several, or whether it is on. */
  readonly value: unknown;
  /** Labels of what can be chosen. */
  readonly options: readonly string[];
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly required: boolean;
  /** The message that stands with it. */
  readonly error: string | undefined;
  readonly help: string | undefined;
}

/** What somebody reads and does on a page, or in a part of it. */
export interface Driver {
  /** All that is in sight; a line for each block. */
  readonly text: () => string;
  /** @throws Error unless there is exactly one */
  readonly find: (query: Query) => Found;
  readonly findAll: (query: Query) => readonly Found[];
  /** @throws Error unless there is exactly one field with that label */
  readonly field: (label: string | RegExp) => Field;
  /** A part of the page, such as one row of a table. @throws Error unless there is exactly one */
  readonly within: (query: Query) => Driver;
  /** A button, a link, a tab. @throws Error when it is not there or disabled */
  readonly press: (name: string | RegExp) => Promise<void>;
  /** Puts text or a number into a field and leaves it. */
  readonly type: (label: string | RegExp, text: string) => Promise<void>;
  /** Chooses an option by its label; several where several may be chosen; null empties the field. */
  readonly choose: (label: string | RegExp, option: string | readonly string[] | null) => Promise<void>;
  /** Turns a toggle or a checkbox on or off. */
  readonly switch: (label: string | RegExp, on: boolean) => Promise<void>;
  /** Leaves a field without changing it. */
  readonly leave: (label: string | RegExp) => Promise<void>;
  /** Turns to a page of a table, from 1. */
  readonly turnTo: (page: number) => Promise<void>;
}

const matches = (wanted: string | RegExp | undefined, text: string, partly = false): boolean => {
  if (wanted === undefined) return true;
  if (typeof wanted !== 'string') return wanted.test(text);
  return partly ? text.includes(wanted) : text.replace(/\s+/g, ' ').trim() === wanted;
};

const said = (query: Query): string =>
  Object.entries(query)
    .map(([what, wanted]) => `${what} ${String(wanted)}`)
    .join(', ');

export const createDriver = ({
  look,
  kept,
  open,
  after,
}: {
  /** What is looked at. @throws Error when the page failed */
  readonly look: () => ForgeDoc;
  readonly kept: Kept;
  readonly open: (url: string, newTab: boolean) => void;
  /** Waits until what was done has come to rest. */
  readonly after: () => Promise<void>;
}): Driver => {
  /** What can be reached: a dialog hides what lies behind it. */
  const reachable = (): ForgeDoc => {
    const root = look();
    return nodesIn(root, kept).findLast((node) => node.type === 'Modal') ?? root;
  };

  const nodes = (query: Query): ForgeDoc[] => {
    const root = look();
    return nodesIn(root, kept).filter(
      (node) =>
        (query.type === undefined || node.type === query.type) &&
        (query.label === undefined || (isField(node) && matches(query.label, nameOf(node, root, kept)))) &&
        (query.name === undefined ||
          ((isField(node) || PRESSED.has(node.type)) && matches(query.name, nameOf(node, root, kept)))) &&
        matches(query.text, textOf(node, kept), true),
    );
  };

  const theOne = (found: readonly ForgeDoc[], what: string, present: readonly string[]): ForgeDoc => {
    const [one] = found;
    if (one !== undefined && found.length === 1) return one;
    const there = present.length > 0 ? `; there is: ${present.join(' | ')}` : '';
    throw new Error(
      `${found.length === 0 ? 'No' : String(found.length)} ${what}${there}\nThe page:\n${textOf(look(), kept)}`,
    );
  };

  const fieldNode = (label: string | RegExp): ForgeDoc => {
    const root = reachable();
    const fields = nodesIn(root, kept).filter(isField);
    const names = fields.map((node) => nameOf(node, root, kept));
    const named = fields.filter((_, index) => matches(label, names[index] ?? ''));
    return theOne(named, `field labelled ${String(label)}`, names);
  };

  const asFound = (node: ForgeDoc): Found => ({
    type: node.type,
    props: node.props,
    name: nameOf(node, look(), kept),
    text: textOf(node, kept),
  });

  /** The message of a kind that stands with a field: the next one before another field begins. */
  const message = (field: ForgeDoc, type: string): string | undefined => {
    const root = look();
    const order = nodesIn(root, kept);
    const next = order.slice(order.indexOf(field) + 1);
    const end = next.findIndex((node) => isField(node) || node.type === 'Label');
    const found = next.slice(0, end < 0 ? undefined : end).find((node) => node.type === type);
    return found === undefined ? undefined : textOf(found, kept);
  };

  const handle = (node: ForgeDoc, event: string, ...given: unknown[]): unknown => {
    const handler = node.props[event];
    return typeof handler === 'function'
      ? (handler as (...given: unknown[]) => unknown)(...given)
      : undefined;
  };

  const usable = (node: ForgeDoc): void => {
    if (
      node.props['isDisabled'] === true ||
      node.props['isLoading'] === true ||
      node.props['isReadOnly'] === true
    ) {
      throw new Error(`${node.type} "${nameOf(node, look(), kept)}" cannot be used: it is disabled`);
    }
  };

  const target = (node: ForgeDoc, more: object) => ({
    target: { name: node.props['name'], id: idOf(node.props['id']), ...more },
  });

  const change = async (node: ForgeDoc, value: unknown, given: unknown): Promise<void> => {
    usable(node);
    handle(node, 'onFocus', target(node, {}));
    kept.values.set(node.key, value);
    handle(node, 'onChange', given);
    await after();
    // The page may have put another handler there since.
    const now = nodesIn(look(), kept).find((other) => other.key === node.key);
    if (now !== undefined) handle(now, 'onBlur', target(now, {}));
    await after();
  };

  const parentOf = (node: ForgeDoc, type: string): ForgeDoc | undefined =>
    nodesIn(look(), kept).findLast((other) => other.type === type && nodesIn(other, kept).includes(node));

  const press = async (node: ForgeDoc): Promise<void> => {
    usable(node);
    if (node.type === 'Tab') {
      const tabs = parentOf(node, 'Tabs');
      const list = tabs?.children.find((child) => child.type === 'TabList');
      if (tabs !== undefined && list !== undefined) {
        const index = list.children.indexOf(node);
        if (index !== selectedTab(tabs, kept)) handle(tabs, 'onChange', index);
        kept.tabs.set(tabs.key, index);
      }
    } else {
      handle(node, 'onClick', {});
      const { href, openNewTab, target: where } = node.props;
      if (typeof href === 'string') open(href, openNewTab === true || where === '_blank');
      const form = node.props['type'] === 'submit' ? parentOf(node, 'Form') : undefined;
      if (form !== undefined) void handle(form, 'onSubmit');
    }
    await after();
  };

  const TYPED = new Set(['Textfield', 'TextArea', 'Range']);
  const wrong = (node: ForgeDoc, label: string | RegExp, does: string): Error =>
    new Error(`${String(label)} is a ${node.type}; ${does}`);

  return {
    text: () => textOf(look(), kept),
    findAll: (query) => nodes(query).map(asFound),
    find: (query) => asFound(theOne(nodes(query), `element with ${said(query)}`, [])),
    field: (label) => {
      const node = fieldNode(label);
      return {
        ...asFound(node),
        value: valueOf(node, kept),
        options: optionsOf(node).map((option) => option.label),
        disabled: node.props['isDisabled'] === true,
        invalid: node.props['isInvalid'] === true,
        required: node.props['isRequired'] === true,
        error: message(node, 'ErrorMessage'),
        help: message(node, 'HelperMessage'),
      };
    },
    within: (query) => {
      const one = () => {
        // The innermost of those that lie in each other: what somebody points at.
        const found = nodes(query);
        const inner = found.filter(
          (node) => !found.some((other) => other !== node && nodesIn(node, kept).includes(other)),
        );
        return theOne(inner, `part with ${said(query)}`, []);
      };
      one();
      return createDriver({ look: one, kept, open, after });
    },
    press: async (name) => {
      const root = reachable();
      const pressed = nodesIn(root, kept).filter((node) => PRESSED.has(node.type));
      const names = pressed.map((node) => nameOf(node, root, kept));
      const named = pressed.filter((_, index) => matches(name, names[index] ?? ''));
      await press(theOne(named, `button, link or tab called ${String(name)}`, names));
    },
    type: async (label, text) => {
      const node = fieldNode(label);
      if (!TYPED.has(node.type)) throw wrong(node, label, 'nobody can type there');
      if (node.type === 'Range') return change(node, Number(text), Number(text));
      const type = node.type === 'TextArea' ? 'textarea' : (node.props['type'] ?? 'text');
      return change(node, text, target(node, { type, value: text }));
    },
    choose: async (label, option) => {
      const node = fieldNode(label);
      const options = optionsOf(node);
      const wanted = (option === null ? [] : [option].flat()).map((one) => {
        const found = options.find((other) => other.label === one);
        if (found !== undefined) return found;
        const there = options.map((other) => other.label).join(' | ');
        throw new Error(`${String(label)} does not offer "${one}"; there is: ${there}`);
      });
      const [first] = wanted;
      if (node.type === 'RadioGroup' && first !== undefined) {
        return change(node, first.value, target(node, { type: 'radio', value: first.value }));
      }
      if (node.type !== 'Select') throw wrong(node, label, 'nobody can choose there');
      const value = node.props['isMulti'] === true ? wanted : (first ?? null);
      return change(node, value, value);
    },
    switch: async (label, on) => {
      const node = fieldNode(label);
      if (node.type !== 'Toggle' && node.type !== 'Checkbox')
        throw wrong(node, label, 'it is neither on nor off');
      if ((valueOf(node, kept) === true) === on) return;
      await change(node, on, target(node, { type: 'checkbox', checked: on, value: node.props['value'] }));
    },
    leave: async (label) => {
      const node = fieldNode(label);
      handle(node, 'onBlur', target(node, {}));
      await after();
    },
    turnTo: async (page) => {
      const tables = nodesIn(reachable(), kept).filter((node) => node.type === 'DynamicTable');
      const table = theOne(tables, 'table', []);
      kept.pages.set(table.key, page);
      handle(table, 'onSetPage', page);
      await after();
      if (partsOf(table, kept).every((part) => part.type !== 'Row')) {
        throw new Error(`The table has no page ${page}`);
      }
    },
  };
};
