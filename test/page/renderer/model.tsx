import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { ForgeDoc } from './forge-doc';
import { docsIn, idOf } from './forge-doc';

/** What a component of UI Kit is given to show itself. */
export interface Shown<Props> {
  readonly node: ForgeDoc;
  readonly props: Partial<Props>;
}

/** How a component of UI Kit is shown: by what, and which of its props that knows. */
export interface Modelled {
  readonly props: ReadonlySet<string>;
  readonly Show: ComponentType<{ readonly node: ForgeDoc }>;
}

/** @param names props that are honoured; another one that a page uses fails visibly */
export const model = <Props extends object>(
  names: readonly (keyof Props & string)[],
  Show: ComponentType<Shown<Props>>,
): Modelled => ({
  props: new Set(names),
  Show: ({ node }) => {
    const known = names.map((name) => [name, node.props[name]]).filter(([, value]) => value !== undefined);
    // What a page passes has been checked against UI Kit's types, which are taken from Atlaskit's.
    return <Show node={node} props={Object.fromEntries(known) as Partial<Props>} />;
  },
});

/** What every component may need of the page that it is on. */
export interface Surroundings {
  /** An id of the page's own, apart from those of other pages in the same window. */
  readonly idFor: (id: unknown) => string | undefined;
  /** Ids of the messages that stand with a field, by the field's key. */
  readonly messagesOf: (field: ForgeDoc) => string | undefined;
  /** Where a link leads. */
  readonly follow: (url: string, newTab: boolean) => void;
  readonly Node: ComponentType<{ readonly node: ForgeDoc }>;
}

const SurroundingsContext = createContext<Surroundings | undefined>(undefined);
export const SurroundingsProvider = SurroundingsContext.Provider;

/** @throws Error outside of a page */
export const useSurroundings = (): Surroundings => {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === undefined) throw new Error('A UI Kit component is shown on a page');
  return surroundings;
};

/** Nodes as they come, each under the key that it keeps. */
export const Parts = ({ nodes }: { readonly nodes: readonly ForgeDoc[] }) => {
  const { Node } = useSurroundings();
  return nodes.map((node) => <Node key={node.key} node={node} />);
};

/** What stands in a prop that takes elements. */
export const Content = ({ of: node, prop }: { readonly of: ForgeDoc; readonly prop: string }): ReactNode => (
  <Parts nodes={docsIn(node.props[prop], `${node.key}.${prop}`)} />
);

/** Text of a node whose children are text alone. */
export const textIn = (node: ForgeDoc): string =>
  node.type === 'String' ? String(node.props['text']) : node.children.map(textIn).join('');

/** What a page's handler gets of an event: what crosses the bridge, not the browser's own object. */
export const eventOf = (node: ForgeDoc, more: Readonly<Record<string, unknown>> = {}) => ({
  target: { name: node.props['name'], id: idOf(node.props['id']), ...more },
});
