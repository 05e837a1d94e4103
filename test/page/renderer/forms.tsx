import {
  ErrorMessage,
  FormFooter,
  FormHeader,
  FormSection,
  HelperMessage,
  Label,
  RequiredAsterisk,
  ValidMessage,
} from '@atlaskit/form';
import { token } from '@atlaskit/tokens';
import type { ComponentType, ReactNode } from 'react';
import { Content, model, Parts, useSurroundings } from './model';
import { messageId } from './messages';
import { Running } from './text';

const form = model<{ onSubmit: () => unknown }>(['onSubmit'], ({ node, props }) => (
  <form
    // Fields say themselves what is wrong with them.
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      void props.onSubmit?.();
    }}
  >
    <Parts nodes={node.children} />
  </form>
));

interface Titled {
  readonly title: unknown;
  readonly description: unknown;
}

const titled = (Part: ComponentType<{ title?: ReactNode; description?: ReactNode; children?: ReactNode }>) =>
  model<Titled>(['title', 'description'], ({ node, props }) => (
    <Part
      {...(props.title === undefined ? {} : { title: <Content of={node} prop="title" /> })}
      {...(props.description === undefined ? {} : { description: <Content of={node} prop="description" /> })}
    >
      <Parts nodes={node.children} />
    </Part>
  ));

const footer = model<{ align: 'start' | 'end' }>(['align'], ({ node, props: { align } }) => (
  <FormFooter {...(align === undefined ? {} : { align })}>
    <Parts nodes={node.children} />
  </FormFooter>
));

const label = model<{ id: string; labelFor: string }>(['id', 'labelFor'], ({ node, props }) => {
  const { idFor } = useSurroundings();
  const id = idFor(props.id);
  return (
    <div style={{ marginBlockStart: token('space.100') }}>
      <Label htmlFor={idFor(props.labelFor) ?? ''} {...(id === undefined ? {} : { id })}>
        <Running>
          <Parts nodes={node.children} />
        </Running>
      </Label>
    </div>
  );
});

const message = (Message: ComponentType<{ children: ReactNode }>) =>
  model<object>([], ({ node }) => (
    <div id={messageId(node)}>
      <Message>
        <Running>
          <Parts nodes={node.children} />
        </Running>
      </Message>
    </div>
  ));

export const forms = {
  Form: form,
  FormHeader: titled(FormHeader),
  FormSection: titled(FormSection),
  FormFooter: footer,
  Label: label,
  HelperMessage: message(HelperMessage),
  ErrorMessage: message(ErrorMessage),
  ValidMessage: message(ValidMessage),
  RequiredAsterisk: model<object>([], () => <RequiredAsterisk />),
};
