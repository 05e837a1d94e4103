import { Button, DynamicTable, Heading, Inline, Stack, Text, Toggle } from '@forge/react';
import { useState } from 'react';
import type { CatalogueView, Choices } from '../../pages/settings/view';
import { CataloguePanel } from './catalogue-panel';
import { ChoiceSetting, type Option } from './fields';
import { NewRequestType } from './new-request-type';
import type { TabProps } from './tab-props';

type RequestType = NonNullable<Choices['requestTypes']>[number];

/** The catalogue, and which request type offers which of its products. */
export const ProductsTab = ({
  draft,
  edit,
  problems,
  choices,
  texts,
  catalogue,
  onCatalogue,
  onRequestType,
  moment,
}: TabProps & {
  readonly catalogue: CatalogueView;
  readonly onCatalogue: (catalogue: CatalogueView) => void;
  readonly onRequestType: (type: RequestType) => void;
  readonly moment: (at: string) => string;
}) => {
  const words = texts.settings.products;
  const { products } = draft;
  const [added, setAdded] = useState({ productId: '', requestTypeId: '' });

  const productName = (id: string): string => {
    const product = catalogue.products.find((candidate) => candidate.id === id);
    if (!product) return words.gone(id);
    const alike = catalogue.products.filter(({ name }) => name === product.name).length > 1;
    const name = alike ? `${product.name} (${product.region})` : product.name;
    return product.launchable ? name : words.notLaunchable(name);
  };
  const typeName = (id: string): string => {
    const type = choices.requestTypes?.find((candidate) => candidate.id === id);
    if (!type) return words.unknownType(id);
    return type.inPortal ? type.name : `${type.name} (${words.portalHidden})`;
  };
  const productOptions: Option[] = catalogue.products.map(({ id }) => ({
    value: id,
    label: productName(id),
  }));
  const typeOptions: Option[] = (choices.requestTypes ?? []).map(({ id }) => ({
    value: id,
    label: typeName(id),
  }));
  const map = (productId: string, requestTypeId: string): void =>
    edit({ products: [...products, { productId, requestTypeId, approval: 'required' }] });
  const isThere = products.some(
    ({ productId, requestTypeId }) => productId === added.productId && requestTypeId === added.requestTypeId,
  );

  return (
    <Stack space="space.300">
      <CataloguePanel catalogue={catalogue} onCatalogue={onCatalogue} texts={texts} moment={moment} />
      <Stack space="space.150">
        <Heading as="h3">{words.title}</Heading>
        {products.length === 0 ? (
          <Text>{words.none}</Text>
        ) : (
          <DynamicTable
            label={words.title}
            head={{
              cells: [
                { key: 'product', content: words.product },
                { key: 'type', content: words.requestType },
                { key: 'approval', content: words.approval },
                { key: 'remove', content: texts.settings.remove },
              ],
            }}
            rowsPerPage={20}
            rows={products.map(({ productId, requestTypeId, approval }, index) => ({
              key: `${productId}/${requestTypeId}`,
              cells: [
                { key: 'product', content: <Text>{productName(productId)}</Text> },
                { key: 'type', content: <Text>{typeName(requestTypeId)}</Text> },
                {
                  key: 'approval',
                  content: (
                    <Inline space="space.100" alignBlock="center">
                      <Toggle
                        label={words.approvalOf(productName(productId))}
                        isChecked={approval === 'required'}
                        onChange={(event) =>
                          edit({
                            products: products.map((product, at) =>
                              at === index
                                ? {
                                    ...product,
                                    approval: event.target.checked === true ? 'required' : 'none',
                                  }
                                : product,
                            ),
                          })
                        }
                      />
                      <Text>{words.approvals[approval]}</Text>
                    </Inline>
                  ),
                },
                {
                  key: 'remove',
                  content: (
                    <Button
                      appearance="subtle"
                      onClick={() => edit({ products: products.filter((_, at) => at !== index) })}
                    >
                      {words.removeRow(productName(productId))}
                    </Button>
                  ),
                },
              ],
            }))}
          />
        )}
      </Stack>
      <Stack space="space.150">
        <Heading as="h3">{words.map}</Heading>
        <ChoiceSetting
          label={words.product}
          path="new.productId"
          problems={problems}
          texts={texts}
          options={productOptions}
          value={added.productId}
          onChange={(productId) => setAdded({ ...added, productId })}
        />
        <ChoiceSetting
          label={words.requestType}
          path="new.requestTypeId"
          problems={problems}
          texts={texts}
          options={typeOptions}
          value={added.requestTypeId}
          onChange={(requestTypeId) => setAdded({ ...added, requestTypeId })}
        />
        <Inline>
          <Button
            isDisabled={added.productId === '' || added.requestTypeId === '' || isThere}
            onClick={() => {
              map(added.productId, added.requestTypeId);
              setAdded({ productId: '', requestTypeId: '' });
            }}
          >
            {words.add}
          </Button>
        </Inline>
      </Stack>
      <NewRequestType
        products={productOptions}
        issueTypes={choices.issueTypes ?? []}
        onCreated={(productId, type) => {
          onRequestType(type);
          map(productId, type.id);
        }}
        texts={texts}
      />
    </Stack>
  );
};
