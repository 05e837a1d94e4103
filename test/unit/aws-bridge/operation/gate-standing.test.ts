import { createVerify } from '../../../../aws-bridge/operation/gate/verify';
import { HandleNotOpened, type Signal } from '../../../../aws-bridge/operation/gate/gate-ports';
import { createSignalling } from '../../../../aws-bridge/operation/gate/signalling';
import { type RetryStrategy, whileAStackWaits } from '../../../../aws-bridge/operation/retries';
import { InDoubt } from '../../../../aws-bridge/operation/step-failure';
import type { Believes, Steps } from '../../../../aws-bridge/operation/steps';
import { sessionOfGate, type TenantSession } from '../../../../aws-bridge/operation/tenant-session';
import type { Gate } from '../../../../aws-bridge/contract/gate';
import type { GateAsked } from '../../../../aws-bridge/runtime/gate-asked';
import { aGate, aStackId, GATE_ID } from '../../../builders/gate';
import { OTHER_TENANT, TENANT } from '../../../builders/settings';
import { awsRefusal, believing, doubting, throttled } from './builders';
import { StandInTenant } from './stand-in-tenant';

const HANDLE = 'ApprovalHandle1a2b3c4d';
const URL_OF_HANDLE = 'https://the-handle.example/';
const LAUNCH = 'launch-10042-0123456789abcdef';
const NOW = new Date('2026-03-02T12:00:00.000Z');

const anAsked = (overrides: Partial<Gate> = {}): GateAsked => ({
  kind: 'gate',
  gate: { ...aGate(), ...overrides },
  handle: HANDLE,
  sealedHandle: 'sealed',
});

/** A stack of a tenant that waits at the handle of the gate that is asked about. */
const waiting = (status = 'CREATE_IN_PROGRESS') => {
  const tenant = new StandInTenant();
  tenant.stackDescription = { status, outputs: [] };
  tenant.physicalIds.set(HANDLE, URL_OF_HANDLE);
  return tenant;
};
const gone = () => {
  const tenant = waiting();
  tenant.stackDescription = undefined;
  return tenant;
};
/** Each look sees the next status, and then no stack any more. */
const seenAs = (...statuses: string[]) =>
  Object.assign(waiting(), {
    stack: () => {
      const status = statuses.shift();
      return Promise.resolve(status === undefined ? undefined : { status, outputs: [] });
    },
  });
const withoutHandle = () => {
  const tenant = waiting();
  tenant.physicalIds.clear();
  return tenant;
};
const atAnotherHandle = () => {
  const tenant = waiting();
  tenant.physicalIds.set(HANDLE, 'https://another.example/');
  return tenant;
};
/** Service Catalog shows whose token and name the stack's provisioned product has. */
const provisioned = (provisionToken: string, provisionedProductName: string) => {
  const tenant = waiting();
  tenant.launched.set(provisionedProductName, {
    ...{ productId: 'prod-1', provisioningArtifactId: 'pa-1', pathId: 'lp-1', parameters: {}, tags: {} },
    ...{ provisionToken, provisionedProductName },
  });
  return tenant;
};
const OF_A_LAUNCH = () => provisioned(LAUNCH, `invoices-${LAUNCH.slice(-10)}`);

interface Around {
  readonly tenant?: StandInTenant;
  readonly follower?: string | undefined;
  readonly entering?: Error;
  readonly opening?: Error;
}
const setUp = ({ tenant = waiting(), follower, entering, opening }: Around = {}) => {
  const sessions: TenantSession[] = [];
  const searched: string[] = [];
  const verify = createVerify({
    site: aGate().site,
    enterTenant: (session) => {
      sessions.push(session);
      return entering ? Promise.reject(entering) : Promise.resolve(tenant);
    },
    openHandle: () => (opening ? Promise.reject(opening) : Promise.resolve(URL_OF_HANDLE)),
    findOperation: (key) => {
      searched.push(key);
      return Promise.resolve(follower);
    },
  });
  return { verify, sessions, searched, tenant };
};
const verified = (around: Around = {}, asked = anAsked(), believes: Believes = doubting) =>
  setUp(around).verify(asked, believes);
const failed = (code: string) => new InDoubt(code);

describe('what a gate is found out to be', () => {
  test('a stack that waits at its handle is asked about, and looked at in the name of nobody', async () => {
    const { verify, sessions, searched, tenant } = setUp();
    expect(await verify(anAsked(), doubting)).toEqual({ verdict: 'open', action: 'create' });
    expect(sessions[0]).toEqual(sessionOfGate(aGate()));
    expect(searched).toEqual([`${TENANT}/eu-west-1/SC-${TENANT}-pp-gatedabcdefg2`]);
    expect(tenant.calls).toEqual(['stack', 'physicalId', 'provisionedProduct']);
  });

  test('a gate of another site is unfounded, and nobody enters the account for it', async () => {
    const { verify, sessions } = setUp();
    expect(await verify(anAsked({ site: '99999999-2222-4333-8444-555555555555' }), doubting)).toEqual({
      verdict: 'unfounded',
      error: {
        code: 'ForeignSite',
        message: 'The gate belongs to another site than the one that this bridge serves.',
      },
    });
    expect(sessions).toStrictEqual([]);
  });

  test.each<[string, Partial<Gate>]>([
    ['account', { account: OTHER_TENANT }],
    ['region', { region: 'eu-central-1' }],
    ['stack', { stackId: aStackId().replace(`SC-${TENANT}`, `SC-${OTHER_TENANT}`) }],
  ])('a gate that names another %s is unfounded, and nobody enters the account for it', async (_, gate) => {
    const { verify, sessions } = setUp();
    expect(await verify(anAsked(gate), doubting)).toEqual({
      verdict: 'unfounded',
      error: {
        code: 'GateMismatched',
        message: 'The gate names another account or region than its stack.',
      },
    });
    expect(sessions).toStrictEqual([]);
  });

  test.each([
    ['CREATE_COMPLETE'],
    ['DELETE_IN_PROGRESS'],
    ['ROLLBACK_IN_PROGRESS'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
  ])('a stack that is %s waits no more', async (status) => {
    expect(await verified({ tenant: waiting(status) })).toEqual({ verdict: 'over', status });
  });

  test.each([
    ['a stack that is not there', gone, 'StackNotFound', { verdict: 'over', status: 'DELETE_COMPLETE' }],
    [
      'a handle that is not there',
      withoutHandle,
      'HandleNotFound',
      {
        verdict: 'unfounded',
        error: { code: 'HandleUnknown', message: 'The stack has no such wait condition handle.' },
      },
    ],
  ])('%s is believed only after some attempts', async (_, tenant, code, verdict) => {
    const before = verified({ tenant: tenant() }, anAsked(), doubting);
    await expect(before).rejects.toThrow(failed(code));
    await expect(before).rejects.toMatchObject({ transient: true });
    expect(await verified({ tenant: tenant() }, anAsked(), believing)).toEqual(verdict);
  });

  test('a handle of something else is unfounded', async () => {
    expect(await verified({ tenant: atAnotherHandle() })).toEqual({
      verdict: 'unfounded',
      error: { code: 'HandleForeign', message: 'The wait condition handle is not that of the stack.' },
    });
  });

  test('what was not sealed for this gate is unfounded', async () => {
    expect(await verified({ opening: new HandleNotOpened() })).toEqual({
      verdict: 'unfounded',
      error: { code: 'HandleNotOpened', message: 'The wait condition handle was not sealed for this gate.' },
    });
  });

  test('a stack that is updated waits for the approval of an update, whoever follows it', async () => {
    const { verify, searched } = setUp({ tenant: waiting('UPDATE_IN_PROGRESS'), follower: LAUNCH });
    expect(await verify(anAsked(), doubting)).toEqual({ verdict: 'open', action: 'update' });
    expect(await verify(anAsked({ action: 'update' }), doubting)).toEqual({
      verdict: 'open',
      action: 'update',
    });
    expect(searched).toStrictEqual([]);
  });

  test('a gate of an update is none of a launch, even where its stack is being created', async () => {
    const { verify, searched } = setUp({ follower: LAUNCH });
    expect(await verify(anAsked({ action: 'update' }), doubting)).toEqual({
      verdict: 'open',
      action: 'create',
    });
    expect(searched).toStrictEqual([]);
  });

  test('a stack that a launch follows was approved with it; one that a gate follows was not', async () => {
    expect(await verified({ follower: LAUNCH })).toEqual({ verdict: 'launched' });
    expect(await verified({ follower: GATE_ID })).toEqual({ verdict: 'open', action: 'create' });
  });

  test('a stack whose product has a name and a token of a launch is left time for it to be known', async () => {
    const { verify, tenant } = setUp({ tenant: OF_A_LAUNCH() });
    await expect(verify(anAsked(), doubting)).rejects.toThrow(failed('LaunchNotKnown'));
    await expect(verify(anAsked(), doubting)).rejects.toMatchObject({ transient: true });
    const asked = tenant.count('provisionedProduct');
    expect(await verify(anAsked(), believing)).toEqual({ verdict: 'open', action: 'create' });
    expect(tenant.count('provisionedProduct')).toBe(asked);
  });

  test('whether a launch made a stack is asked of the product that the stack is named after, and of no other', async () => {
    const ofALaunch = {
      id: 'pp-gatedabcdefg2',
      name: `invoices-${LAUNCH.slice(-10)}`,
      provisionToken: LAUNCH,
    };
    const holding = (held: typeof ofALaunch) =>
      Object.assign(waiting(), {
        provisionedProduct: (which: { readonly id?: string }) =>
          which.id === held.id
            ? Promise.resolve({ ...held, type: 'CFN_STACK', status: 'UNDER_CHANGE' })
            : Promise.reject(awsRefusal('ResourceNotFoundException')),
      });
    await expect(verified({ tenant: holding(ofALaunch) })).rejects.toThrow(failed('LaunchNotKnown'));
    const another = holding({ ...ofALaunch, id: `SC-${TENANT}-pp-gatedabcdefg2` });
    expect(await verified({ tenant: another })).toEqual({ verdict: 'open', action: 'create' });
  });

  test('a stack that somebody launched in the console is asked about at once', async () => {
    const tenant = provisioned('7f0d6a52-0000-4000-8000-000000000000', 'my-blog');
    expect(await verified({ tenant })).toEqual({ verdict: 'open', action: 'create' });
  });

  test('where Service Catalog throttles it is asked again', async () => {
    const tenant = OF_A_LAUNCH();
    tenant.trouble('provisionedProduct', throttled());
    await expect(verified({ tenant })).rejects.toThrow(throttled());
    const denied = OF_A_LAUNCH();
    denied.trouble('provisionedProduct', awsRefusal('AccessDeniedException'));
    expect(await verified({ tenant: denied })).toEqual({ verdict: 'open', action: 'create' });
    const broken = OF_A_LAUNCH();
    broken.trouble('provisionedProduct', new TypeError('a mistake of ours'));
    await expect(verified({ tenant: broken })).rejects.toThrow(TypeError);
  });

  test('an account that cannot be entered is out of reach, a denial only after some attempts', async () => {
    const denied = awsRefusal('AccessDenied', 'no', 'sts');
    const unreachable = { verdict: 'unreachable', error: { code: 'TenantNotReachable' } };
    const before = verified({ entering: denied }, anAsked(), doubting);
    await expect(before).rejects.toThrow(failed('sts: AccessDenied'));
    await expect(before).rejects.toMatchObject({ transient: true });
    expect(await verified({ entering: denied }, anAsked(), believing)).toMatchObject(unreachable);
    expect(await verified({ entering: awsRefusal('RegionDisabledException', 'no', 'sts') })).toMatchObject({
      ...unreachable,
      error: { message: `Gatehouse may not enter account ${TENANT} (RegionDisabledException).` },
    });
    const late = verified({ entering: throttled('sts') }, anAsked(), believing);
    await expect(late).rejects.toThrow(throttled('sts'));
    await expect(verified({ opening: new TypeError('a mistake of ours') })).rejects.toThrow(TypeError);
  });
});

const SIGNAL: Signal = { status: 'SUCCESS', uniqueId: 'gate-1-approved', reason: 'Approved', data: 'IT-42' };
const AT = NOW.toISOString();

/**
 * Signalling with steps that make one attempt each, of the number that is given; a step whose attempt fails comes to nothing.
 */
const signalling = ({
  tenant = waiting(),
  attempts = {},
  believes = doubting,
  now = NOW,
  sending,
}: {
  readonly tenant?: StandInTenant;
  readonly attempts?: Readonly<Record<string, number>>;
  readonly believes?: Believes;
  readonly now?: Date;
  readonly sending?: Error;
} = {}) => {
  const made: [string, RetryStrategy][] = [];
  const failures: unknown[] = [];
  const sent: [string, Signal][] = [];
  const sessions: TenantSession[] = [];
  const steps: Steps = {
    run: () => Promise.reject(new Error('nothing here is so important')),
    tryTo: (name, strategy, work) => {
      made.push([name, strategy]);
      return work(attempts[name] ?? 1, believes).catch((error: unknown) => {
        failures.push(error);
        return undefined;
      });
    },
  };
  const { letOn, end } = createSignalling(anAsked(), steps, {
    enterTenant: (session) => {
      sessions.push(session);
      return Promise.resolve(tenant);
    },
    openHandle: () => Promise.resolve(URL_OF_HANDLE),
    sendSignal: (url, signal) => {
      if (sending) return Promise.reject(sending);
      sent.push([url, signal]);
      return Promise.resolve();
    },
    now: () => now,
  });
  const session = sessionOfGate(aGate(), { requestKey: 'IT-42', approver: '712020:approver' });
  return {
    letOn: () => letOn(SIGNAL, session),
    end: () => end(SIGNAL),
    made,
    failures,
    sent,
    sessions,
    session,
  };
};

describe('a stack is let on', () => {
  test('after a look in the name of who decided, at the address that was opened', async () => {
    const { letOn, made, sent, sessions, session } = signalling();
    expect(await letOn()).toEqual({ at: AT });
    expect(sent).toEqual([[URL_OF_HANDLE, SIGNAL]]);
    expect(sessions).toEqual([session]);
    expect(made).toEqual([
      ['look before the signal', whileAStackWaits],
      ['signal', whileAStackWaits],
    ]);
  });

  test.each([
    ['waits at another handle', atAnotherHandle(), 'CREATE_IN_PROGRESS'],
    ['is being deleted', waiting('DELETE_IN_PROGRESS'), 'DELETE_IN_PROGRESS'],
    ['was undone', waiting('ROLLBACK_COMPLETE'), 'ROLLBACK_COMPLETE'],
  ])('unless it %s: then nothing is sent, and that it stopped is told', async (_, tenant, stopped) => {
    const { letOn, sent } = signalling({ tenant });
    expect(await letOn()).toEqual({ at: AT, stopped });
    expect(sent).toStrictEqual([]);
  });

  test.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'])(
    'and one that is %s went on before, perhaps because of a signal whose answer was lost',
    async (status) => {
      const { letOn, sent } = signalling({ tenant: waiting(status) });
      expect(await letOn()).toEqual({ at: AT });
      expect(sent).toStrictEqual([]);
    },
  );

  test('and what cannot be seen is looked for again before it is believed', async () => {
    const first = signalling({ tenant: gone(), believes: doubting });
    expect(await first.letOn()).toBeUndefined();
    expect(first.failures).toEqual([failed('StackNotFound')]);
    expect(first.made).toHaveLength(1);
    const last = signalling({ tenant: gone(), believes: believing });
    expect(await last.letOn()).toEqual({ at: AT, stopped: 'DELETE_COMPLETE' });
    expect(last.sent).toStrictEqual([]);
  });

  test('and before a signal is sent again the stack is looked at again', async () => {
    const again = signalling({ attempts: { signal: 2 } });
    expect(await again.letOn()).toEqual({ at: AT });
    expect(again.sent).toHaveLength(1);
    expect(again.sessions).toEqual([again.session, again.session]);

    const tenant = seenAs('CREATE_IN_PROGRESS', 'CREATE_COMPLETE');
    const wentOn = signalling({ tenant, attempts: { signal: 2 } });
    expect(await wentOn.letOn()).toEqual({ at: AT });
    expect(wentOn.sent).toStrictEqual([]);
  });

  test.each([
    ['not at first', doubting, undefined, [failed('StackNotFound')]],
    ['after enough looks', believing, { at: AT }, []],
  ])(
    'and before a signal is sent again a stack that is gone is believed %s',
    async (_, believes, outcome, failures) => {
      const tenant = seenAs('CREATE_IN_PROGRESS');
      const under = signalling({ tenant, attempts: { signal: 2 }, believes });
      expect(await under.letOn()).toEqual(outcome);
      expect([under.failures, under.sent]).toStrictEqual([failures, []]);
    },
  );

  test('and where the signal is not taken in the end nothing is claimed', async () => {
    const { letOn } = signalling({ sending: new Error('not taken') });
    expect(await letOn()).toBeUndefined();
  });
});

describe('a stack is undone', () => {
  /** A quarter of an hour after the deadline of the gate. */
  const OVER = Date.parse(aGate().deadline) + 900_000;

  test('without a look into its account, however it stands', async () => {
    const { end, made, sent, sessions } = signalling({ now: new Date(OVER) });
    expect(await end()).toEqual({ at: new Date(OVER).toISOString() });
    expect(sent).toEqual([[URL_OF_HANDLE, SIGNAL]]);
    expect(sessions).toStrictEqual([]);
    expect(made).toEqual([['signal', whileAStackWaits]]);
  });

  test('unless it has surely given up', async () => {
    const { end, sent } = signalling({ now: new Date(OVER + 1) });
    expect(await end()).toEqual({ at: new Date(OVER + 1).toISOString() });
    expect(sent).toStrictEqual([]);
  });
});
