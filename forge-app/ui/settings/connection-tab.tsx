import { Code, Heading, SectionMessage, Stack, Text } from '@forge/react';
import { useEffect, useState } from 'react';
import type { Refusal } from '../../pages/answer';
import type { ConnectionView, TestView } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';
import { SecretPanel } from './secret-panel';
import { TestPanel } from './test-panel';

/** Milliseconds between looks at a test that is under way. */
const LOOK_AGAIN = 2_000;

/** The connection to the bridge: where it is, what it is protected with, and whether it works. */
export const ConnectionTab = ({
  connection,
  onConnection,
  texts,
  moment,
}: {
  readonly connection: ConnectionView;
  readonly onConnection: (connection: ConnectionView) => void;
  readonly texts: Texts;
  readonly moment: (at: string) => string;
}) => {
  const words = texts.settings.connection;
  const { mayChange, bridgeUrl, callbackUrl, secrets } = connection;
  const [verdict, setVerdict] = useState<TestView>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [testing, setTesting] = useState(false);

  const look = async (name: string, payload: object = {}): Promise<void> => {
    setTesting(true);
    const answer = await call<TestView>(name, payload);
    setTesting(false);
    setRefusal(answer.outcome === 'ok' ? null : answer);
    if (answer.outcome === 'ok') setVerdict(answer.value);
  };
  const test = (signedWith: 'current' | 'next'): void => void look('connection.test', { signedWith });

  useEffect(() => {
    if (verdict === null || verdict.finished || refusal !== null) return undefined;
    const timer = setTimeout(() => void look('connection.outcome'), LOOK_AGAIN);
    return () => clearTimeout(timer);
  }, [verdict, refusal]);

  return (
    <Stack space="space.300">
      {mayChange ? null : (
        <SectionMessage appearance="information">
          <Text>{words.others}</Text>
        </SectionMessage>
      )}
      <Stack space="space.100">
        <Heading as="h3">{words.addresses}</Heading>
        <Text weight="bold">{words.bridgeUrl}</Text>
        <Text>
          <Code>{bridgeUrl ?? words.unknownUrl}</Code>
        </Text>
        <Text>{words.howToChange}</Text>
        <Text weight="bold">{words.callbackUrl}</Text>
        <Text>
          <Code>{callbackUrl ?? words.unknownUrl}</Code>
        </Text>
      </Stack>
      {(['toBridge', 'fromBridge'] as const).map((way) => (
        <SecretPanel
          key={way}
          way={way}
          state={secrets[way]}
          mayChange={mayChange}
          verdict={verdict}
          testing={testing}
          onState={(state) => onConnection({ ...connection, secrets: { ...secrets, [way]: state } })}
          onTest={test}
          texts={texts}
          moment={moment}
        />
      ))}
      <TestPanel
        verdict={verdict}
        refusal={refusal}
        testing={testing || (verdict !== null && !verdict.finished && refusal === null)}
        onTest={() => test('current')}
        texts={texts}
      />
    </Stack>
  );
};
