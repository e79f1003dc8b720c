/** What stands around every page, and how its parts lie beside each other. */
export const frame = `
.bar {
  position: sticky;
  top: 0;
  z-index: 2;
  background: color-mix(in srgb, var(--paper) 86%, transparent);
  backdrop-filter: blur(10px);
  border-bottom: 1px solid var(--line);
}
.bar-inside {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.6rem 1.5rem;
  max-width: 70rem;
  margin: 0 auto;
  padding: 0.7rem 1.25rem;
}
.brand {
  display: inline-flex;
  align-items: center;
  gap: 0.55rem;
  color: var(--ink);
  font-weight: 700;
  letter-spacing: -0.02em;
  white-space: nowrap;
}
.brand:hover { color: var(--ink); text-decoration-color: transparent; }
.mark { width: 1.7rem; height: 1.7rem; }
.mark .anvil { fill: currentColor; }
.mark .spark { fill: var(--ember); }

.find { flex: 1 1 14rem; display: flex; max-width: 26rem; position: relative; }
.find input { width: 100%; padding-right: 5rem; border-radius: 99rem; padding-left: 1rem; }
.find button {
  position: absolute;
  right: 0.2rem;
  top: 0.2rem;
  bottom: 0.2rem;
  padding: 0 0.85rem;
  border-radius: 99rem;
  border-color: transparent;
  background: var(--sunken);
  font-size: 0.85rem;
  box-shadow: none;
}

.bar nav { display: flex; align-items: center; gap: 1rem; margin-left: auto; }
.bar nav ul { display: flex; gap: 0.25rem; }
.bar nav li a {
  display: block;
  padding: 0.3rem 0.7rem;
  border-radius: 99rem;
  color: var(--soft);
  font-size: 0.92rem;
  font-weight: 500;
}
.bar nav li a:hover { color: var(--ink); text-decoration: none; }
.bar nav li a[aria-current] { background: var(--sunken); color: var(--ink); }

.page { flex: 1; width: 100%; max-width: 70rem; margin: 0 auto; padding: 2.25rem 1.25rem 4rem; }
.page.narrow { max-width: 32rem; }

.welcome { padding: 1.75rem 0 2.25rem; }
.welcome h1 { font-size: clamp(2.3rem, 1.4rem + 4.6vw, 4rem); line-height: 1.04; font-weight: 750; letter-spacing: -0.045em; }
.welcome p { margin-top: 1rem; color: var(--soft); font-size: 1.1rem; max-width: 36rem; text-wrap: pretty; }

.title { padding: 0.5rem 0 1.75rem; display: grid; gap: 0.55rem; }
.title .above { display: flex; gap: 0.5rem; }

.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(15rem, 18.5rem); gap: 2rem; align-items: start; }
.wide { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }

.foot { border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
.foot p { max-width: 70rem; margin: 0 auto; padding: 1.25rem; }

@media (max-width: 52rem) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
  .page { padding-top: 1.25rem; }
}
@media (max-width: 46rem) {
  .bar { position: static; }
  .bar-inside { gap: 0.55rem 1rem; padding: 0.7rem 1rem; }
  .bar nav { margin-left: 0; width: 100%; justify-content: space-between; }
  .bar nav ul { margin-left: -0.7rem; flex-wrap: wrap; }
  .find { max-width: none; }
  .page { padding-inline: 1rem; }
  .welcome { padding: 0.75rem 0 1.5rem; }
}
`;
