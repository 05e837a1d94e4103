import Badge, { type BadgeProps } from '@atlaskit/badge';
import Heading from '@atlaskit/heading';
import Lozenge, { type LozengeProps } from '@atlaskit/lozenge';
import ProgressBar from '@atlaskit/progress-bar';
import { ProgressTracker, type Stages } from '@atlaskit/progress-tracker';
import SectionMessage, { SectionMessageAction, type SectionMessageProps } from '@atlaskit/section-message';
import Spinner, { type SpinnerProps } from '@atlaskit/spinner';
import { SimpleTag, type SimpleTagProps } from '@atlaskit/tag';
import TagGroup from '@atlaskit/tag-group';
import { token } from '@atlaskit/tokens';
import type { ComponentProps } from 'react';
import { docsIn } from './forge-doc';
import { Content, model, Parts, textIn } from './model';
import { Running, useFollow } from './text';

type MessageProps = Pick<SectionMessageProps, 'appearance' | 'title'> & { actions: unknown };

const sectionMessage = model<MessageProps>(['appearance', 'title', 'actions'], ({ node, props }) => {
  const actions = docsIn(props.actions, `${node.key}.actions`);
  const given = {
    ...(props.appearance === undefined ? {} : { appearance: props.appearance }),
    ...(actions.length === 0 ? {} : { actions: [<Parts key="actions" nodes={actions} />] }),
    children: <Parts nodes={node.children} />,
  };
  return props.title === undefined ? (
    <SectionMessage {...given} />
  ) : (
    <SectionMessage {...given} title={props.title} />
  );
});

const sectionMessageAction = model<{ href: string; onClick: (event: object) => unknown }>(
  ['href', 'onClick'],
  ({ node, props: { href, onClick } }) => {
    const follow = useFollow();
    return (
      <SectionMessageAction
        {...(href === undefined ? {} : { href })}
        onClick={(event) => {
          void onClick?.({});
          follow(href, false)(event);
        }}
      >
        <Running>
          <Parts nodes={node.children} />
        </Running>
      </SectionMessageAction>
    );
  },
);

const lozenge = model<LozengeProps>(['appearance', 'isBold', 'maxWidth'], ({ node, props }) => {
  return (
    <Lozenge {...props}>
      <Parts nodes={node.children} />
    </Lozenge>
  );
});

const badge = model<BadgeProps>(['appearance', 'max'], ({ node, props }) => {
  const text = textIn(node);
  return <Badge {...props}>{/^\d+$/.test(text) ? Number(text) : text}</Badge>;
});

const spinner = model<SpinnerProps>(['appearance', 'delay', 'label', 'size'], ({ props }) => (
  <Spinner {...props} />
));

const progressBar = model<ComponentProps<typeof ProgressBar>>(
  ['appearance', 'ariaLabel', 'isIndeterminate', 'value'],
  ({ props }) => <ProgressBar {...props} />,
);

const progressTracker = model<{
  items: Stages;
  label: string;
  animated: boolean;
  spacing: 'comfortable' | 'cozy' | 'compact';
}>(['items', 'label', 'animated', 'spacing'], ({ props: { items = [], ...props } }) => (
  // A stage that leads nowhere is no link.
  <ProgressTracker
    {...props}
    items={items.map((item) => ({ ...item, noLink: item.onClick === undefined }))}
  />
));

const tag = model<Omit<SimpleTagProps, 'ref'>>(
  ['appearance', 'color', 'href', 'text'],
  ({ props: { text = '', ...props } }) => <SimpleTag {...props} text={text} />,
);

const tagGroup = model<{ alignment: 'start' | 'end' }>(['alignment'], ({ node, props }) => (
  <TagGroup {...props}>
    <Parts nodes={node.children} />
  </TagGroup>
));

interface EmptyStateProps {
  readonly header: string;
  readonly headingLevel: number;
  readonly description: unknown;
  readonly isLoading: boolean;
  readonly width: 'narrow' | 'wide';
  readonly primaryAction: unknown;
  readonly secondaryAction: unknown;
  readonly tertiaryAction: unknown;
}

const LEVELS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

const emptyState = model<EmptyStateProps>(
  [
    'header',
    'headingLevel',
    'description',
    'isLoading',
    'width',
    'primaryAction',
    'secondaryAction',
    'tertiaryAction',
  ],
  ({ node, props: { header = '', headingLevel = 4, isLoading = false, width = 'wide' } }) => (
    <div
      style={{
        marginInline: 'auto',
        marginBlock: token('space.300'),
        maxInlineSize: width === 'wide' ? 464 : 304,
        textAlign: 'center',
        font: token('font.body'),
        display: 'grid',
        gap: token('space.200'),
        justifyItems: 'center',
      }}
    >
      <Heading size="medium" as={LEVELS[headingLevel - 1] ?? 'h4'}>
        {header}
      </Heading>
      <div>
        <Content of={node} prop="description" />
      </div>
      <div style={{ display: 'flex', gap: token('space.100'), flexWrap: 'wrap', justifyContent: 'center' }}>
        {isLoading ? <Spinner /> : null}
        <Content of={node} prop="secondaryAction" />
        <Content of={node} prop="primaryAction" />
      </div>
      <Content of={node} prop="tertiaryAction" />
    </div>
  ),
);

export const feedback = {
  SectionMessage: sectionMessage,
  SectionMessageAction: sectionMessageAction,
  Lozenge: lozenge,
  Badge: badge,
  Spinner: spinner,
  ProgressBar: progressBar,
  ProgressTracker: progressTracker,
  Tag: tag,
  TagGroup: tagGroup,
  EmptyState: emptyState,
};
