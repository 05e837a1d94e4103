import {
  Button,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
  SectionMessage,
  Stack,
  Text,
} from '@forge/react';
import { useState } from 'react';
import type { AgentView, Resynced } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';
import { Section } from '../request/section';

type Action = 'resync' | 'retry' | 'cancel';

interface Props {
  readonly view: AgentView;
  readonly texts: Texts;
  /** Has the page ask anew. */
  readonly again: () => Promise<void>;
}

/** What an agent can do about a request. Whether they may, the server asks again. */
export const Actions = ({ view, texts, again }: Props) => {
  const [doing, setDoing] = useState<Action | null>(null);
  const [confirming, setConfirming] = useState<'retry' | 'cancel' | null>(null);
  const [outcome, setOutcome] = useState<{ readonly lines: readonly string[]; readonly done: boolean }>();
  const words = texts.request.agents;
  const { may, retry, cancel, notAgain, stamp } = view.actions;
  if (!may) return <Text>{words.onlyAgents}</Text>;

  const does = async (action: Action, said: (found: Resynced | null) => readonly string[]): Promise<void> => {
    setConfirming(null);
    setDoing(action);
    setOutcome(undefined);
    const answer = await call<Resynced | null>(`request.${action}`, { stamp });
    setOutcome(
      answer.outcome === 'ok'
        ? { done: answer.value?.bridge !== 'silent', lines: said(answer.value) }
        : {
            done: false,
            lines: [
              texts.shared.refusals[answer.code],
              ...(answer.detail === undefined ? [] : [texts.shared.because(answer.detail)]),
            ],
          },
    );
    setDoing(null);
    await again();
  };
  const busy = doing !== null;
  const found = (resynced: Resynced | null): readonly string[] =>
    resynced === null
      ? []
      : [
          words.resynced(resynced, texts.shared.states),
          resynced.bridge === null ? words.nothingToAsk : words.bridgeSays[resynced.bridge],
        ];
  const confirmed = confirming === 'retry' ? retry : null;

  return (
    <Section title={words.actions}>
      <Stack space="space.050" alignInline="start">
        <LoadingButton
          isLoading={doing === 'resync'}
          isDisabled={busy}
          onClick={() => void does('resync', found)}
        >
          {words.resync}
        </LoadingButton>
        <Text>{words.resyncHint}</Text>
      </Stack>
      {retry === null ? null : (
        <Stack space="space.050" alignInline="start">
          <LoadingButton
            appearance="primary"
            isLoading={doing === 'retry'}
            isDisabled={busy}
            onClick={() => setConfirming('retry')}
          >
            {words.retry[retry]}
          </LoadingButton>
          <Text>{words.retryHint[retry]}</Text>
        </Stack>
      )}
      {notAgain === null ? null : <Text>{words.notAgain[notAgain]}</Text>}
      {cancel ? (
        <Stack space="space.050" alignInline="start">
          <LoadingButton
            appearance="danger"
            isLoading={doing === 'cancel'}
            isDisabled={busy}
            onClick={() => setConfirming('cancel')}
          >
            {words.cancel}
          </LoadingButton>
          <Text>{words.cancelHint}</Text>
        </Stack>
      ) : null}
      {view.kind === 'gate' && view.state === 'awaiting-approval' ? <Text>{words.declineGate}</Text> : null}
      {outcome === undefined ? null : (
        <SectionMessage appearance={outcome.done ? 'success' : 'warning'}>
          {outcome.lines.map((line) => (
            <Text key={line}>{line}</Text>
          ))}
        </SectionMessage>
      )}
      <ModalTransition>
        {confirmed === null ? null : (
          <Confirm
            title={words.retryTitle[confirmed]}
            explained={words.retryHint[confirmed]}
            yes={words.retry[confirmed]}
            no={words.keep}
            appearance="primary"
            onYes={() => void does('retry', () => [words.retried])}
            onNo={() => setConfirming(null)}
          />
        )}
        {confirming !== 'cancel' ? null : (
          <Confirm
            title={words.cancelTitle}
            explained={words.cancelExplained}
            yes={words.cancel}
            no={words.keep}
            appearance="danger"
            onYes={() => void does('cancel', () => [words.cancelled])}
            onNo={() => setConfirming(null)}
          />
        )}
      </ModalTransition>
    </Section>
  );
};

const Confirm = (asked: {
  readonly title: string;
  readonly explained: string;
  readonly yes: string;
  readonly no: string;
  readonly appearance: 'primary' | 'danger';
  readonly onYes: () => void;
  readonly onNo: () => void;
}) => (
  <Modal onClose={asked.onNo}>
    <ModalHeader>
      <ModalTitle>{asked.title}</ModalTitle>
    </ModalHeader>
    <ModalBody>
      <Text>{asked.explained}</Text>
    </ModalBody>
    <ModalFooter>
      <Button appearance="subtle" onClick={asked.onNo}>
        {asked.no}
      </Button>
      <Button appearance={asked.appearance} onClick={asked.onYes}>
        {asked.yes}
      </Button>
    </ModalFooter>
  </Modal>
);
