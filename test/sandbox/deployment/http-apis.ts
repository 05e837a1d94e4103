/** A route of an HTTP API with the function behind it. */
export interface Route {
  readonly account: string;
  /** Such as `POST /webhook`. */
  readonly key: string;
  readonly functionArn: string;
  /** What a permission to invoke the function has to name. */
  readonly sourceArn: string;
}

interface HttpApi {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Function ARN by integration id. */
  readonly integrations: Map<string, string>;
  /** Integration id by route key. */
  readonly routes: Map<string, string>;
  /** Whether there is a stage under the API's own address that shows what the API is now. */
  served: boolean;
}

/** The HTTP APIs that stacks declare. */
export class HttpApis {
  readonly #byId = new Map<string, HttpApi>();

  create(api: Pick<HttpApi, 'id' | 'account' | 'region'>): void {
    this.#byId.set(api.id, { ...api, integrations: new Map(), routes: new Map(), served: false });
  }

  /** @throws Error where there is none */
  get(id: string): HttpApi {
    const api = this.#byId.get(id);
    if (!api) throw new Error(`Invalid API identifier specified ${id}`);
    return api;
  }

  /** What is served, of all APIs. */
  get routes(): readonly Route[] {
    return [...this.#byId.values()]
      .filter(({ served }) => served)
      .flatMap(({ id, account, region, routes, integrations }) =>
        [...routes].map(([key, integration]) => ({
          key,
          account,
          functionArn: integrations.get(integration) ?? '',
          sourceArn: `arn:aws:execute-api:${region}:${account}:${id}/$default/${key.replace(' ', '')}`,
        })),
      );
  }
}
