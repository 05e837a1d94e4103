import { Lazy, Stack, Token } from 'aws-cdk-lib';

/** Stands for the hub account in a template that belongs to no deployment: one that is kept, or lies in a file. */
export const HUB_ACCOUNT = '{{gatehouse:hub-account}}';

/**
 * The account that offers the product, which is that of the stack around it. Where that one has none, as when a
 * version is kept, `HUB_ACCOUNT` stands for it.
 */
export const hubAccount = (): string =>
  Lazy.uncachedString({
    produce: ({ scope }) => {
      const around = Stack.of(scope).node.scope;
      const account = around && Stack.of(around).account;
      return account === undefined || Token.isUnresolved(account) ? HUB_ACCOUNT : account;
    },
  });
