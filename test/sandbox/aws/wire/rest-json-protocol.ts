import { type JsonSettings, JsonShapeDeserializer2, JsonShapeSerializer2 } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../service';
import { scalar } from './form';
import { jsonObject } from './json-protocol';
import type { Operation, Operations } from './operations';
import { type Protocol, requireMembers, type WireRequest } from './protocol';
import { wrongType } from './shape';

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
  /** How much of the path is fixed: the more, the better a route fits. */
  readonly literal: number;
}

const LABEL = /\{(\w+)\+?\}/g;

const routeOf = (operation: Operation): Route[] => {
  if (!operation.http) return [];
  const [method, template] = operation.http;
  const [path = ''] = template.split('?');
  const labels = [...path.matchAll(LABEL)].map(([, label = '']) => label);
  const literal = path.replace(LABEL, '');
  const pattern = path
    .split(/(\{\w+\+?\})/)
    .map((part) =>
      part.startsWith('{')
        ? part.endsWith('+}')
          ? '(.+)'
          : '([^/]+)'
        : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return [{ operation, method, pattern: new RegExp(`^${pattern}/?$`), labels, literal: literal.length }];
};

/** REST with JSON bodies, as Lambda speaks it. */
export const restJsonProtocol = (operations: Operations): Protocol => {
  const settings: JsonSettings = { timestampFormat: { useTrait: true, default: 7 }, jsonName: true };
  const routes = [...operations.values()].flatMap(routeOf).sort((one, other) => other.literal - one.literal);

  const find = (request: WireRequest): Route => {
    const route = routes.find(
      ({ method, pattern }) => method === request.method && pattern.test(request.path),
    );
    if (!route) throw new AwsError('UnknownOperationException', `${request.method} ${request.path}`, 404);
    return route;
  };

  const bound = (
    member: NormalizedSchema,
    name: string,
    request: WireRequest,
    labels: ReadonlyMap<string, string>,
  ) => {
    const traits = member.getMemberTraits();
    if (traits.httpLabel) return { value: scalar(member, labels.get(name) ?? '') };
    if (traits.httpQuery) {
      const given = request.query[traits.httpQuery];
      if (given === undefined) return { value: undefined };
      if (member.isListSchema())
        return { value: [given].flat().map((text) => scalar(member.getValueSchema(), text)) };
      return { value: scalar(member, [given].flat()[0] ?? '') };
    }
    if (traits.httpHeader) {
      const given = request.headers[traits.httpHeader.toLowerCase()];
      return { value: given === undefined ? undefined : scalar(member, given) };
    }
    if (!traits.httpPayload) return undefined;
    if (request.body.length === 0) return { value: undefined };
    if (member.isBlobSchema()) return { value: request.body };
    return { value: decode(member, jsonObject(request.body)) };
  };

  const decode = (schema: NormalizedSchema, parsed: unknown): unknown => {
    const problem = wrongType(schema, parsed);
    if (problem) throw new AwsError('SerializationException', problem);
    const own = structuredClone(parsed) as Parameters<JsonShapeDeserializer2['readObject']>[1];
    return new JsonShapeDeserializer2(settings).readObject(schema, own) as unknown;
  };

  const unbound = (member: NormalizedSchema, value: unknown): unknown =>
    value === undefined || value === null ? undefined : decode(member, value);

  const encode = (schema: NormalizedSchema, value: unknown): Uint8Array => {
    const serializer = new JsonShapeSerializer2(settings);
    serializer.write(schema, value);
    return serializer.flush();
  };

  const headers = (requestId: string) => ({
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
  });
  const protocol: Protocol = {
    operation: (request) => find(request).operation,
    input: (operation, request) => {
      const route = find(request);
      const values = route.pattern.exec(request.path)?.slice(1) ?? [];
      const labels = new Map(
        route.labels.map((label, index) => [label, decodeURIComponent(values[index] ?? '')]),
      );
      const members = [...operation.input.structIterator()].map(
        ([name, member]) => [name, member, bound(member, name, request, labels)] as const,
      );
      const hasPayload = members.some(([, member]) => member.getMemberTraits().httpPayload);
      const body = hasPayload
        ? new Map<string, unknown>()
        : new Map<string, unknown>(Object.entries(jsonObject(request.body)));
      const input = Object.fromEntries(
        members.flatMap(([name, member, binding]) => {
          const value = binding
            ? binding.value
            : unbound(member, body.get(member.getMergedTraits().jsonName ?? name));
          return value === undefined ? [] : [[name, value]];
        }),
      );
      requireMembers(operation, input, protocol.validationCode);
      return Promise.resolve(input);
    },
    answer: (operation, output, requestId) => {
      const given = new Map<string, unknown>(Object.entries(output));
      const sent: Record<string, string> = headers(requestId);
      let status = operation.http?.[2] ?? 200;
      let payload: string | Uint8Array | undefined;
      for (const [name, member] of operation.output.isStructSchema()
        ? operation.output.structIterator()
        : []) {
        const traits = member.getMemberTraits();
        const value = given.get(name);
        if (!traits.httpHeader && !traits.httpResponseCode && !traits.httpPayload) continue;
        given.delete(name);
        if (traits.httpResponseCode && typeof value === 'number') status = value;
        if (traits.httpHeader && typeof value === 'string') sent[traits.httpHeader] = value;
        if (traits.httpPayload) payload = value instanceof Uint8Array ? value : '';
      }
      return { status, headers: sent, body: payload ?? encode(operation.output, Object.fromEntries(given)) };
    },
    refusal: (error, requestId) => ({
      status: error.status,
      headers: { ...headers(requestId), 'x-amzn-errortype': error.code },
      body: JSON.stringify({ Type: error.status < 500 ? 'User' : 'Service', Message: error.message }),
    }),
    gatekeeping: {
      'no authentication': ['MissingAuthenticationTokenException', 403],
      'incomplete signature': ['IncompleteSignatureException', 400],
      'wrong signature': ['InvalidSignatureException', 403],
      'unknown access key': ['UnrecognizedClientException', 403],
      'expired token': ['ExpiredTokenException', 403],
      denied: ['AccessDeniedException', 403],
      throttled: ['TooManyRequestsException', 429],
      failed: ['ServiceException', 500],
    },
    validationCode: 'ValidationException',
  };

  return protocol;
};
