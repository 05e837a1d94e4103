/** A call through an AWS SDK client. */
export interface SdkCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
  readonly accessKeyId: string;
}

/** A request over HTTP, made with `fetch`. */
export interface HttpCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Where everything that leaves a function goes. Real code reaches for globals; here is what they lead to in this world. */
export interface Wires {
  readonly sdk: (call: SdkCall) => Promise<object>;
  readonly http: (call: HttpCall) => Promise<HttpReply>;
  /** What the @forge packages ask of their platform. */
  readonly forge: (destination: ForgeDestination, call: HttpCall) => Promise<HttpReply>;
  /** The runtime that the @forge packages find around them. */
  readonly runtime: () => object | undefined;
}

/** How the @forge packages say where a request shall go. */
export interface ForgeDestination {
  readonly type: string;
  readonly provider?: string;
  readonly remote?: string;
  readonly accountId?: string;
}

let wires: Wires | undefined;

export const connect = (to: Wires | undefined): void => {
  wires = to;
};

/** @throws Error outside of every world */
export const connected = (): Wires => {
  if (!wires) throw new Error('Something left a function outside of every simulated world');
  return wires;
};

/**
 * An answer as `fetch` gives it, as far as the product and the @forge packages read one; the whole of it is there at once.
 * The platform's own would do, and take most of the simulation's time.
 */
class Reply {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText = '';
  readonly headers: {
    readonly get: (name: string) => string | null;
    readonly has: (name: string) => boolean;
  };
  readonly #text: string;

  constructor({ status, headers = {}, body = '' }: HttpReply) {
    this.status = status;
    this.ok = status >= 200 && status < 300;
    this.#text = body.toString();
    const known = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    this.headers = {
      get: (name) => known.get(name.toLowerCase()) ?? null,
      has: (name) => known.has(name.toLowerCase()),
    };
  }

  get body(): AsyncIterable<Uint8Array> & { readonly cancel: () => Promise<void> } {
    const bytes = Buffer.from(this.#text);
    return {
      cancel: () => Promise.resolve(),
      async *[Symbol.asyncIterator]() {
        await Promise.resolve();
        yield bytes;
      },
    };
  }

  text(): Promise<string> {
    return Promise.resolve(this.#text);
  }

  json(): Promise<unknown> {
    return Promise.resolve(this.#text).then((text) => JSON.parse(text) as unknown);
  }
}

const textsOf = (given: RequestInit['headers']): Record<string, string> =>
  given instanceof Headers || Array.isArray(given)
    ? Object.fromEntries(given as Iterable<[string, string]>)
    : Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

const bytesOf = (body: RequestInit['body']): Buffer => {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new TypeError('The simulation takes bodies of text and bytes only');
};

const callOf = (url: URL, init: RequestInit): HttpCall => ({
  method: init.method ?? 'GET',
  url,
  headers: textsOf(init.headers),
  body: bytesOf(init.body),
});

/** Puts `fetch` and Forge's globals in place, before any @forge package is loaded. Done once in a process. */
export const installWires = (): void => {
  Object.defineProperties(globalThis, {
    __forge_runtime__: { configurable: true, get: () => wires?.runtime() },
    __forge_fetch__: {
      configurable: true,
      value: async (destination: ForgeDestination, target: string, init: RequestInit = {}) => {
        const path = target.startsWith('/') ? target : `/${target}`;
        return new Reply(
          await connected().forge(destination, callOf(new URL(path, 'https://platform.example'), init)),
        );
      },
    },
    fetch: {
      configurable: true,
      writable: true,
      value: async (input: string | URL, init: RequestInit = {}) =>
        new Reply(await connected().http(callOf(new URL(input), init))),
    },
  });
};
