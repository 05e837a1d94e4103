import { Component, type ReactNode } from 'react';
import { COMPONENTS } from './components';
import { type ForgeDoc, idOf } from './forge-doc';
import { messagesByField } from './messages';
import { Parts, SurroundingsProvider } from './model';
import { Failed, NotModelled } from './not-modelled';

/** Props that every component has and that change nothing in sight. */
const ALWAYS = new Set(['children', 'testId']);

const Node = ({ node }: { readonly node: ForgeDoc }) => {
  const modelled = COMPONENTS[node.type];
  if (modelled === undefined) return <NotModelled what={node.type} />;
  const unknown = Object.entries(node.props).find(
    ([name, value]) => value !== undefined && !ALWAYS.has(name) && !modelled.props.has(name),
  );
  if (unknown !== undefined) return <NotModelled what={`${node.type}.${unknown[0]}`} />;
  return <modelled.Show node={node} />;
};

interface Caught {
  readonly problem?: string;
}

/** What cannot be shown says so in place of the page. */
class Guard extends Component<{ readonly children: ReactNode }, Caught> {
  override state: Caught = {};
  static getDerivedStateFromError = (error: unknown): Caught => ({ problem: String(error) });
  override componentDidCatch(error: unknown): void {
    reportError(error);
  }
  override render(): ReactNode {
    return this.state.problem === undefined ? this.props.children : <Failed problem={this.state.problem} />;
  }
}

/**
 * Shows a document of UI Kit with Atlassian's own components. The document may be changed in place; it is read anew whenever
 * this is rendered.
 * @param scope what ids on the page begin with
 */
export const Rendered = ({
  document,
  scope,
  follow,
}: {
  readonly document: ForgeDoc;
  readonly scope: string;
  readonly follow: (url: string, newTab: boolean) => void;
}) => {
  const messages = messagesByField(document);
  const surroundings = {
    idFor: (id: unknown) => {
      const own = idOf(id);
      return own === undefined ? undefined : `${scope}-${own}`;
    },
    messagesOf: (field: ForgeDoc) => messages.get(field.key),
    follow,
    Node,
  };
  return (
    <Guard>
      <SurroundingsProvider value={surroundings}>
        <Parts nodes={document.children} />
      </SurroundingsProvider>
    </Guard>
  );
};
