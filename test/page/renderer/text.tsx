import Heading, { type HeadingProps } from '@atlaskit/heading';
import AtlaskitLink from '@atlaskit/link';
import { Text as AtlaskitText, type TextProps } from '@atlaskit/primitives';
import { token } from '@atlaskit/tokens';
import { createContext, type MouseEvent, type ReactNode, useContext } from 'react';
import { model, Parts, useSurroundings } from './model';

/** Whether text stands within other text: a paragraph holds no paragraph. */
const InText = createContext(false);

export const Running = ({ children }: { readonly children: ReactNode }) => (
  <InText.Provider value={true}>{children}</InText.Provider>
);

const string = model<{ text: string }>(['text'], ({ props }) => props.text);

const text = model<Omit<TextProps, 'as'> & { as: TextProps['as'] | 'strike' }>(
  ['align', 'as', 'color', 'maxLines', 'size', 'weight'],
  ({ node, props: { as, ...props } }) => {
    const within = useContext(InText);
    const element = as === 'strike' || as === undefined ? (within ? 'span' : 'p') : as;
    const parts = (
      <Running>
        <Parts nodes={node.children} />
      </Running>
    );
    return (
      <AtlaskitText {...props} as={element}>
        {as === 'strike' ? <s>{parts}</s> : parts}
      </AtlaskitText>
    );
  },
);

const heading = model<HeadingProps>(['as', 'color', 'id', 'size'], ({ node, props }) => {
  const { idFor } = useSurroundings();
  const { id, size = 'medium', ...look } = props;
  const own = idFor(id);
  return (
    <Heading {...look} size={size} {...(own === undefined ? {} : { id: own })}>
      <Running>
        <Parts nodes={node.children} />
      </Running>
    </Heading>
  );
});

const wrapped = (Element: 'strong' | 'em' | 's') =>
  model<object>([], ({ node }) => (
    <Element>
      <Running>
        <Parts nodes={node.children} />
      </Running>
    </Element>
  ));

/** Takes a click where the page's own window would follow it. */
export const useFollow = () => {
  const { follow } = useSurroundings();
  return (url: string | undefined, newTab: boolean) => (event: MouseEvent) => {
    if (url === undefined) return;
    event.preventDefault();
    follow(url, newTab);
  };
};

const link = model<{ href: string; openNewTab: boolean }>(
  ['href', 'openNewTab'],
  ({ node, props: { href = '', openNewTab = false } }) => {
    const follow = useFollow();
    return (
      <AtlaskitLink
        href={href}
        {...(openNewTab ? { target: '_blank' } : {})}
        onClick={follow(href, openNewTab)}
      >
        <Running>
          <Parts nodes={node.children} />
        </Running>
      </AtlaskitLink>
    );
  },
);

const mono = {
  font: token('font.code'),
  background: token('color.background.neutral'),
  borderRadius: token('radius.small'),
} as const;

const code = model<object>([], ({ node }) => (
  <code style={{ ...mono, padding: '2px 4px', overflowWrap: 'anywhere' }}>
    <Parts nodes={node.children} />
  </code>
));

const codeBlock = model<{ text: string; language: string; shouldWrapLongLines: boolean }>(
  ['text', 'language', 'shouldWrapLongLines'],
  ({ props }) => (
    // One that scrolls can be reached with the keyboard.
    <pre
      role="region"
      aria-label={props.language ?? 'text'}
      tabIndex={0}
      style={{
        ...mono,
        margin: 0,
        padding: token('space.150'),
        overflow: 'auto',
        whiteSpace: props.shouldWrapLongLines === true ? 'pre-wrap' : 'pre',
      }}
    >
      <code>{props.text}</code>
    </pre>
  ),
);

const list = model<{ type: 'ordered' | 'unordered' }>(['type'], ({ node, props }) => {
  const Element = props.type === 'ordered' ? 'ol' : 'ul';
  return (
    <Element style={{ font: token('font.body'), margin: 0, paddingInlineStart: token('space.300') }}>
      <Parts nodes={node.children} />
    </Element>
  );
});

const listItem = model<object>([], ({ node }) => (
  <li style={{ marginBlock: token('space.050') }}>
    <Parts nodes={node.children} />
  </li>
));

export const texts = {
  String: string,
  Text: text,
  Heading: heading,
  Strong: wrapped('strong'),
  Em: wrapped('em'),
  Strike: wrapped('s'),
  Link: link,
  Code: code,
  CodeBlock: codeBlock,
  List: list,
  ListItem: listItem,
};
