/** The name of whatever was thrown: all that may be told of an error whose message could quote anything. */
export const errorName = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'name' in thrown && typeof thrown.name === 'string'
    ? thrown.name
    : typeof thrown;
