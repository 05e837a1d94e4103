import { router, showFlag, view } from '@forge/bridge';
import ForgeReconciler, * as kit from '@forge/react';
import { useState } from 'react';

const Fields = () => {
  const [name, setName] = useState('');
  const [on, setOn] = useState(true);
  const [notes, setNotes] = useState('First line');
  const [size, setSize] = useState('small');
  const [zones, setZones] = useState<readonly { label: string; value: string }[]>([]);
  return (
    <kit.Form onSubmit={() => void view.submit({ name, on, notes, size, zones })}>
      <kit.FormHeader title="A bucket" description="All that a form has">
        <kit.Text>More of it</kit.Text>
      </kit.FormHeader>
      <kit.FormSection title="What it is called">
        <kit.Label labelFor="name">
          Bucket name
          <kit.RequiredAsterisk />
        </kit.Label>
        <kit.Textfield
          id="name"
          isRequired
          value={name}
          isInvalid={name === ''}
          onChange={(event) => setName((event.target as { value: string }).value)}
        />
        <kit.HelperMessage>Small letters</kit.HelperMessage>
        {name === '' ? <kit.ErrorMessage>A bucket has a name.</kit.ErrorMessage> : null}
        {name === 'reports' ? <kit.ValidMessage>That is free.</kit.ValidMessage> : null}
        <kit.Label labelFor="notes">Notes</kit.Label>
        <kit.TextArea
          id="notes"
          value={notes}
          minimumRows={2}
          onChange={(event) => setNotes((event.target as { value: string }).value)}
        />
        <kit.Label labelFor="account">Account</kit.Label>
        <kit.Select
          inputId="account"
          placeholder="Choose an account"
          options={[{ label: 'Payments', options: [{ label: 'payments-dev', value: '1' }] }]}
        />
        <kit.Label labelFor="zones">Zones</kit.Label>
        <kit.Select
          inputId="zones"
          isMulti
          value={zones}
          onChange={setZones}
          options={['a', 'b', 'c'].map((zone) => ({ label: `eu-west-1${zone}`, value: zone }))}
        />
        <kit.Label labelFor="encrypted">Encrypted</kit.Label>
        <kit.Toggle id="encrypted" isChecked={on} onChange={() => setOn(!on)} />
        <kit.Checkbox label="Versioned" value="versioned" defaultChecked />
        <kit.Label id="size-label" labelFor="size">
          Size
        </kit.Label>
        <kit.RadioGroup
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- UI Kit passes no other on
          aria-labelledby="size-label"
          name="size"
          value={size}
          onChange={(event) => setSize((event.target as { value: string }).value)}
          options={[
            { name: 'size', label: 'Small', value: 'small' },
            { name: 'size', label: 'Large', value: 'large' },
          ]}
        />
        <kit.Label labelFor="days">Days</kit.Label>
        <kit.Range id="days" min={1} max={30} step={1} defaultValue={7} />
      </kit.FormSection>
      <kit.FormFooter align="start">
        <kit.ButtonGroup label="What to do">
          <kit.Button type="submit" appearance="primary" isDisabled={name === ''}>
            Send
          </kit.Button>
          <kit.LoadingButton isLoading>Wait</kit.LoadingButton>
          <kit.LinkButton href="https://docs.example.com">Help</kit.LinkButton>
        </kit.ButtonGroup>
      </kit.FormFooter>
    </kit.Form>
  );
};

const Words = () => (
  <kit.Stack space="space.200">
    <kit.Heading as="h3" size="small">
      Words
    </kit.Heading>
    <kit.Text>
      Text with <kit.Text as="strong">weight</kit.Text>, <kit.Text as="em">stress</kit.Text>,{' '}
      <kit.Code>code</kit.Code> and <kit.Link href="/browse/PAY-1">a link</kit.Link>, and{' '}
      <kit.Link href="https://docs.example.com" openNewTab>
        one that leaves
      </kit.Link>
      .
    </kit.Text>
    <kit.List type="unordered">
      <kit.ListItem>One</kit.ListItem>
      <kit.ListItem>Two</kit.ListItem>
    </kit.List>
    <kit.CodeBlock text={'aws s3 ls\naws s3 cp'} language="shell" />
    <kit.Inline space="space.100" alignBlock="center" shouldWrap>
      <kit.Lozenge appearance="success">Ready</kit.Lozenge>
      <kit.Lozenge appearance="inprogress">Being created</kit.Lozenge>
      <kit.Badge>{7}</kit.Badge>
      <kit.Spinner size="small" label="Loading" />
      <kit.Tooltip content="More about it">
        <kit.Button>Hover</kit.Button>
      </kit.Tooltip>
    </kit.Inline>
    <kit.TagGroup>
      <kit.Tag text="cost-center: 42" />
      <kit.Tag text="team: payments" />
    </kit.TagGroup>
    <kit.Box
      padding="space.200"
      backgroundColor="elevation.surface.sunken"
      xcss={kit.xcss({ width: '220px', borderRadius: 'radius.small' })}
    >
      <kit.Text>In a box</kit.Text>
    </kit.Box>
  </kit.Stack>
);

const Progress = () => {
  const [sure, setSure] = useState(false);
  return (
    <kit.Stack space="space.200">
      <kit.SectionMessage
        title="It failed"
        appearance="error"
        actions={[
          <kit.SectionMessageAction key="retry" onClick={() => setSure(true)}>
            Retry
          </kit.SectionMessageAction>,
        ]}
      >
        <kit.Text>The stack rolled back.</kit.Text>
      </kit.SectionMessage>
      <kit.ProgressBar ariaLabel="Done" value={0.4} />
      <kit.ProgressTracker
        label="Progress of the request"
        items={[
          { id: 'asked', label: 'Asked', percentageComplete: 100, status: 'visited' },
          { id: 'approved', label: 'Approved', percentageComplete: 0, status: 'current' },
          { id: 'ready', label: 'Ready', percentageComplete: 0, status: 'unvisited' },
        ]}
      />
      <kit.DynamicTable
        label="Requests"
        rowsPerPage={2}
        head={{
          cells: [
            { key: 'key', content: 'Request', isSortable: true },
            { key: 'state', content: 'State' },
          ],
        }}
        rows={['PAY-1', 'PAY-2', 'PAY-3'].map((key) => ({
          key,
          cells: [
            { key, content: <kit.Link href={`/browse/${key}`}>{key}</kit.Link> },
            {
              key: 'state',
              content: (
                <kit.Button
                  onClick={() => void router.navigate(`/browse/${key}`)}
                >{`Open ${key}`}</kit.Button>
              ),
            },
          ],
        }))}
      />
      <kit.EmptyState
        header="Nothing yet"
        headingLevel={3}
        description="Requests show up here."
        primaryAction={<kit.Button>Look again</kit.Button>}
      />
      <kit.ModalTransition>
        {sure ? (
          <kit.Modal onClose={() => setSure(false)}>
            <kit.ModalHeader>
              <kit.ModalTitle>Retry it?</kit.ModalTitle>
            </kit.ModalHeader>
            <kit.ModalBody>
              <kit.Text>It is launched anew.</kit.Text>
            </kit.ModalBody>
            <kit.ModalFooter>
              <kit.Button appearance="subtle" onClick={() => setSure(false)}>
                Cancel
              </kit.Button>
              <kit.Button
                appearance="primary"
                onClick={() => {
                  showFlag({ id: 'retried', title: 'On its way' });
                  setSure(false);
                }}
              >
                Yes, retry
              </kit.Button>
            </kit.ModalFooter>
          </kit.Modal>
        ) : null}
      </kit.ModalTransition>
    </kit.Stack>
  );
};

/** Each component that the renderer models, as a page uses it. */
ForgeReconciler.render(
  <kit.Stack space="space.200">
    <kit.Heading as="h2" size="medium">
      Every component
    </kit.Heading>
    <kit.Tabs id="everything">
      <kit.TabList>
        <kit.Tab>Fields</kit.Tab>
        <kit.Tab>Words</kit.Tab>
        <kit.Tab>Progress</kit.Tab>
      </kit.TabList>
      <kit.TabPanel>
        <Fields />
      </kit.TabPanel>
      <kit.TabPanel>
        <Words />
      </kit.TabPanel>
      <kit.TabPanel>
        <Progress />
      </kit.TabPanel>
    </kit.Tabs>
  </kit.Stack>,
);
