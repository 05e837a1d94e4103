/**
 * Every way in which a text may be written down somewhere: as it is, percent-encoded, as JSON or XML has it, in base64 wherever
 * it begins, in hexadecimal digits.
 */
export const tracesOf = (text: string): readonly string[] => {
  const json = JSON.stringify(text).slice(1, -1);
  const bytes = Buffer.from(text, 'utf8');
  return [
    ...new Set([
      ...[text, encodeURIComponent(text), encodeURIComponent(text).toLowerCase()],
      ...[json, json.replaceAll('/', '\\/'), json.replaceAll('&', '\\u0026'), text.replaceAll('&', '&amp;')],
      ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
      bytes.toString('hex'),
    ]),
  ];
};

/** The digits that depend on these bytes alone, where as many bytes of anything else come before them. */
const base64At = (bytes: Buffer, offset: number): readonly string[] => {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor((padded.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((form) => padded.toString(form).slice(first, last));
};
