import type { Expression } from './syntax';

/** `value |> f(rest)` is `f(value, rest)`; everything else stays what it is. */
export function piped(expression: Expression): Expression {
  if (expression.kind !== 'operation' || expression.operator !== '|>') return expression;
  const { left, right, start, end } = expression;
  return right.kind === 'call' ? { ...right, args: [left, ...right.args], start, end } : expression;
}
