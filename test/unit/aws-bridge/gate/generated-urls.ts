import fc from 'fast-check';
import { aStackId } from '../../../builders/gate';

/** Characters that S3, CloudFormation and URL parsers may see differently, and plain ones. */
const character = fc.oneof(
  fc.constantFrom(
    ...Array.from('/\\?#@:;&=%+.-_~ \t\r\n\0<>"\'`{}|^[]*!$(),。．｡ｃо\u00AD\u200B\u2044\uFEFF'),
  ),
  fc.constantFrom(...Array.from('abcdefxyzABCXYZ0189')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
);

const encoded = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/**
 * Texts that differ from a URL which CloudFormation signed in what must not differ, or are something else entirely.
 *
 * @param url with a handle and a signature that may be any other: changes spare those
 * @param same other writings of it that are right
 */
export const hostileTexts = (url: string, same: readonly string[]): fc.Arbitrary<string> => {
  const query = url.indexOf('?');
  // Everything up to the stack's identifier is compared, and the names in the query are.
  const bound = url.indexOf('/', url.indexOf('stack/SC-') + 'stack/'.length) + 1 + 36;
  const names = [...url.matchAll(/X-Amz-[A-Za-z]+=/g)].map(
    ({ index, 0: name }) => [index, name.length] as const,
  );
  const inBound = fc.oneof(
    { weight: 4, arbitrary: fc.nat(bound - 1) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...names).chain(([at, length]) => fc.nat(length - 1).map((n) => at + n)),
    },
  );
  const replaced = fc
    .tuple(inBound, character)
    .map(([at, other]) => url.slice(0, at) + other + url.slice(at + 1));
  const inserted = fc
    .tuple(fc.nat(bound - 1), character)
    .map(([at, other]) => url.slice(0, at) + other + url.slice(at));
  const removed = fc
    .tuple(inBound, fc.integer({ min: 1, max: 40 }))
    .map(([at, length]) => url.slice(0, at) + url.slice(at + length));
  const doubled = fc
    .tuple(fc.nat(bound - 1), fc.integer({ min: 1, max: 40 }))
    .map(([at, length]) => url.slice(0, at + length) + url.slice(at));
  const escaped = fc
    .tuple(fc.nat(bound - 1), fc.integer({ min: 1, max: 3 }))
    .map(([at, length]) => url.slice(0, at) + encoded(url.slice(at, at + length)) + url.slice(at + length));
  const cased = inBound.map((at) => {
    const letter = url.charAt(at);
    const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    return url.slice(0, at) + other + url.slice(at + 1);
  });
  const behind = fc
    .tuple(fc.constantFrom('#', '&', '?', ';', '%', '/', ' ', '\n', '\0'), fc.string())
    .map(([mark, words]) => url + mark + words);
  const inFront = fc.string({ minLength: 1 }).map((words) => words + url);
  const account = fc.stringMatching(/^\d{12}$/);
  const region = fc.constantFrom('eu-central-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1', 'eu-west-11');
  const another = fc
    .record({ account, region, product: fc.stringMatching(/^pp-[a-z0-9]{13}$/) })
    .map((stack) =>
      url.replace(/(?<=\/)arn.*?stack\/[^/]+\/[0-9a-f-]{36}/, aStackId(stack).replaceAll(':', '%3A')),
    );
  const otherHost = fc
    .oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.webAuthority({ withUserInfo: true, withPort: true }),
    )
    .map((host) => url.replace(/(?<=^https:\/\/)[^/]+/, () => host));
  const members = url.slice(query + 1).split('&');
  const otherQuery = fc
    .array(fc.oneof(fc.constantFrom(...members), fc.webQueryParameters()), { maxLength: 8 })
    .filter(
      (chosen) => new Set(chosen).size !== members.length || !chosen.every((one) => members.includes(one)),
    )
    .map((chosen) => `${url.slice(0, query)}?${chosen.join('&')}`);
  return fc
    .oneof(
      replaced,
      inserted,
      removed,
      doubled,
      escaped,
      cased,
      behind,
      inFront,
      another,
      otherHost,
      otherQuery,
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: 'binary', maxLength: 300 }),
    )
    .filter((text) => !same.includes(text));
};
