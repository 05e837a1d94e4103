import { view } from '@forge/bridge';
import { SectionMessage, Text } from '@forge/react';
import { useEffect } from 'react';
import type { OrderFormView } from '../../pages/order-form/view';
import type { Texts } from '../../texts/texts';
import { useAnswer } from '../answer';
import { Shown, useReader } from '../page';
import { OrderForm } from './order-form';

/** What stands on the portal's create screen; nothing at all where the request type is none of ours. */
export const OrderFormPage = () => {
  const { texts } = useReader();
  const asked = useAnswer<OrderFormView>('order-form.open');
  if (asked.value?.ours === false) return null;
  return (
    <Shown asked={asked} texts={texts}>
      {(open) => (open.ours ? <Opened open={open} reopen={asked.again} texts={texts} /> : null)}
    </Shown>
  );
};

const Opened = ({
  open,
  reopen,
  texts,
}: {
  readonly open: Extract<OrderFormView, { ours: true }>;
  readonly reopen: () => Promise<void>;
  readonly texts: Texts;
}) => {
  const { empty } = texts.orderForm;
  if (open.accounts.length === 0) return <Nothing words={empty.accounts} />;
  if (open.awaited) return <Nothing words={empty.awaited} />;
  if (open.products.length === 0) return <Nothing words={empty.products} />;
  return <OrderForm open={open} reopen={reopen} texts={texts} />;
};

/** There is nothing to order, so there is no request to be sent. */
const Nothing = ({ words }: { readonly words: string }) => {
  useEffect(() => {
    void view.submit({ fields: [], isValid: false });
  }, []);
  return (
    <SectionMessage appearance="warning">
      <Text>{words}</Text>
    </SectionMessage>
  );
};
