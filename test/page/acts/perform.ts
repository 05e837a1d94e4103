import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { ProvisionProductCommand, TerminateProvisionedProductCommand } from '@aws-sdk/client-service-catalog';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { HUB } from '../../sandbox/organization';
import type { Sandbox } from '../../sandbox/sandbox';
import type { ConsoleClients } from '../aws/console-clients';
import type { Act, Outcome } from './act';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;
type Performed = Outcome | Promise<Outcome>;

/** Ids that the site gives: they have to be the same when everything is done once more. */
const Ids = z.object({
  issueKey: z.string().optional(),
  key: z.string().optional(),
  id: z.union([z.string(), z.number()]).optional(),
});
/** What a page's resolver answers, as far as its verdict goes. */
const Verdict = z.object({ outcome: z.string(), code: z.string().optional() });

/** Does in the sandbox what somebody does outside of Gatehouse. */
export const createPerform = ({
  sandbox,
  clients,
}: {
  readonly sandbox: Pick<Sandbox, 'site' | 'atlassian'>;
  readonly clients: ConsoleClients;
}) => {
  const { site, atlassian } = sandbox;

  const onTheSite = async ({ as, method, path, body }: Of<'jira'>): Promise<Outcome> => {
    const { status, text } = await site.send(as, method, path, body);
    const answered = parsed(text);
    const { issueKey, key, id } = Ids.safeParse(answered).data ?? {};
    return { status, body: answered, mark: [status, issueKey ?? key, id].filter(Boolean).join(' ') };
  };

  const onThePortal = ({ as, requestTypeId, summary, panel }: Of<'portal request'>): Outcome => {
    if (panel?.isValid === false) {
      return {
        status: 400,
        body: {
          message: 'Something in the form cannot be used yet; the form says what. Nothing was raised.',
        },
        mark: 'not valid',
      };
    }
    const { key } = site.raiseRequest({
      ...{ as, requestTypeId, summary },
      ...(panel && panel.fields.length > 0 ? { order: { fields: panel.fields } } : {}),
    });
    return { status: 201, body: { key }, mark: key };
  };

  const onAPage = async (call: Of<'page call'>): Promise<Outcome> => {
    const { as, module, functionKey, payload, extension, locale } = call;
    const outcome = await atlassian.callResolver({
      ...{ as, module, functionKey, payload },
      ...(extension ? { extension } : {}),
      ...(locale === undefined ? {} : { locale }),
    });
    switch (outcome.kind) {
      case 'refused':
        return { status: 403, body: { message: outcome.reason }, mark: 'not shown' };
      case 'threw':
        return { status: 424, body: { message: nameOf(outcome.error) }, mark: 'threw' };
      case 'returned': {
        const verdict = Verdict.safeParse(outcome.result).data;
        const mark = verdict ? [verdict.outcome, verdict.code].filter(Boolean).join(' ') : 'returned';
        return { status: 200, body: { result: outcome.result }, mark };
      }
    }
  };

  const inTheConsole = async (run: () => Promise<Record<string, string>>): Promise<Outcome> => {
    try {
      const body = await run();
      return { status: 200, body, mark: Object.values(body).join(' ') || 'done' };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { status: 400, body: { message: `${error.name}: ${error.message}` }, mark: error.name };
    }
  };

  return (act: Act): Performed => {
    switch (act.kind) {
      case 'jira':
        return onTheSite(act);
      case 'portal request':
        return onThePortal(act);
      case 'page call':
        return onAPage(act);
      case 'console launch':
        return inTheConsole(async () => {
          const { RecordDetail } = await clients.of(act.account, act.as).launching.send(
            new ProvisionProductCommand({
              ProductId: act.productId,
              ProvisioningArtifactId: act.versionId,
              ProvisionedProductName: act.name,
              ProvisioningParameters: Object.entries(act.parameters).map(([Key, Value]) => ({ Key, Value })),
            }),
          );
          return { record: RecordDetail?.RecordId ?? '' };
        });
      case 'console put secret':
        return inTheConsole(async () => {
          await clients
            .of(HUB, act.as)
            .secrets.send(new PutSecretValueCommand({ SecretId: act.name, SecretString: act.value }));
          return {};
        });
      case 'console terminate':
        return inTheConsole(async () => {
          const { RecordDetail } = await clients
            .of(act.account, act.as)
            .catalog.send(new TerminateProvisionedProductCommand({ ProvisionedProductName: act.name }));
          return { record: RecordDetail?.RecordId ?? '' };
        });
      case 'console delete stack':
        return inTheConsole(async () => {
          const { stacks } = clients.of(act.account, act.as);
          await stacks.send(new DeleteStackCommand({ StackName: act.stack }));
          return {};
        });
    }
  };
};
export type Perform = ReturnType<typeof createPerform>;

const parsed = (text: string): unknown => {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
};

const nameOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
