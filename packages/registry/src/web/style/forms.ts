/** What can be filled in and pressed. */
export const forms = `
button, .button {
  display: inline-block;
  padding: 0.5rem 1.05rem;
  border: 1px solid var(--line);
  border-radius: 0.6rem;
  background: var(--sheet);
  color: var(--ink);
  font: inherit;
  font-weight: 550;
  cursor: pointer;
  text-decoration: none;
}
button:hover, .button:hover { border-color: var(--soft); color: var(--ink); text-decoration: none; }
.small { padding: 0.28rem 0.8rem; font-size: 0.875rem; white-space: nowrap; }
.primary { background: var(--ember); border-color: var(--ember); color: var(--on-ember); }
.primary:hover { background: var(--ember-strong); border-color: var(--ember-strong); color: var(--on-ember); }
.danger { color: var(--bad); }
.danger:hover { border-color: var(--bad); color: var(--bad); }

input, select {
  padding: 0.5rem 0.8rem;
  border: 1px solid color-mix(in srgb, var(--soft) 55%, var(--line));
  border-radius: 0.6rem;
  background: var(--sheet);
  color: var(--ink);
  font: inherit;
  min-width: 0;
}
input::placeholder { color: var(--soft); opacity: 0.85; }
input:focus-visible, select:focus-visible { outline-offset: 0; border-color: var(--ember); border-radius: 0.6rem; }
.find input:focus-visible { border-radius: 99rem; }
input[type="checkbox"] { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--ember); }

form.card, .card form { display: grid; gap: 0.95rem; }
.card { padding: 1.25rem; margin-bottom: 1rem; }
.card label, .filter label { display: grid; gap: 0.25rem; font-size: 0.9rem; font-weight: 550; }
.card > details summary, details.card summary { font-weight: 550; }
details.card[open] summary { margin-bottom: 0.9rem; }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 0.35rem; }
legend { padding: 0; margin-bottom: 0.3rem; font-size: 0.9rem; font-weight: 550; }
.card label.check { display: flex; align-items: center; gap: 0.55rem; font-weight: 450; }
.card .meta { margin-top: -0.6rem; }

.filter { display: flex; flex-wrap: wrap; gap: 0.8rem; align-items: end; margin-bottom: 1.25rem; }
.filter label { flex: 1 1 12rem; }
`;
