import { z } from 'zod';
import { SiteId } from '../aws-bridge/contract/identifiers';

/*
 * What Forge hands to the app's functions, as far as it is used.
 * https://developer.atlassian.com/platform/forge/events-reference/
 */

/** The second argument of every function. */
export const InvocationContext = z.object({
  installContext: z
    .string()
    .regex(/^ari:cloud:jira::site\/[^/]+$/, 'not a Jira site')
    .transform((ari) => ari.slice(ari.lastIndexOf('/') + 1))
    .pipe(SiteId),
});

const Issue = z.object({ id: z.string().regex(/^\d{1,19}$/) });

/** `avi:jira:created:issue` */
export const IssueCreated = z.object({ issue: Issue });

/** `avi:jira:updated:issue` */
export const IssueUpdated = z.object({
  issue: Issue,
  changelog: z.object({ items: z.array(z.object({ field: z.string() })) }).nullish(),
});
export type IssueUpdated = z.infer<typeof IssueUpdated>;

export const changesStatus = ({ changelog }: IssueUpdated): boolean =>
  changelog?.items.some(({ field }) => field === 'status') ?? false;

/** An event of the queue `deliveries`. */
export const DeliveryEvent = z.object({ body: z.object({ operationId: z.string() }) });

/** An event of the queue `sweep-rest`. */
export const SweepRestEvent = z.object({
  body: z.object({ siteId: SiteId, sweeps: z.int().positive() }),
});

/** An event of the queue `catalog-rest`. */
export const CatalogRestEvent = z.object({
  body: z.object({ siteId: SiteId, turn: z.string(), rounds: z.int().positive() }),
});

const WebTriggerHeaders = z
  .record(z.string(), z.union([z.array(z.string()), z.string().transform((value) => [value])]).catch([]))
  .catch({});

/**
 * A request to the web trigger, sent by anybody: whatever its shape, it is read as something that a signature can be
 * looked for in, because a function that throws is answered by the platform in words of its own.
 */
export const WebTriggerRequest = z
  .object({
    method: z.string().catch('POST'),
    body: z.string().catch(''),
    headers: WebTriggerHeaders,
  })
  .catch({ method: 'POST', body: '', headers: {} });
