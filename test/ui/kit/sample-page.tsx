import { router, showFlag, view } from '@forge/bridge';
import ForgeReconciler, {
  Button,
  DynamicTable,
  ErrorMessage,
  Form,
  HelperMessage,
  Inline,
  Label,
  Link,
  Modal,
  ModalBody,
  ModalFooter,
  RequiredAsterisk,
  Select,
  Stack,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
  Textfield,
  Toggle,
} from '@forge/react';
import { useState } from 'react';
import { useAnswer } from '../../../forge-app/ui/answer';
import { Shown, useReader } from '../../../forge-app/ui/page';

const Order = () => {
  const [name, setName] = useState('');
  const [account, setAccount] = useState<{ label: string; value: string } | null>(null);
  const [encrypted, setEncrypted] = useState(false);
  const [left, setLeft] = useState(false);
  const [sure, setSure] = useState(false);
  const missing = left && name === '';
  return (
    <Form onSubmit={() => setSure(true)}>
      <Label labelFor="name">
        Bucket name
        <RequiredAsterisk />
      </Label>
      <Textfield
        id="name"
        value={name}
        isInvalid={missing}
        onChange={(event) => setName((event.target as { value: string }).value)}
        onBlur={() => setLeft(true)}
      />
      <HelperMessage>Small letters</HelperMessage>
      {missing ? <ErrorMessage>A bucket has a name.</ErrorMessage> : null}
      <Label labelFor="account">Account</Label>
      <Select
        inputId="account"
        options={[{ label: 'Payments', options: [{ label: 'payments-dev', value: '1' }] }]}
        onChange={setAccount}
      />
      <Label labelFor="encrypted">Encrypted</Label>
      <Toggle id="encrypted" onChange={() => setEncrypted(!encrypted)} isChecked={encrypted} />
      <Button type="submit" isDisabled={name === ''}>
        Go on
      </Button>
      {sure ? (
        <Modal onClose={() => setSure(false)}>
          <ModalBody>
            <Text>Is that all?</Text>
          </ModalBody>
          <ModalFooter>
            <Button
              onClick={() => {
                void view.submit({ name, account: account?.value, encrypted });
                showFlag({ id: 'sent', title: 'Sent', type: 'success' });
                setSure(false);
              }}
            >
              Yes
            </Button>
          </ModalFooter>
        </Modal>
      ) : null}
    </Form>
  );
};

const Requests = () => {
  const { texts, moment } = useReader();
  const asked = useAnswer<{ at: string; keys: string[] }>('requests', {}, (known) =>
    known !== undefined && known.keys.length < 2 ? 15_000 : null,
  );
  return (
    <Shown asked={asked} texts={texts}>
      {({ at, keys }) => (
        <Stack>
          <Text>As of {moment(at)}</Text>
          <DynamicTable
            rowsPerPage={1}
            head={{ cells: [{ key: 'key', content: 'Request' }, { key: 'open' }] }}
            rows={keys.map((key) => ({
              key,
              cells: [
                { key: 'key', content: <Text>{key}</Text> },
                {
                  key: 'open',
                  content: <Button onClick={() => void router.open(`/browse/${key}`)}>Open</Button>,
                },
              ],
            }))}
          />
        </Stack>
      )}
    </Shown>
  );
};

ForgeReconciler.render(
  <Tabs id="tabs">
    <TabList>
      <Tab>Order</Tab>
      <Tab>Requests</Tab>
      <Tab>Mistakes</Tab>
    </TabList>
    <TabPanel>
      <Order />
    </TabPanel>
    <TabPanel>
      <Requests />
    </TabPanel>
    <TabPanel>
      <Inline>
        <Link href="https://docs.example.com">Read on</Link>
        <Button onClick={() => void router.reload()}>Reload</Button>
      </Inline>
    </TabPanel>
  </Tabs>,
);
