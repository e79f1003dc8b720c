import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type TableName = 'parsed' | 'compared' | 'matched';

/** What Elixir itself says, row by row; `elixir/tables.exs` wrote it down. Texts stand in quotes, with escapes. */
export function elixirTable(name: TableName): readonly (readonly string[])[] {
  const text = readFileSync(join(__dirname, 'elixir', `${name}.tsv`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').map(unquoted));
}

function unquoted(cell: string): string {
  return cell.startsWith('"') ? (JSON.parse(cell) as string) : cell;
}
