import { NotModelled } from '../aws/service';
import { jiraRoutes } from './jira-api';
import { cross, type HttpAnswer, type HttpRequest, json, Refused, type Wire } from './loopback';
import type { Descriptions } from './openapi';
import type { Caller } from './people';
import { portalRoutes } from './portal-api';
import { projectRoutes } from './project-api';
import { deskError, jiraError, type Route, type SiteContext } from './routes';
import { serviceProjectRoutes } from './service-project-api';
import { serviceDeskRoutes } from './servicedesk-api';
import { userRoutes } from './user-api';
import { workflowRoutes } from './workflow-api';

export interface JiraServerParts {
  readonly wire: Wire;
  readonly context: SiteContext;
  /** Scopes of the app's manifest. */
  readonly scopes: readonly string[];
  readonly descriptions: Descriptions | undefined;
  /** Told of every request or answer that is not as Atlassian describes it. */
  readonly onViolation: (problem: string) => void;
}

interface Matched {
  readonly route: Route;
  readonly path: Record<string, string>;
}

interface Shape {
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

const shapes = new Map<string, Shape>();

/** How the paths of a template look; worked out once, however many sites there are. */
const shapeOf = (template: string): Shape => {
  const known = shapes.get(template);
  if (known) return known;
  const shape = {
    names: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
  };
  shapes.set(template, shape);
  return shape;
};

const match = (routes: readonly Route[], method: string, pathname: string): Matched | undefined => {
  for (const route of routes) {
    if (route.method !== method) continue;
    const { names, pattern } = shapeOf(route.template);
    const values = pattern.exec(pathname);
    if (!values) continue;
    const path = names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? '')]);
    return { route, path: Object.fromEntries(path) as Record<string, string> };
  }
  return undefined;
};

/** Undefined where the body is empty or no JSON: the description and the route tell what that means. */
const parsedBody = (body: string): unknown => {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

/** The site's REST API on the wire: who calls, what they may, whether both sides keep to the description. */
export const createJiraServer = ({ wire, context, scopes, descriptions, onViolation }: JiraServerParts) => {
  const routes = [
    ...jiraRoutes(context),
    ...projectRoutes(context),
    ...serviceDeskRoutes(context),
    ...portalRoutes(context),
    ...serviceProjectRoutes(context),
    ...userRoutes(context),
    ...workflowRoutes(context),
  ].sort((a, b) => a.template.split('{').length - b.template.split('{').length);

  const callerOf = ({ headers }: HttpRequest): Caller => {
    const caller = context.directory.callerOf(headers.authorization);
    if (!caller) throw jiraError(401, 'Client must be authenticated to access this resource.');
    return caller;
  };

  const violated = (problems: readonly string[], request: HttpRequest): void => {
    if (problems.length === 0) return;
    const text = `${request.method} ${request.url.pathname}${request.url.search}: ${problems.join('; ')}`;
    onViolation(text);
    throw new Refused(json(501, { errorMessages: [`Not as Atlassian describes it: ${text}`], errors: {} }));
  };

  const permitted = (caller: Caller, route: Route): void => {
    const needed = typeof route.scope === 'string' ? [route.scope] : route.scope;
    const missing = needed.find((scope) => !scopes.includes(scope));
    if (caller.viaApp && missing !== undefined) {
      const message = `The app's manifest has no scope ${missing}.`;
      throw route.template.startsWith('/rest/servicedeskapi')
        ? deskError(403, message)
        : jiraError(403, message);
    }
  };

  const optedIn = ({ headers }: HttpRequest, { experimental }: Route): void => {
    if (experimental && headers['x-experimentalapi'] !== 'opt-in') {
      throw deskError(412, 'This API is experimental: opt in with the header X-ExperimentalApi.');
    }
  };

  const checked = (request: HttpRequest, body: unknown, run: () => HttpAnswer): HttpAnswer => {
    const { method, url } = request;
    if (!descriptions) return run();
    const operation = descriptions.operation(method, url.pathname);
    if (!operation) {
      violated(['no such operation'], request);
      return run();
    }
    violated(
      operation.problemsOfRequest({ method, path: url.pathname, query: url.searchParams, body }),
      request,
    );
    const answer = refusable(run);
    violated(operation.problemsOfAnswer(answer.status, parsedBody(answer.body?.toString() ?? '')), request);
    return answer;
  };

  const refusable = (run: () => HttpAnswer): HttpAnswer => {
    try {
      return run();
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  };

  return async (request: HttpRequest): Promise<HttpAnswer | 'broken'> => {
    const { method, url } = request;
    const caller = callerOf(request);
    const body = parsedBody(request.body.toString('utf8'));
    const matched = match(routes, method, url.pathname);
    if (!matched) {
      checked(request, body, () => json(501, {}));
      throw new NotModelled(`${method} ${url.pathname} of Jira`);
    }
    const { route, path } = matched;
    const issue = path['issueIdOrKey'];
    const crossing = {
      caller: caller.viaApp ? 'forge-app' : caller.account.displayName,
      service: 'jira',
      operation: `${method} ${route.template}`,
      detail: { ...(issue === undefined ? {} : { issue: context.site.find(issue)?.key ?? issue }) },
      throttled: json(429, { errorMessages: ['Rate limit exceeded.'], errors: {} }, { 'retry-after': '5' }),
      failed: json(500, { errorMessages: ['Internal server error.'], errors: {} }),
    };
    return cross(wire, crossing, () =>
      checked(request, body, () => {
        permitted(caller, route);
        optedIn(request, route);
        return route.answer({ caller, path, query: url.searchParams, body });
      }),
    );
  };
};
