import { Box, Button, ErrorMessage, Heading, Inline, Label, Stack, Text, Textfield } from '@forge/react';
import type { Texts } from '../../texts/texts';
import { typed } from './field';
import type { Tag } from './judge-draft';

/** Tags, which few people need: out of the way until somebody asks for them. */
export const TagsField = ({
  tags,
  complaints,
  seen,
  texts,
  onChange,
  onLeave,
}: {
  readonly tags: readonly Tag[];
  readonly complaints: Readonly<Record<string, string>>;
  readonly seen: (field: string) => boolean;
  readonly texts: Texts;
  readonly onChange: (tags: readonly Tag[]) => void;
  readonly onLeave: (field: string) => void;
}) => {
  const words = texts.orderForm.tags;
  const add = (): void =>
    onChange([...tags, { id: Math.max(0, ...tags.map(({ id }) => id)) + 1, key: '', value: '' }]);
  if (tags.length === 0) {
    return (
      <Inline>
        <Button appearance="subtle" onClick={add}>
          {words.show}
        </Button>
      </Inline>
    );
  }
  const change = (id: number, part: Partial<Tag>): void =>
    onChange(tags.map((tag) => (tag.id === id ? { ...tag, ...part } : tag)));
  return (
    <Stack space="space.100">
      <Heading as="h3" size="small">
        {words.title}
      </Heading>
      <Text>{words.help}</Text>
      {tags.map((tag, index) => {
        const field = `tags.${tag.id}`;
        const complaint = seen(field) ? complaints[field] : undefined;
        return (
          <Stack key={tag.id} space="space.050">
            <Inline space="space.100" alignBlock="end" shouldWrap>
              {(['key', 'value'] as const).map((part) => (
                <Box key={part}>
                  <Label labelFor={`tag-${tag.id}-${part}`}>{words[part](index + 1)}</Label>
                  <Textfield
                    id={`tag-${tag.id}-${part}`}
                    name={`tag-${tag.id}-${part}`}
                    defaultValue={tag[part]}
                    isInvalid={complaint !== undefined}
                    onChange={(event) => change(tag.id, { [part]: typed(event) })}
                    onBlur={() => onLeave(field)}
                  />
                </Box>
              ))}
              <Button appearance="subtle" onClick={() => onChange(tags.filter(({ id }) => id !== tag.id))}>
                {words.remove(index + 1)}
              </Button>
            </Inline>
            {complaint === undefined ? null : <ErrorMessage>{complaint}</ErrorMessage>}
          </Stack>
        );
      })}
      {complaints['tags'] === undefined ? null : <ErrorMessage>{complaints['tags']}</ErrorMessage>}
      <Inline>
        <Button appearance="subtle" onClick={add}>
          {words.add}
        </Button>
      </Inline>
    </Stack>
  );
};
