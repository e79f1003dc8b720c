/** Type: one family for reading, one for what machines read. */
export const text = `
*, *::before, *::after { box-sizing: border-box; }

html { font-size: 100%; scroll-padding-top: 5rem; -webkit-text-size-adjust: 100%; }

body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: radial-gradient(75rem 34rem at 70% -8rem, var(--glow), transparent 70%) no-repeat var(--paper);
  color: var(--ink);
  font: 1rem/1.6 Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}

h1, h2, h3, p, ul, ol, dl, dd, pre, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3 { line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); font-weight: 700; letter-spacing: -0.03em; }
h2 { font-size: 1.06rem; font-weight: 650; }
h3 { font-size: 0.92rem; font-weight: 600; letter-spacing: 0; }

a { color: var(--ember); text-decoration: underline; text-decoration-color: transparent; text-underline-offset: 0.2em; }
a:hover { color: var(--ember-strong); text-decoration-color: currentColor; }
p a, dd a, .nothing a { text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }

code, pre, .version {
  font-family: "JetBrains Mono", ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, monospace;
  font-size: 0.86em;
  font-variant-ligatures: none;
}

:focus-visible { outline: 3px solid var(--ember); outline-offset: 2px; border-radius: 0.3rem; }
main:focus { outline: none; }

.hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

.skip {
  position: absolute;
  left: 1rem;
  top: -4rem;
  z-index: 3;
  padding: 0.5rem 1rem;
  background: var(--ember);
  color: var(--on-ember);
  border-radius: 0 0 0.5rem 0.5rem;
}
.skip:focus { top: 0; color: var(--on-ember); }

.lead { color: var(--soft); font-size: 1.08rem; max-width: 44rem; text-wrap: pretty; }
.meta, .faint { color: var(--soft); font-size: 0.875rem; }
.faint { font-style: italic; }

@media (prefers-reduced-motion: no-preference) {
  a, button, .button, .package, input { transition: color 0.12s, background-color 0.12s, border-color 0.12s; }
}

@media print {
  .bar, .foot, .pager, form { display: none; }
}
`;
