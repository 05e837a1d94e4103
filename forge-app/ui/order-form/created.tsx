import { Heading, List, ListItem, SectionMessage, Stack, Text } from '@forge/react';
import type { VersionDescription } from '../../../aws-bridge/contract/catalog';
import { countedByType, createdByService } from '../../order/created-resources';
import type { Texts } from '../../texts/texts';

/** What a version creates, before anybody asks for it. */
export const Created = ({
  described,
  texts,
}: {
  readonly described: VersionDescription;
  readonly texts: Texts;
}) => {
  const { created } = texts.orderForm;
  const words: Readonly<Record<string, string>> = {
    CAPABILITY_IAM: created.iam,
    CAPABILITY_NAMED_IAM: created.namedIam,
    CAPABILITY_AUTO_EXPAND: created.macros,
  };
  const services = createdByService(countedByType(described.resourceTypes));
  return (
    <Stack space="space.100">
      <Heading as="h3" size="small">
        {created.title}
      </Heading>
      {services.length === 0 ? (
        <Text>{created.nothing}</Text>
      ) : (
        <List type="unordered">
          {services.map(({ service, types }) => (
            <ListItem key={service}>
              {[
                ...(service === '' ? [] : [`${service}: `]),
                types.map(({ name, count }) => (count > 1 ? `${name} (${count})` : name)).join(', '),
              ].join('')}
            </ListItem>
          ))}
        </List>
      )}
      {described.capabilities.length === 0 ? null : (
        <SectionMessage appearance="warning" title={created.capabilities}>
          {described.capabilities.map((capability) => (
            <Text key={capability}>{words[capability] ?? created.other(capability)}</Text>
          ))}
        </SectionMessage>
      )}
    </Stack>
  );
};
