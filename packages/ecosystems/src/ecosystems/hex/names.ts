/** hexpm, `lib/hexpm/repository/package.ex`. */
export const namePattern = /^[a-z][a-z0-9_]+$/;

/** Names of Elixir's and Erlang's own applications, which hexpm keeps free (same file, abridged to those that Mix ships). */
const reserved = new Set(
  'eex elixir elixirc ex_unit iex logger mix hex hexpm stdlib kernel erts crypto ssl inets compiler sasl'.split(
    ' ',
  ),
);

export function isReserved(name: string): boolean {
  return reserved.has(name);
}
