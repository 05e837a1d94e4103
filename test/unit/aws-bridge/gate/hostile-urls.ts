/** A URL that CloudFormation signed, in its parts. */
interface Parts {
  readonly host: string;
  /** With its leading slash. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
}

export const partsOf = (url: string): Parts => {
  const [, host = '', path = '', query = ''] = /^https:\/\/([^/]+)(\/[^?]+)\?(.+)$/.exec(url) ?? [];
  return { host, path, query };
};

const written = ({ host, path, query }: Parts): string => `https://${host}${path}?${query}`;

/** What somebody would write in place of a URL that CloudFormation signed, made from that URL. */
export const hostileForms = (url: string): readonly (readonly [name: string, text: string])[] => {
  const parts = partsOf(url);
  const { host, path, query } = parts;
  const [bucket = '', ...domain] = host.split('.');
  const as = (other: Partial<Parts>): string => written({ ...parts, ...other });
  const member = (name: string): string => query.split('&').find((one) => one.startsWith(`${name}=`)) ?? '';
  const without = (name: string): string =>
    query
      .split('&')
      .filter((one) => !one.startsWith(`${name}=`))
      .join('&');
  const set = (name: string, value: string): string => query.replace(member(name), `${name}=${value}`);
  const scope = (from: string, to: string): string => query.replace(`%2F${from}%2F`, `%2F${to}%2F`);
  const region = /%3A([a-z]{2}-[a-z]+-\d)%3A/.exec(path)?.[1] ?? '';
  const account = /%3A(\d{12})%3A/.exec(path)?.[1] ?? '';

  return [
    // Nothing of the kind.
    ['nothing', ''],
    ['white space', ' '],
    ['a word', 'approved'],
    ['another scheme with data', 'data:text/plain,approved'],
    ['a script', 'javascript:fetch(1)'],
    ['a file', 'file:///etc/passwd'],
    ["the instance's metadata", 'http://169.254.169.254/latest/meta-data/'],
    ['the signature alone', query],
    ['path and query alone', `${path}?${query}`],
    ['no scheme', `//${host}${path}?${query}`],
    ['the same twice', url + url],
    ['two in a list', `${url},${url}`],
    ['an array of it', JSON.stringify([url])],

    // Scheme.
    ['in clear', url.replace('https:', 'http:')],
    ['an upper-case scheme', url.replace('https', 'HTTPS')],
    ['a scheme with one slash', url.replace('https://', 'https:/')],
    ['a scheme with three slashes', url.replace('https://', 'https:///')],
    ['a scheme with backslashes', url.replace('https://', 'https:\\\\')],
    ['a scheme with a tab in it', url.replace('https', 'ht\ttps')],
    ['another scheme', url.replace('https', 'ftp')],
    ['a scheme within a scheme', `view-source:${url}`],

    // Host.
    ['another host', as({ host: 'example.com' })],
    ['the loopback address', as({ host: '127.0.0.1' })],
    ['an IPv6 address', as({ host: '[::1]' })],
    ['an address as one number', as({ host: '2130706433' })],
    ['the host as a subdomain of another', as({ host: `${host}.example.com` })],
    ['the host behind a hyphen', as({ host: `x-${host}` })],
    ['a subdomain of the host', as({ host: `x.${host}` })],
    ['a look-alike of the top domain', as({ host: host.replace('amazonaws.com', 'amazonaws.co') })],
    ["China's domain", as({ host: `${host}.cn` })],
    ['another bucket', as({ host: host.replace(bucket, 'somebodys-bucket') })],
    ['a bucket whose name begins alike', as({ host: host.replace(bucket, `${bucket}-mine`) })],
    ['a bucket whose name ends alike', as({ host: host.replace(bucket, `my-${bucket}`) })],
    ["another region's bucket", as({ host: host.replaceAll(region, 'eu-central-1') })],
    ["another region's endpoint", as({ host: [bucket, 's3', 'eu-central-1', 'amazonaws', 'com'].join('.') })],
    ['no bucket', as({ host: domain.join('.') })],
    ['the bucket in the path', as({ host: domain.join('.'), path: `/${bucket}${path}` })],
    ['a website endpoint', as({ host: `${bucket}.s3-website-${region}.amazonaws.com` })],
    ['the dual-stack endpoint', as({ host: `${bucket}.s3.dualstack.${region}.amazonaws.com` })],
    ['the accelerated endpoint', as({ host: `${bucket}.s3-accelerate.amazonaws.com` })],
    ['the FIPS endpoint', as({ host: `${bucket}.s3-fips.${region}.amazonaws.com` })],
    ['an upper-case host', as({ host: host.toUpperCase() })],
    ['one upper-case letter', as({ host: `C${host.slice(1)}` })],
    ['a trailing dot', as({ host: `${host}.` })],
    ['a leading dot', as({ host: `.${host}` })],
    ['two dots', as({ host: host.replace('.s3', '..s3') })],
    ['an ideographic full stop', as({ host: host.replace('.s3', '。s3') })],
    ['a fullwidth full stop', as({ host: host.replace('.s3', '．s3') })],
    ['a fullwidth letter', as({ host: host.replace('c', 'ｃ') })],
    ['a Cyrillic letter', as({ host: host.replace('o', 'о') })],
    ['the same in punycode', as({ host: `xn--${host}` })],
    ['a soft hyphen', as({ host: host.replace('cloud', 'cloud\u00AD') })],
    ['a zero-width space', as({ host: host.replace('cloud', 'cloud\u200B') })],
    ['a percent-encoded letter', as({ host: host.replace('c', '%63') })],
    ['a percent-encoded dot', as({ host: host.replace('.s3', '%2Es3') })],
    ['a tab in the host', as({ host: host.replace('cloud', 'clo\tud') })],
    ['a newline in the host', as({ host: host.replace('cloud', 'clo\nud') })],
    ['a null byte behind the host', as({ host: `${host}\0` })],
    ['a space behind the host', as({ host: `${host} ` })],
    ['an underscore for a dot', as({ host: host.replace('.s3', '_s3') })],

    // Port and credentials.
    ['the default port', as({ host: `${host}:443` })],
    ['another port', as({ host: `${host}:8443` })],
    ['an empty port', as({ host: `${host}:` })],
    ['a user', as({ host: `user@${host}` })],
    ['a user and a password', as({ host: `user:password@${host}` })],
    ['empty credentials', as({ host: `@${host}` })],
    ['the host as the user of another', as({ host: `${host}@example.com` })],
    ['the host as the user and port of another', as({ host: `${host}:443@example.com` })],
    ['the host as the user, encoded', as({ host: `${host}%40example.com` })],
    ['a backslash before another host', as({ host: `${host}\\@example.com` })],
    ['another host before a backslash', as({ host: `example.com\\${host}` })],
    ['another host before a fragment', as({ host: `example.com#${host}` })],
    ['another host before a query', as({ host: `example.com?${host}` })],
    ['another host with the host as its path', as({ host: `example.com/${host}` })],

    // Path.
    ['no path', `https://${host}?${query}`],
    ['the root', as({ path: '/' })],
    ['a doubled slash', as({ path: `/${path}` })],
    ['a slash behind', as({ path: `${path}/` })],
    ['a slash more in the middle', as({ path: path.replace('stack/', 'stack//') })],
    ['a dot segment in front', as({ path: `/.${path}` })],
    ['a way up and down again', as({ path: `/x/..${path}` })],
    ['a way up behind', as({ path: `${path}/../../other` })],
    ['an encoded way up', as({ path: `${path}/%2e%2e/other` })],
    ['a way up with an encoded slash', as({ path: `${path}..%2Fother` })],
    ['backslashes', as({ path: path.replaceAll('/', '\\') })],
    ['encoded slashes', as({ path: `/${path.slice(1).replaceAll('/', '%2F')}` })],
    ['colons in clear', as({ path: path.replaceAll('%3A', ':') })],
    ['lower-case encoding', as({ path: path.replaceAll('%3A', '%3a') })],
    ['doubled encoding', as({ path: path.replaceAll('%', '%25') })],
    ['overlong encoding', as({ path: path.replace('%3A', '%C0%BA') })],
    ['an encoded letter', as({ path: path.replace('stack', '%73tack') })],
    ['an encoded null byte', as({ path: `${path}%00` })],
    ['an encoded newline', as({ path: `${path}%0A` })],
    ['a path parameter', as({ path: `${path};version=1` })],
    ['another account', as({ path: path.replaceAll(account, '100000000009') })],
    [
      "another account's stack under this account's name",
      as({ path: path.replace(account, '100000000009') }),
    ],
    ['another region', as({ path: path.replace(region, 'eu-central-1') })],
    ['another partition', as({ path: path.replace('arn%3Aaws%3A', 'arn%3Aaws-cn%3A') })],
    ['another service', as({ path: path.replace('cloudformation', 'servicecatalog') })],
    ['another stack', as({ path: path.replace('-pp-gated', '-pp-other') })],
    ['another stack of the same name', as({ path: path.replace(/(?<=stack\/[^/]+\/)[0-9a-f]/, 'f') })],
    ['an upper-case ARN', as({ path: path.toUpperCase() })],
    ['a stack set', as({ path: path.replace('%3Astack/', '%3Astackset/') })],
    ['the stack without its identifier', as({ path: path.replace(/(?<=stack\/[^/]+)\/[0-9a-f-]{36}/, '') })],
    ['the ARN alone', as({ path: path.replace(/(?<=stack\/[^/]+\/[0-9a-f-]{36}).*/, '') })],
    ['something before the ARN', as({ path: `/mine${path}` })],
    ['a plus for nothing', as({ path: `${path}+` })],
    ['a space behind the path', as({ path: `${path} ` })],
    ['a letter beyond ASCII', as({ path: `${path}é` })],
    ['a logical id that is none', as({ path: `${path}-x` })],

    // Query.
    ['no query', `https://${host}${path}`],
    ['an empty query', `https://${host}${path}?`],
    ['a second question mark', as({ query: `?${query}` })],
    ['a fragment', `${url}#`],
    ['a fragment with words', `${url}#approved`],
    ['a fragment in place of the query', `https://${host}${path}#${query}`],
    ['a fragment before the query', `https://${host}${path}#?${query}`],
    ...[
      'X-Amz-Algorithm',
      'X-Amz-Date',
      'X-Amz-SignedHeaders',
      'X-Amz-Expires',
      'X-Amz-Credential',
      'X-Amz-Signature',
    ]
      .flatMap((name): [string, string][] => [
        [`no ${name}`, as({ query: without(name) })],
        [`${name} twice`, as({ query: `${query}&${member(name)}` })],
        [
          `${name} twice instead of another`,
          as({
            query: `${without(name === 'X-Amz-Date' ? 'X-Amz-Expires' : 'X-Amz-Date')}&${member(name)}`,
          }),
        ],
        [`an empty ${name}`, as({ query: set(name, '') })],
        [`${name} in lower case`, as({ query: query.replace(name, name.toLowerCase()) })],
        [`${name} in brackets`, as({ query: query.replace(name, `${name}[]`) })],
        [`an encoded ${name}`, as({ query: query.replace(name, name.replace('-', '%2D')) })],
        [`${name} with more behind it`, as({ query: query.replace(member(name), `${member(name)}%20`) })],
      ])
      .filter(([, text]) => text !== url),
    ['a further member', as({ query: `${query}&x-id=PutObject` })],
    ['a session', as({ query: `${query}&X-Amz-Security-Token=FwoGZXIvYXdz` })],
    ['an ACL', as({ query: `acl&${query}` })],
    ['an ampersand behind', as({ query: `${query}&` })],
    ['an ampersand in front', as({ query: `&${query}` })],
    ['semicolons for ampersands', as({ query: query.replaceAll('&', ';') })],
    ['encoded ampersands', as({ query: query.replaceAll('&', '%26') })],
    ['ampersands as in HTML', as({ query: query.replaceAll('&', '&amp;') })],
    [
      'the older signature',
      as({ query: 'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1504199689&Signature=K3GSC3E' }),
    ],
    ['another algorithm', as({ query: set('X-Amz-Algorithm', 'AWS4-ECDSA-P256-SHA256') })],
    ['more signed headers', as({ query: set('X-Amz-SignedHeaders', 'content-type%3Bhost') })],
    ['a day that no calendar has', as({ query: query.replaceAll('20260302', '20260231') })],
    ['an hour that no clock has', as({ query: set('X-Amz-Date', '20260302T250000Z') })],
    ['a moment without its zone', as({ query: set('X-Amz-Date', '20260302T100000') })],
    ['never expiring', as({ query: set('X-Amz-Expires', '0') })],
    ['expiring before', as({ query: set('X-Amz-Expires', '-1') })],
    ['expiring after more than a week', as({ query: set('X-Amz-Expires', '604801') })],
    ['expiring at a fraction', as({ query: set('X-Amz-Expires', '86399.5') })],
    ['expiring in exponents', as({ query: set('X-Amz-Expires', '8e4') })],
    ['expiring in digits of another script', as({ query: set('X-Amz-Expires', '٨٦٣٩٩') })],
    ["another day's credential", as({ query: scope('20260302', '20260301') })],
    ["another region's credential", as({ query: scope(region, 'eu-central-1') })],
    ["another service's credential", as({ query: scope('s3', 'sts') })],
    ['a credential with slashes in clear', as({ query: query.replaceAll('%2F', '/') })],
    ['a credential in lower-case encoding', as({ query: query.replaceAll('%2F', '%2f') })],
    ['an upper-case signature', as({ query: set('X-Amz-Signature', 'ABCDEF'.padEnd(64, '0')) })],
    ['a signature that is too short', as({ query: set('X-Amz-Signature', 'a'.repeat(63)) })],
    ['a signature that is too long', as({ query: set('X-Amz-Signature', 'a'.repeat(65)) })],

    // Around it.
    ['a space in front', ` ${url}`],
    ['a space behind', `${url} `],
    ['a newline behind', `${url}\n`],
    ['a tab in the middle', url.replace('stack/', 'sta\tck/')],
    ['a carriage return and a header behind', `${url}\r\nX-Header: 1`],
    ['a byte order mark', `\uFEFF${url}`],
    ['a direction override', `\u202E${url}`],
    ['quotes around it', `"${url}"`],
    ['brackets around it', `<${url}>`],
    ['a lone surrogate behind', `${url}\uD800`],
    ['a megabyte of it', url.padEnd(1_000_000, 'a')],
  ];
};
