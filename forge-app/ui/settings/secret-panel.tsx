import {
  Button,
  Code,
  ErrorMessage,
  Heading,
  Inline,
  Label,
  List,
  ListItem,
  LoadingButton,
  Lozenge,
  SectionMessage,
  Stack,
  Text,
  Textfield,
} from '@forge/react';
import { useState } from 'react';
import type { Refusal } from '../../pages/answer';
import type { ConnectionView, SecretChangedView, TestView } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';

type Way = keyof ConnectionView['secrets'];
type SecretState = ConnectionView['secrets'][Way];

const DIRECTION = { toBridge: 'to-bridge', fromBridge: 'from-bridge' } as const satisfies Record<Way, string>;

interface PanelProps {
  readonly way: Way;
  readonly state: SecretState;
  readonly mayChange: boolean;
  readonly verdict: TestView;
  readonly testing: boolean;
  readonly onState: (state: SecretState) => void;
  readonly onTest: (signedWith: 'current' | 'next') => void;
  readonly texts: Texts;
  readonly moment: (at: string) => string;
}

/** One direction's secret: whether there is one, a way to store one, and to exchange it without a gap. */
export const SecretPanel = ({ way, state, mayChange, onState, texts, moment, ...testing }: PanelProps) => {
  const words = texts.settings.connection;
  const { title, what } = words.ways[way];
  const [generated, setGenerated] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const change = async (payload: object): Promise<boolean> => {
    setBusy(true);
    const answer = await call<SecretChangedView>('connection.change', {
      direction: DIRECTION[way],
      ...payload,
    });
    setBusy(false);
    setRefusal(answer.outcome === 'ok' ? null : answer);
    if (answer.outcome !== 'ok') return false;
    setGenerated(answer.value.generated);
    onState(answer.value.state);
    return true;
  };

  const there = state.source === 'stored' || state.source === 'deployed';
  return (
    <Stack space="space.150">
      <Inline space="space.100" alignBlock="center" shouldWrap>
        <Heading as="h3">{title}</Heading>
        <Lozenge appearance={there ? 'success' : 'removed'}>{words.sources[state.source]}</Lozenge>
        {state.since === null ? null : <Text>{words.since(moment(state.since))}</Text>}
      </Inline>
      <Text>{what}</Text>
      {there ? null : (
        <SectionMessage appearance="warning">
          <Text>{state.source === 'unusable' ? words.unusable : words.missing}</Text>
        </SectionMessage>
      )}
      {refusal === null || refusal.code === 'invalid' ? null : (
        <SectionMessage appearance="error">
          <Text>{texts.shared.refusals[refusal.code]}</Text>
        </SectionMessage>
      )}
      {generated === null ? null : (
        <ShownOnce
          way={way}
          secret={generated}
          exchanged={state.next !== null}
          onPutAway={() => setGenerated(null)}
          texts={texts}
        />
      )}
      {!mayChange ? null : state.next === null ? (
        <BringIn
          way={way}
          exchanges={there}
          busy={busy}
          problem={refusal?.problems?.[0]?.message}
          onBringIn={(secret) => change({ change: 'bring-in', secret })}
          texts={texts}
        />
      ) : (
        <Exchange
          {...testing}
          way={way}
          next={state.next}
          busy={busy}
          onChange={(kind, id) => void change({ change: kind, id })}
          texts={texts}
          moment={moment}
        />
      )}
    </Stack>
  );
};

/** A secret that was generated, with the value that AWS is to keep. */
const ShownOnce = ({
  way,
  secret,
  exchanged,
  onPutAway,
  texts,
}: {
  readonly way: Way;
  readonly secret: string;
  readonly exchanged: boolean;
  readonly onPutAway: () => void;
  readonly texts: Texts;
}) => {
  const words = texts.settings.connection;
  // Only the bridge takes two at a time where it is the one that verifies.
  const value = {
    current: secret,
    ...(way === 'toBridge' && exchanged && { previous: `<${words.previous}>` }),
  };
  return (
    <SectionMessage appearance="warning">
      <Stack space="space.100">
        <Text>{words.generated}</Text>
        <Text>{words.putInto(words.ways[way].secretName)}</Text>
        <Code>{JSON.stringify(value)}</Code>
        <Inline>
          <Button onClick={onPutAway}>{words.putAway}</Button>
        </Inline>
      </Stack>
    </SectionMessage>
  );
};

const BringIn = ({
  way,
  exchanges,
  busy,
  problem,
  onBringIn,
  texts,
}: {
  readonly way: Way;
  readonly exchanges: boolean;
  readonly busy: boolean;
  readonly problem: string | undefined;
  /** @param secret null: one is to be generated */
  readonly onBringIn: (secret: string | null) => Promise<boolean>;
  readonly texts: Texts;
}) => {
  const words = texts.settings.connection;
  const [entering, setEntering] = useState(false);
  const [entered, setEntered] = useState('');
  const id = `secret-${way}`;
  const store = async (): Promise<void> => {
    if (!(await onBringIn(entered))) return;
    setEntered('');
    setEntering(false);
  };
  if (!entering) {
    return (
      <Inline space="space.100" shouldWrap>
        <LoadingButton isLoading={busy} onClick={() => void onBringIn(null)}>
          {exchanges ? words.ways[way].exchangeGenerate : words.ways[way].generate}
        </LoadingButton>
        <Button onClick={() => setEntering(true)}>
          {exchanges ? words.ways[way].exchangeEnter : words.ways[way].enter}
        </Button>
      </Inline>
    );
  }
  return (
    <Stack space="space.100">
      <Label labelFor={id}>{words.entering}</Label>
      <Textfield
        id={id}
        type="password"
        value={entered}
        isInvalid={problem !== undefined}
        onChange={(event) => setEntered(String(event.target.value))}
      />
      {problem === undefined ? null : <ErrorMessage>{texts.settings.connection.malformed}</ErrorMessage>}
      <Inline space="space.100" shouldWrap>
        <LoadingButton isLoading={busy} isDisabled={entered === ''} onClick={() => void store()}>
          {words.store}
        </LoadingButton>
        <Button onClick={() => setEntering(false)}>{words.cancel}</Button>
      </Inline>
    </Stack>
  );
};

/** Two secrets live until both sides know the new one: what to do, one step after the other. */
const Exchange = ({
  way,
  next,
  verdict,
  testing,
  busy,
  onTest,
  onChange,
  texts,
  moment,
}: Pick<PanelProps, 'way' | 'verdict' | 'testing' | 'onTest' | 'texts' | 'moment'> & {
  readonly next: NonNullable<SecretState['next']>;
  readonly busy: boolean;
  readonly onChange: (kind: 'switch-over' | 'give-up', id: string) => void;
}) => {
  const words = texts.settings.connection;
  const isTested =
    way === 'toBridge'
      ? verdict?.signedWith === 'next' && verdict.wayTo.state === 'open'
      : verdict?.wayBack.state === 'open' && verdict.wayBack.verifiedWith === 'next';
  return (
    <Stack space="space.150">
      <Text>{words.underWay(moment(next.since))}</Text>
      <List type="ordered">
        {words.steps[way].map((step) => (
          <ListItem key={step}>{step}</ListItem>
        ))}
      </List>
      {isTested ? null : <Text>{words.notTested}</Text>}
      <Inline space="space.100" shouldWrap>
        {way === 'toBridge' ? (
          <Button isDisabled={testing} onClick={() => onTest('next')}>
            {words.testNext}
          </Button>
        ) : null}
        <LoadingButton
          appearance={isTested ? 'primary' : 'default'}
          isLoading={busy}
          onClick={() => onChange('switch-over', next.id)}
        >
          {words.ways[way].switchOver}
        </LoadingButton>
        <Button isDisabled={busy} onClick={() => onChange('give-up', next.id)}>
          {words.ways[way].giveUp}
        </Button>
      </Inline>
    </Stack>
  );
};
