import ModalDialog, {
  type ModalDialogProps,
  ModalBody,
  type ModalBodyProps,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  type ModalTitleProps,
  ModalTransition,
} from '@atlaskit/modal-dialog';
import Tabs, { Tab, TabList, TabPanel, type TabsProps } from '@atlaskit/tabs';
import { token } from '@atlaskit/tokens';
import Tooltip, { type TooltipProps } from '@atlaskit/tooltip';
import { model, Parts, useSurroundings } from './model';
import { Running } from './text';

type ModalOf = Pick<ModalDialogProps, 'height' | 'width' | 'label' | 'shouldScrollInViewport'> & {
  onClose: () => unknown;
  title: string;
};

const modal = model<ModalOf>(
  ['height', 'label', 'onClose', 'shouldScrollInViewport', 'title', 'width'],
  ({ node, props: { onClose, title, ...props } }) => (
    <ModalDialog {...props} onClose={() => void onClose?.()}>
      {title === undefined ? null : (
        <ModalHeader hasCloseButton>
          <ModalTitle>{title}</ModalTitle>
        </ModalHeader>
      )}
      <Parts nodes={node.children} />
    </ModalDialog>
  ),
);

const modalTransition = model<object>([], ({ node }) => {
  const { Node } = useSurroundings();
  return (
    <ModalTransition>
      {node.children.map((child) => (
        <Node key={child.key} node={child} />
      ))}
    </ModalTransition>
  );
});

const modalTitle = model<ModalTitleProps>(['appearance', 'isMultiline'], ({ node, props }) => {
  return (
    <ModalTitle {...props}>
      <Running>
        <Parts nodes={node.children} />
      </Running>
    </ModalTitle>
  );
});

const modalBody = model<ModalBodyProps>(['hasInlinePadding'], ({ node, props }) => {
  return (
    <ModalBody {...props}>
      <Parts nodes={node.children} />
    </ModalBody>
  );
});

const tabs = model<Omit<TabsProps, 'onChange'> & { onChange: (index: number) => unknown }>(
  ['defaultSelected', 'id', 'onChange', 'selected', 'shouldUnmountTabPanelOnChange'],
  ({ node, props: { id, onChange, ...props } }) => {
    const { idFor, Node } = useSurroundings();
    return (
      <Tabs {...props} id={idFor(id ?? node.key) ?? node.key} onChange={(index) => void onChange?.(index)}>
        {node.children.map((child) => (
          <Node key={child.key} node={child} />
        ))}
      </Tabs>
    );
  },
);

const tabList = model<object>([], ({ node }) => {
  const { Node } = useSurroundings();
  return (
    <TabList>
      {node.children.map((child) => (
        <Node key={child.key} node={child} />
      ))}
    </TabList>
  );
});

const tooltip = model<Pick<TooltipProps, 'position' | 'delay' | 'truncate'> & { content: string }>(
  ['content', 'delay', 'position', 'truncate'],
  ({ node, props: { content = '', ...props } }) => (
    <Tooltip {...props} content={content}>
      <Parts nodes={node.children} />
    </Tooltip>
  ),
);

export const layers = {
  Modal: modal,
  ModalTransition: modalTransition,
  ModalHeader: model<object>([], ({ node }) => (
    <ModalHeader hasCloseButton>
      <Parts nodes={node.children} />
    </ModalHeader>
  )),
  ModalTitle: modalTitle,
  ModalBody: modalBody,
  ModalFooter: model<object>([], ({ node }) => (
    <ModalFooter>
      <Parts nodes={node.children} />
    </ModalFooter>
  )),
  Tabs: tabs,
  TabList: tabList,
  Tab: model<object>([], ({ node }) => (
    <Tab>
      <Running>
        <Parts nodes={node.children} />
      </Running>
    </Tab>
  )),
  TabPanel: model<object>([], ({ node }) => (
    <TabPanel>
      <div style={{ inlineSize: '100%', paddingBlockStart: token('space.200') }}>
        <Parts nodes={node.children} />
      </div>
    </TabPanel>
  )),
  Tooltip: tooltip,
};
