/** The list of packages and the choice of ecosystems above it. */
export const packages = `
.chips { display: flex; flex-wrap: wrap; gap: 0.45rem; margin-bottom: 1.25rem; }
.chip {
  display: inline-flex;
  align-items: center;
  gap: 0.5rem;
  padding: 0.3rem 0.85rem;
  border: 1px solid var(--line);
  border-radius: 99rem;
  background: var(--sheet);
  color: var(--ink);
  font-size: 0.92rem;
  font-weight: 500;
}
.chip::before { content: ""; width: 0.6rem; height: 0.6rem; border-radius: 50%; background: hsl(var(--hue) 65% 52%); }
.chip.hue-none::before { background: conic-gradient(hsl(24 80% 55%), hsl(48 80% 52%), hsl(152 50% 45%), hsl(216 65% 55%), hsl(268 55% 60%), hsl(356 65% 55%), hsl(24 80% 55%)); }
.chip .count { color: var(--soft); font-size: 0.85em; font-variant-numeric: tabular-nums; }
.chip:hover { color: var(--ink); border-color: var(--soft); text-decoration: none; }
.chip[aria-current] { background: var(--ink); border-color: var(--ink); color: var(--paper); }
.chip[aria-current] .count { color: inherit; opacity: 0.75; }

.packages {
  overflow: hidden;
  background: var(--sheet);
  border: 1px solid var(--line);
  border-radius: 0.9rem;
  box-shadow: var(--shade);
}
.package {
  position: relative;
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0.15rem 1rem;
  align-items: baseline;
  padding: 0.95rem 1.25rem;
}
.package + .package { border-top: 1px solid var(--line); }
.package:hover { background: color-mix(in srgb, var(--sunken) 45%, transparent); }
.package-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.15rem 0.7rem; }
.package h2 { font-size: 1.06rem; }
.package h2 a { color: var(--ink); }
.package h2 a::after { content: ""; position: absolute; inset: 0; }
.package h2 a:focus-visible { outline: none; }
.package:has(a:focus-visible) { outline: 3px solid var(--ember); outline-offset: -3px; border-radius: 0.9rem; }
.package .summary { grid-column: 1; color: var(--soft); }
.package .meta { grid-column: 2; grid-row: 1; white-space: nowrap; }

@media (max-width: 46rem) {
  .package { grid-template-columns: minmax(0, 1fr); padding: 0.9rem 1rem; }
  .package .meta { grid-column: 1; grid-row: auto; }
}
`;
