/** Ink and paper, an ember for what can be followed, and a hue for each ecosystem; contrasts are at least 4.5 to 1. */
export const colours = `
:root {
  color-scheme: light dark;
  --paper: #faf7f2;
  --sheet: #fffefc;
  --sunken: #f3eee6;
  --ink: #221c17;
  --soft: #5f564d;
  --line: #e5ddd2;
  --ember: #b8400c;
  --ember-strong: #93330a;
  --on-ember: #fffaf5;
  --glow: rgb(234 88 12 / 0.13);
  --good: #1c6b3c;
  --good-back: #e3f3e6;
  --bad: #a3261f;
  --bad-back: #fbe6e2;
  --shade: 0 1px 2px rgb(60 40 20 / 0.05), 0 6px 24px -12px rgb(60 40 20 / 0.12);
  --tint: 93%;
  --tone: 27%;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151210;
    --sheet: #1d1916;
    --sunken: #26211d;
    --ink: #f1e9df;
    --soft: #b3a798;
    --line: #362f29;
    --ember: #fb9a4b;
    --ember-strong: #fdba7c;
    --on-ember: #24130a;
    --glow: rgb(251 146 60 / 0.13);
    --good: #86d8a1;
    --good-back: #17301f;
    --bad: #f7a198;
    --bad-back: #3a1b18;
    --shade: 0 1px 2px rgb(0 0 0 / 0.4);
    --tint: 17%;
    --tone: 78%;
  }
}

`;
