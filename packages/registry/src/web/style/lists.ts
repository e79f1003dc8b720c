/** Lists and tables of what belongs to a package, a release or a user. */
export const lists = `
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
th, td { padding: 0.5rem 0.9rem 0.5rem 0; text-align: left; vertical-align: baseline; white-space: nowrap; }
thead th { color: var(--soft); font-size: 0.8rem; font-weight: 500; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 500; }
tbody tr + tr > * { border-top: 1px solid color-mix(in srgb, var(--line) 60%, transparent); }
tbody th .tag { margin-left: 0.35rem; }
tbody td:last-child { color: var(--soft); }
th a[aria-current] { color: var(--ink); font-weight: 700; }
.panel table + p, .scroll + p { margin-top: 0.8rem; }

.guide + .guide { margin-top: 0.95rem; }
.guide h3 { margin-bottom: 0.35rem; }
.guide .file { color: var(--soft); font-weight: 400; }

.files li + li, .tokens li + li, .trail li + li {
  margin-top: 0.9rem;
  padding-top: 0.9rem;
  border-top: 1px solid color-mix(in srgb, var(--line) 60%, transparent);
}
.file-head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.2rem 1rem; font-weight: 550; }
.file-head .size { color: var(--soft); font-weight: 400; font-size: 0.9rem; }
.digest { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); gap: 0.5rem; align-items: baseline; color: var(--soft); font-size: 0.85rem; margin-top: 0.2rem; }
.files details { margin-top: 0.3rem; }

.dependencies li { display: flex; flex-wrap: wrap; gap: 0.15rem 0.7rem; align-items: baseline; padding: 0.25rem 0; }
.dependencies code { color: var(--soft); }

.together { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.arrived {
  display: inline-flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.2rem 0.6rem;
  padding: 0.3rem 0.45rem 0.3rem 0.8rem;
  border: 1px solid var(--line);
  border-radius: 0.7rem;
  background: var(--sheet);
}
.arrived a { color: var(--ink); font-weight: 550; }

.facts { display: grid; gap: 1.1rem; font-size: 0.92rem; }
.facts dt { color: var(--soft); font-size: 0.8rem; }
.facts dd { font-weight: 500; }
.words { display: flex; flex-wrap: wrap; gap: 0.3rem; margin-top: 0.15rem; }
.words a { display: inline-block; padding: 0.05rem 0.6rem; border-radius: 99rem; background: var(--sunken); color: var(--soft); font-size: 0.85rem; }
.words a:hover { color: var(--ink); }

.trail li { display: flex; flex-wrap: wrap; gap: 0.2rem 0.7rem; align-items: baseline; }
.trail li + li { margin-top: 0.5rem; padding-top: 0.5rem; }
.trail .subject { font-weight: 500; }
.trail .meta { margin-left: auto; }
.trail details, .trail .reason { flex-basis: 100%; }
.trail .reason { color: var(--soft); }

.tokens li { display: flex; justify-content: space-between; gap: 1rem; align-items: start; }
.tokens h3 { font-size: 1rem; margin-bottom: 0.2rem; }

.webhooks { display: grid; gap: 1rem; }
.webhooks .panel { display: grid; gap: 0.45rem; }
.webhooks h2 { margin: 0; }
.removal { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; align-items: center; margin-top: 2rem; }
.trail form { margin-left: 0.2rem; }

.releases { display: grid; gap: 1rem; }
.release { padding: 1.1rem 1.25rem 1.25rem; }
.release .meta { margin: 0.1rem 0 0.8rem; }
`;
