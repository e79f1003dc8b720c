/**
 * Run by the python of an environment, with the name of an installed distribution: its modules import and what
 * its scripts call is there. What is raised while it imports is the package's own affair, unless something cannot
 * be imported or does not parse.
 */
export const loadScript = `import importlib
import sys
from importlib import metadata

name = sys.argv[1]
distribution = metadata.distribution(name)
aside = {"test", "tests", "doc", "docs", "example", "examples", "benchmarks"}
modules = set()
for file in distribution.files or []:
    parts = file.parts
    if any(part.endswith((".dist-info", ".data")) or part == ".." for part in parts):
        continue
    stem = parts[-1].split(".")[0]
    if len(parts) == 1 and parts[0].endswith((".py", ".so", ".pyd")):
        modules.add(stem)
    elif parts[-1] == "__init__.py":
        modules.add(".".join(parts[:-1]))

outermost = {each for each in modules if not any(each.startswith(other + ".") for other in modules)}


def stop(error):
    sys.exit(f"{name} is installed and of no use: {type(error).__name__}: {error}")


for module in sorted(outermost - aside):
    try:
        importlib.import_module(module)
    except (ImportError, SyntaxError) as error:
        stop(error)
    except BaseException as error:
        print(f"{module} raises {type(error).__name__}: {error}")

for entry in distribution.entry_points:
    if entry.group in ("console_scripts", "gui_scripts"):
        try:
            entry.load()
        except (ImportError, SyntaxError, AttributeError) as error:
            stop(error)
        except BaseException as error:
            print(f"{entry.name} raises {type(error).__name__}: {error}")
`;
