/** Small things that many pages have. */
export const parts = `
.ecosystem {
  display: inline-flex;
  align-items: center;
  gap: 0.4em;
  padding: 0.1rem 0.6rem;
  border-radius: 99rem;
  background: hsl(var(--hue) 60% var(--tint));
  color: hsl(var(--hue) 72% var(--tone));
  font-size: 0.78rem;
  font-weight: 600;
  white-space: nowrap;
}

.hue-0 { --hue: 24; }
.hue-1 { --hue: 356; }
.hue-2 { --hue: 216; }
.hue-3 { --hue: 268; }
.hue-4 { --hue: 318; }
.hue-5 { --hue: 152; }
.hue-6 { --hue: 188; }
.hue-7 { --hue: 48; }

.tag {
  display: inline-block;
  padding: 0.05rem 0.5rem;
  border-radius: 0.4rem;
  background: var(--sunken);
  color: var(--soft);
  font-size: 0.78rem;
  font-weight: 550;
  white-space: nowrap;
}
.tag.good { background: var(--good-back); color: var(--good); }
.tag.bad { background: var(--bad-back); color: var(--bad); }

.version { color: var(--soft); font-weight: 500; }
.version.big { font-size: 0.62em; letter-spacing: -0.02em; white-space: nowrap; }
a.version { color: var(--ember); }
.withdrawn a, .withdrawn .version { text-decoration: line-through; color: var(--soft); }

.panel, .card, .release, .nothing {
  background: var(--sheet);
  border: 1px solid var(--line);
  border-radius: 0.9rem;
  box-shadow: var(--shade);
}
.panel { padding: 1.15rem 1.25rem 1.25rem; }
.panel > h2 { margin-bottom: 0.85rem; }

.notice {
  margin: 0 0 1.5rem;
  padding: 0.8rem 1.1rem;
  border: 1px solid color-mix(in srgb, var(--bad) 28%, transparent);
  border-radius: 0.8rem;
  background: var(--bad-back);
}
.notice.good { background: var(--good-back); border-color: color-mix(in srgb, var(--good) 28%, transparent); }
.notice.calm { background: var(--sunken); border-color: var(--line); }

pre {
  padding: 0.75rem 0.95rem;
  overflow-x: auto;
  border-radius: 0.6rem;
  background: var(--sunken);
  line-height: 1.65;
}
pre code { overflow-wrap: normal; white-space: pre; display: block; width: max-content; min-width: 100%; }
.notice pre { margin-top: 0.6rem; }
.copyable { user-select: all; }

details summary { cursor: pointer; color: var(--soft); font-size: 0.875rem; width: fit-content; }
details summary:hover { color: var(--ink); }
details pre { margin-top: 0.4rem; font-size: 0.85rem; }

.nothing { padding: 2.75rem 1.5rem; text-align: center; color: var(--soft); box-shadow: none; border-style: dashed; background: transparent; }
.nothing-title { color: var(--ink); font-size: 1.15rem; font-weight: 650; }

.pager { display: flex; justify-content: space-between; align-items: center; margin-top: 1.75rem; color: var(--soft); font-size: 0.9rem; }
`;
