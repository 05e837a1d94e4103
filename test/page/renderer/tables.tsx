import DynamicTable from '@atlaskit/dynamic-table';
import type { HeadCellType, RowType, StatefulProps } from '@atlaskit/dynamic-table/types';
import type { ForgeDoc } from './forge-doc';
import { Content, model, Parts } from './model';
import { NotModelled } from './not-modelled';

const CELL = new Set(['cellKey', 'colSpan', 'isSortable', 'shouldTruncate', 'width', 'children']);
const ROW = new Set(['rowKey', 'isHighlighted', 'children']);

/** Narrower than this, in pixels, columns are too narrow to be read. */
const LEGIBLE = 640;

const wrapped = (table: ForgeDoc, name: string): readonly ForgeDoc[] =>
  table.children.find(({ type, props }) => type === 'ContentWrapper' && props['name'] === name)?.children ??
  [];

/** What a cell or a row says that nobody here honours. */
const unknownIn = (nodes: readonly ForgeDoc[], known: ReadonlySet<string>): string | undefined =>
  nodes
    .flatMap(({ type, props }) =>
      Object.keys(props).map((prop) => (known.has(prop) ? '' : `${type}.${prop}`)),
    )
    .find((prop) => prop !== '');

const cellOf = (cell: ForgeDoc): HeadCellType => {
  const { cellKey, ...props } = cell.props;
  // UI Kit's type of a cell is Atlaskit's, with its key under another name.
  return { ...(props as HeadCellType), key: String(cellKey), content: <Parts nodes={cell.children} /> };
};

const rowOf = ({ props, children }: ForgeDoc): RowType => ({
  key: String(props['rowKey']),
  ...(props['isHighlighted'] === true ? { isHighlighted: true } : {}),
  cells: children.map(cellOf),
});

type TableProps = Omit<StatefulProps, 'head' | 'rows' | 'emptyView'> & { emptyView: unknown };

const dynamicTable = model<TableProps>(
  [
    'caption',
    'defaultPage',
    'defaultSortKey',
    'defaultSortOrder',
    'emptyView',
    'highlightedRowIndex',
    'isFixedSize',
    'isLoading',
    'label',
    'loadingSpinnerSize',
    'onSetPage',
    'page',
    'paginationi18n',
    'rowsPerPage',
    'sortKey',
    'sortOrder',
  ],
  ({ node, props: { emptyView, onSetPage, ...props } }) => {
    const head = wrapped(node, 'head');
    const rows = wrapped(node, 'rows');
    const unknown =
      unknownIn(rows, ROW) ?? unknownIn([...head, ...rows.flatMap((row) => row.children)], CELL);
    if (unknown !== undefined) return <NotModelled what={unknown} />;
    return (
      // A wide table scrolls by itself, not the page; whoever has no mouse can reach it.
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={props.label ?? 'Table'}>
        <div style={{ minInlineSize: LEGIBLE, overflowWrap: 'break-word' }}>
          <DynamicTable
            {...props}
            {...(head.length === 0 ? {} : { head: { cells: head.map(cellOf) } })}
            rows={rows.map(rowOf)}
            {...(emptyView === undefined ? {} : { emptyView: <Content of={node} prop="emptyView" /> })}
            onSetPage={(page) => onSetPage?.(page)}
          />
        </div>
      </div>
    );
  },
);

export const tables = { DynamicTable: dynamicTable };
