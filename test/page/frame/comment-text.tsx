import { Fragment, type ReactNode } from 'react';

/** A stretch of a comment: lines of text, or a block that is to be read letter for letter. */
type Stretch = { readonly kind: 'text' | 'verbatim'; readonly text: string };

/** Splits wiki markup at its `{noformat}` and `{code}` blocks. One that is never closed goes on to the end. */
export const stretchesOf = (body: string): Stretch[] => {
  const stretches: Stretch[] = [];
  const add = (kind: Stretch['kind'], text: string): void => {
    if (text.trim() !== '') stretches.push({ kind, text: text.replace(/^\n+|\s+$/g, '') });
  };
  let rest = body;
  for (;;) {
    const open = /\{(noformat|code)(?::[^}\n]*)?\}/.exec(rest);
    if (!open) break;
    add('text', rest.slice(0, open.index));
    const inside = rest.slice(open.index + open[0].length);
    const end = inside.indexOf(`{${open[1] ?? ''}}`);
    add('verbatim', end < 0 ? inside : inside.slice(0, end));
    rest = end < 0 ? '' : inside.slice(end + `{${open[1] ?? ''}}`.length);
  }
  add('text', rest);
  return stretches;
};

const INLINE =
  /\[([^|\]\n]+)\|(https?:\/\/[^\]\s]+)\]|(https?:\/\/[^\s\])]+)|\*(\S(?:[^*\n]*\S)?)\*|\{\{([^}\n]+)\}\}|\\([{}[\]*_\\|-])/g;

/** Links, bold and monospaced text, and what a backslash keeps from being markup. */
const inline = (text: string): ReactNode[] => {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, label, target, bare, bold, mono, escaped] = match;
    nodes.push(text.slice(at, match.index));
    const address = target ?? bare;
    if (address !== undefined) {
      nodes.push(
        <a key={match.index} href={address} rel="noreferrer" target="_blank">
          {label ?? address}
        </a>,
      );
    } else if (bold !== undefined) nodes.push(<strong key={match.index}>{bold}</strong>);
    else if (mono !== undefined) nodes.push(<code key={match.index}>{mono}</code>);
    else nodes.push(escaped);
    at = match.index + whole.length;
  }
  nodes.push(text.slice(at));
  return nodes;
};

/** A comment's or description's text, as Jira renders its wiki markup: blocks, links, bold, lines as they were written. */
export const CommentText = ({ body }: { readonly body: string }) => (
  <div className="comment-text">
    {stretchesOf(body).map(({ kind, text }, index) =>
      kind === 'verbatim' ? (
        <pre key={index} tabIndex={0} aria-label="Text as it was given">
          {text}
        </pre>
      ) : (
        text.split(/\n{2,}/).map((paragraph, number) => (
          <p key={`${index} ${number}`}>
            {paragraph.split('\n').map((line, row) => (
              <Fragment key={row}>
                {row > 0 ? <br /> : null}
                {inline(line)}
              </Fragment>
            ))}
          </p>
        ))
      ),
    )}
  </div>
);
