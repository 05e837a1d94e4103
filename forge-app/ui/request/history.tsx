import { List, ListItem, Text } from '@forge/react';
import type { CustomerView, ShownHappening } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { Section } from './section';

/** What happened so far, oldest first. */
export const History = ({
  view: { kind, history, historyLeftOut },
  texts,
  moment,
}: {
  readonly view: CustomerView;
  readonly texts: Texts;
  readonly moment: (timestamp: string) => string;
}) => {
  const words = texts.request;
  const what = (happening: ShownHappening): string => {
    if (happening.what !== 'told') return words.history[kind][happening.what];
    const { state } = happening;
    return state === null ? '' : (words.told[kind][state] ?? texts.shared.states[state]);
  };
  const item = (happening: ShownHappening, index: number) => {
    const { at, by, attempt } = happening;
    const people = by.length === 0 ? '' : ` ${words.by(by.map(({ name }) => name).join(', '))}`;
    const which = attempt === 1 ? '' : ` (${words.inAttempt(attempt)})`;
    return (
      <ListItem key={index}>
        <Text>
          {`${what(happening)}${people}${which} `}
          <Text as="em">{moment(at)}</Text>
        </Text>
      </ListItem>
    );
  };
  const first = historyLeftOut?.after ?? history.length;
  return history.length === 0 ? null : (
    <Section title={words.historyTitle}>
      <List type="ordered">
        {history.slice(0, first).map(item)}
        {historyLeftOut === null ? null : (
          <ListItem key="left-out">
            <Text>{words.leftOut(historyLeftOut.count)}</Text>
          </ListItem>
        )}
        {history.slice(first).map((happening, index) => item(happening, first + index))}
      </List>
    </Section>
  );
};
