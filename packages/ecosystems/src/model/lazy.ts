/**
 * An object whose listed members are computed on first use and kept. With `require` inside the
 * functions, a module loads only when its facet is touched.
 */
export function withLazy<Data extends object, Facets extends object>(
  data: Data,
  facets: { readonly [Key in keyof Facets]: () => Facets[Key] },
): Data & Facets {
  const target = { ...data };
  for (const key of Object.keys(facets) as (keyof Facets)[]) {
    Object.defineProperty(target, key, {
      configurable: true,
      enumerable: true,
      get() {
        const value = facets[key]();
        Object.defineProperty(target, key, { value, enumerable: true });
        return value;
      },
    });
  }
  return target as Data & Facets;
}
