import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import type { AccountView, ProvisionedProductView, StackSummary } from '../../aws/console-view';
import { act, useLive } from '../ask';
import { useDoing } from '../doing';
import { moment } from '../moment';
import { AwsStatus, Nothing, PageTitle, Panel, Problem, Shown } from '../parts';
import { hrefOf } from '../place';

/** Every account of the organization, and how much is in it. */
export const Accounts = ({ person }: { readonly person: PersonName }) => {
  const accounts = useLive<readonly AccountView[]>('/api/aws/accounts', { as: person });
  return (
    <>
      <PageTitle title="AWS accounts" />
      <Shown known={accounts} what="Accounts">
        {(all) => (
          <ul className="cards">
            {all.map(({ id, name, stacks, provisionedProducts }) => (
              <li key={id}>
                <a href={hrefOf({ person, space: 'aws', parts: [id] })}>
                  <strong>{name}</strong>
                  <span>{id}</span>
                  <span>
                    {counted(provisionedProducts.length, 'provisioned product')},{' '}
                    {counted(stacks.length, 'stack')}
                  </span>
                </a>
              </li>
            ))}
            {person === 'admin' ? (
              <li>
                <a href={hrefOf({ person, space: 'aws', parts: ['secrets'] })}>
                  <strong>hub: Secrets Manager</strong>
                  <span>The two secrets of the connection to Jira</span>
                </a>
              </li>
            ) : null}
          </ul>
        )}
      </Shown>
    </>
  );
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const Product = ({
  person,
  account,
  product,
}: {
  readonly person: PersonName;
  readonly account: string;
  readonly product: ProvisionedProductView;
}) => {
  const { doing, problem, run } = useDoing();
  const [sure, setSure] = useState(false);
  const { name, stack } = product;
  return (
    <li>
      <span className="row-main">
        {stack === undefined ? (
          <span className="row-title">{name}</span>
        ) : (
          <a href={hrefOf({ person, space: 'aws', parts: [account, 'stacks', stack] })}>
            <span className="row-title">{name}</span>
          </a>
        )}
      </span>
      <span className="row-more">
        {product.product} {product.version} · {moment(product.createdAt)}
        {product.message ? ` · ${product.message}` : ''}
      </span>
      <AwsStatus status={product.status} />
      <Button
        spacing="compact"
        appearance={sure ? 'danger' : 'subtle'}
        isDisabled={doing}
        onBlur={() => setSure(false)}
        onClick={() =>
          sure
            ? void run(() => act({ kind: 'console terminate', as: person, account, name })).then(() =>
                setSure(false),
              )
            : setSure(true)
        }
      >
        {sure ? `Terminate ${name} now` : 'Terminate'}
      </Button>
      {problem === undefined ? null : <Problem problem={problem} />}
    </li>
  );
};

const StackRow = ({
  person,
  account,
  stack,
}: {
  readonly person: PersonName;
  readonly account: string;
  readonly stack: StackSummary;
}) => (
  <li>
    <a href={hrefOf({ person, space: 'aws', parts: [account, 'stacks', stack.name] })}>
      <span className="row-title">{stack.name}</span>
    </a>
    <span className="row-more">{moment(stack.createdAt)}</span>
    <AwsStatus status={stack.status} />
  </li>
);

/** What one account has. */
export const Account = ({ person, account }: { readonly person: PersonName; readonly account: string }) => {
  const accounts = useLive<readonly AccountView[]>('/api/aws/accounts', { as: person });
  return (
    <Shown known={accounts} what="The account">
      {(all) => {
        const found = all.find(({ id }) => id === account);
        return (
          <>
            <PageTitle
              title={found?.name ?? account}
              back={{ label: 'Accounts', to: { person, space: 'aws', parts: [] } }}
            >
              <p className="quiet">{account} · eu-west-1</p>
            </PageTitle>
            {found === undefined ? (
              <Nothing>The organization has no account {account}.</Nothing>
            ) : (
              <>
                <Panel
                  title="Provisioned products"
                  aside={
                    <a href={hrefOf({ person, space: 'aws', parts: [account, 'launch'] })}>
                      Launch from the console
                    </a>
                  }
                >
                  {found.provisionedProducts.length === 0 ? (
                    <Nothing>Nothing has been launched here.</Nothing>
                  ) : (
                    <ul className="rows">
                      {found.provisionedProducts.map((product) => (
                        <Product key={product.name} person={person} account={account} product={product} />
                      ))}
                    </ul>
                  )}
                </Panel>
                <Panel title="Stacks">
                  {found.stacks.length === 0 ? (
                    <Nothing>There is no stack here.</Nothing>
                  ) : (
                    <ul className="rows">
                      {found.stacks.map((stack) => (
                        <StackRow key={stack.name} person={person} account={account} stack={stack} />
                      ))}
                    </ul>
                  )}
                </Panel>
              </>
            )}
          </>
        );
      }}
    </Shown>
  );
};
