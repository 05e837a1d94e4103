import { z } from 'zod';
import type { ConnectionSecrets, SecretChange } from '../../connection/connection-secrets';
import type { ConnectionTests } from '../../connection/connection-tests';
import type { Direction } from '../../secrets';
import { ok, refused } from '../answer';
import type { PageCall } from '../page-resolver';
import type { Administering } from './administering';
import type { SecretChangedView, TestView } from './view';

const AnyDirection = z.enum(['to-bridge', 'from-bridge']) satisfies z.ZodType<Direction>;
const Id = z.string().max(64);

const Change = z.discriminatedUnion('change', [
  // Null: one is generated.
  z.strictObject({
    change: z.literal('bring-in'),
    direction: AnyDirection,
    secret: z.string().max(200).nullable(),
  }),
  z.strictObject({ change: z.literal('switch-over'), direction: AnyDirection, id: Id }),
  z.strictObject({ change: z.literal('give-up'), direction: AnyDirection, id: Id }),
]);
const Test = z.strictObject({ signedWith: z.enum(['current', 'next']) });

/** What the settings page asks for about the connection, which is the whole installation's. */
export const createConnectionCalls = ({
  administering,
  secrets,
  tests,
}: {
  readonly administering: Administering;
  readonly secrets: ConnectionSecrets;
  readonly tests: Pick<ConnectionTests, 'begin' | 'outcome'>;
}): Readonly<Record<string, PageCall>> => {
  const make = (change: z.infer<typeof Change>): Promise<SecretChange> => {
    switch (change.change) {
      case 'bring-in':
        return secrets.bringIn(change.direction, change.secret);
      case 'switch-over':
        return secrets.switchOver(change.direction, change.id);
      case 'give-up':
        return secrets.giveUp(change.direction, change.id);
    }
  };

  return {
    'connection.change': administering(async ({ jiraAdministrator }, payload) => {
      if (!jiraAdministrator) return refused('not-yours');
      const changed = await make(Change.parse(payload));
      switch (changed.outcome) {
        case 'changed':
          return refused('changed');
        case 'malformed': {
          const message = 'This is no webhook secret: whsec_ followed by the base64 of 24 to 64 bytes.';
          return refused('invalid', { problems: [{ field: 'secret', message }] });
        }
        case 'done':
          return ok<SecretChangedView>({ state: changed.state, generated: changed.generated });
      }
    }),

    'connection.test': administering(async ({ siteId }, payload) =>
      ok<TestView>(await tests.begin(siteId, Test.parse(payload).signedWith)),
    ),

    'connection.outcome': administering(async ({ siteId }) =>
      ok<TestView>((await tests.outcome(siteId)) ?? null),
    ),
  };
};
