import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import type { LaunchableVersion, LaunchParameter } from '../../aws/console-view';
import { act, useLive } from '../ask';
import { useDoing } from '../doing';
import { PageTitle, Panel, Problem, Shown } from '../parts';
import { go, hrefOf } from '../place';

/** The products that a developer may launch from this account's console. */
export const Launchable = ({
  person,
  account,
}: {
  readonly person: PersonName;
  readonly account: string;
}) => {
  const products = useLive<readonly LaunchableVersion[]>('/api/aws/launchable', { as: person, account });
  return (
    <>
      <PageTitle
        title="Launch from the console"
        back={{ label: account, to: { person, space: 'aws', parts: [account] } }}
      >
        <p className="lead">
          Past the portal, as a developer. A product with an approval gate creates nothing until somebody
          approves it in Jira.
        </p>
      </PageTitle>
      <Shown known={products} what="Products">
        {(all) => (
          <ul className="cards">
            {all.map(({ productId, product, description, version }) => (
              <li key={productId}>
                <a href={hrefOf({ person, space: 'aws', parts: [account, 'launch', productId] })}>
                  <strong>{product}</strong>
                  {description ? <span>{description}</span> : null}
                  <span>Version {version}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
};

const asSentence = (text = ''): string =>
  text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');

/** A value as CloudFormation takes it; what is chosen for a list is joined by commas. */
const ParameterField = ({
  parameter,
  value,
  change,
}: {
  readonly parameter: LaunchParameter;
  readonly value: string;
  readonly change: (value: string) => void;
}) => {
  const { key, choices, several, secret, description, constraint } = parameter;
  const id = `parameter-${key}`;
  const note = [description, constraint].filter(Boolean).map(asSentence).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{key}</label>
      {choices.length > 0 ? (
        <select
          id={id}
          multiple={several}
          value={several ? value.split(',') : value}
          aria-describedby={note === '' ? undefined : `${id}-note`}
          onChange={(event) =>
            change([...event.currentTarget.selectedOptions].map((option) => option.value).join(','))
          }
        >
          {several || choices.includes(value) ? null : <option value="">Choose …</option>}
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <Textfield
          id={id}
          type={secret ? 'password' : 'text'}
          autoComplete="off"
          value={value}
          aria-describedby={note === '' ? undefined : `${id}-note`}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
      {note === '' ? null : (
        <p className="quiet" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
};

/** What a form starts with: the template's defaults, what the account has, and who is asking. */
const startOf = ({ key, value, choices, several }: LaunchParameter, person: PersonName): string =>
  value !== ''
    ? value
    : key === 'RequesterEmail'
      ? `${person}@example.com`
      : several
        ? choices.slice(0, 2).join(',')
        : (choices[0] ?? '');

const LaunchForm = ({
  person,
  account,
  launched,
  parameters,
}: {
  readonly person: PersonName;
  readonly account: string;
  readonly launched: LaunchableVersion;
  readonly parameters: readonly LaunchParameter[];
}) => {
  const [name, setName] = useState('');
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const { doing, problem, run } = useDoing();
  const valueOf = (parameter: LaunchParameter): string =>
    changed[parameter.key] ?? startOf(parameter, person);
  const launch = (): void =>
    void run(async () => {
      await act({
        ...{ kind: 'console launch', as: person, account, name },
        ...{ productId: launched.productId, versionId: launched.versionId },
        parameters: Object.fromEntries(parameters.map((parameter) => [parameter.key, valueOf(parameter)])),
      });
      go({ person, space: 'aws', parts: [account] });
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        launch();
      }}
    >
      <Panel>
        <div className="field">
          <label htmlFor="product-name">Provisioned product name</label>
          <Textfield
            id="product-name"
            isRequired
            maxLength={128}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.key}
            parameter={parameter}
            value={valueOf(parameter)}
            change={(value) => setChanged((before) => ({ ...before, [parameter.key]: value }))}
          />
        ))}
        {problem === undefined ? null : <Problem problem={problem} />}
        <div className="row">
          <Button type="submit" appearance="primary" isDisabled={doing}>
            Launch product
          </Button>
        </div>
      </Panel>
    </form>
  );
};

/** The form with which a product is launched from the console. */
export const Launch = ({
  person,
  account,
  productId,
}: {
  readonly person: PersonName;
  readonly account: string;
  readonly productId: string;
}) => {
  const products = useLive<readonly LaunchableVersion[]>('/api/aws/launchable', { as: person, account });
  const launched = products.value?.find((product) => product.productId === productId);
  return (
    <>
      <PageTitle
        title={launched ? `Launch ${launched.product} ${launched.version}` : 'Launch'}
        back={{ label: 'Products', to: { person, space: 'aws', parts: [account, 'launch'] } }}
      />
      <Shown known={products} what="The product">
        {() =>
          launched === undefined ? (
            <p>Nobody may launch that from this account’s console.</p>
          ) : (
            <Parameters person={person} account={account} launched={launched} />
          )
        }
      </Shown>
    </>
  );
};

const Parameters = (asked: {
  readonly person: PersonName;
  readonly account: string;
  readonly launched: LaunchableVersion;
}) => {
  const { person, account, launched } = asked;
  const parameters = useLive<readonly LaunchParameter[]>('/api/aws/parameters', {
    ...{ as: person, account, product: launched.productId, version: launched.versionId },
  });
  return (
    <Shown known={parameters} what="Parameters">
      {(all) => <LaunchForm {...asked} parameters={all} />}
    </Shown>
  );
};
