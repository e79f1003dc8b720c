import { edits } from './edits';
import { inference } from './inference';
import { renderFigures, type Figure } from './figures';
import { planning } from './planning';
import { publish } from './publish';
import { publishUploads } from './publish-uploads';
import { registry } from './registry';
import { registryGrowth } from './registry-growth';
import { startUp } from './start-up';
import { versioning } from './versioning';

/** Every benchmark by name. Each returns its figures beside their baselines and bars. */
const benchmarks: Readonly<Record<string, (scale?: number) => Figure[] | Promise<Figure[]>>> = {
  edits,
  inference,
  planning,
  publish,
  'publish-uploads': publishUploads,
  registry,
  'registry-growth': registryGrowth,
  'start-up': startUp,
  versioning,
};

/**
 * `npm run bench` runs all, `npm run bench -- inference` one, and `registry=1000` one with a scale that it knows. Fails
 * when a figure misses its bar.
 */
async function main(names: readonly string[]): Promise<boolean> {
  // Measured servers inherit the environment, and somebody's own registry is none of them.
  delete process.env['FORGE_DATABASE_URL'];
  const chosen = names.length > 0 ? names : Object.keys(benchmarks);
  let isMet = true;
  for (const each of chosen) {
    const [name = '', scale] = each.split('=');
    const run = benchmarks[name];
    if (!run)
      throw new Error(
        `there is no benchmark \`${name}\`; choose from ${Object.keys(benchmarks).join(', ')}`,
      );
    const figures = await run(scale === undefined ? undefined : Number(scale));
    console.log(renderFigures(name, figures));
    isMet &&= figures.every(({ value, bar }) => bar === undefined || value <= bar);
  }
  return isMet;
}

main(process.argv.slice(2)).then(
  (isMet) => {
    process.exitCode = isMet ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
