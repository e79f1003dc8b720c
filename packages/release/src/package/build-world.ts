import type { BuildEnvironment } from '../configuration/build-environment';
import type { World } from '../effects/world';

/** The same world, whose builds see more variables. What a recipe sets itself stays: it keeps a build in its place. */
export function buildWorld(world: World, { passEnv = [], env = {} }: BuildEnvironment): World {
  return {
    ...world,
    build: (command) =>
      world.build({
        ...command,
        passEnv: [...(command.passEnv ?? []), ...passEnv.filter((name) => !(name in env))],
        env: { ...env, ...command.env },
      }),
  };
}
