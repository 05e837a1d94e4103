/**
 * One node of what UI Kit hands to whoever shows it. The root's type is `Root`; text is `{type: 'String', props: {text}}`. The
 * app keeps one document and changes it in place; a node's key stays for as long as the node does.
 */
export interface ForgeDoc {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: readonly ForgeDoc[];
  readonly key: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What stands in a prop that takes elements, such as an empty state's action: those never go through UI Kit's reconciler.
 * @throws TypeError for an element that only the app's own React could render
 */
export const docsIn = (content: unknown, key: string): ForgeDoc[] => {
  if (content === undefined || content === null || typeof content === 'boolean') return [];
  if (typeof content === 'string' || typeof content === 'number') {
    return [{ type: 'String', props: { text: String(content) }, children: [], key }];
  }
  if (Array.isArray(content)) return content.flatMap((part, index) => docsIn(part, `${key}.${index}`));
  if (!isRecord(content) || !isRecord(content['props'])) {
    throw new TypeError(`${key} is no UI Kit element; a prop takes elements, text or nothing`);
  }
  const { type } = content;
  const { children, ...props } = content['props'];
  if (typeof type === 'symbol') return docsIn(children, key);
  if (typeof type !== 'string') {
    throw new TypeError(
      `${key} is a component of the app's own; UI Kit cannot render that inside a prop. Put a UI Kit element there.`,
    );
  }
  return [{ type, props, children: docsIn(children, `${key}.children`), key }];
};

/**
 * A prop that is an id, without what UI Kit puts before it when the node is made. It forgets to when the node changes, so that
 * a label and its field would part.
 */
export const idOf = (id: unknown): string | undefined =>
  typeof id === 'string' ? id.replace(/^forge-app-[0-9a-f]{5}-/, '') : undefined;
