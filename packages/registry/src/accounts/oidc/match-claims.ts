/** Claims that say whose job it is. At least one of them is asked for in full, or the rest would fit anybody. */
const identifying: ReadonlySet<string> = new Set([
  'sub',
  'repository',
  'repository_id',
  'project_path',
  'project_id',
  'email',
]);

/** Why claims are too little to trust somebody by; `undefined` for enough. */
export function weaknessOf(claims: Readonly<Record<string, string>>): string | undefined {
  const full = Object.entries(claims).filter(([, value]) => !value.endsWith('*'));
  if (full.some(([key, value]) => identifying.has(key) && value !== '')) return undefined;
  return `one of ${[...identifying].map((each) => `\`${each}\``).join(', ')} must be told in full`;
}

/** Whether an identity claims everything that is asked; a final `*` is whatever comes. Case counts. */
export function fits(
  asked: Readonly<Record<string, string>>,
  claimed: Readonly<Record<string, unknown>>,
): boolean {
  const wanted = Object.entries(asked);
  return (
    wanted.length > 0 &&
    wanted.every(([key, value]) => {
      const said = Object.hasOwn(claimed, key) ? claimed[key] : undefined;
      if (typeof said !== 'string' && typeof said !== 'number') return false;
      const text = String(said);
      return value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
    })
  );
}
