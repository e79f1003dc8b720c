import type { WorkflowStep } from '@forge/ecosystems';
import type { YamlMap } from '../write-yaml';

/** An expression that GitHub fills in. Never inside `run:`, where text from outside would become a program. */
export function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** Lines for the shell, as one block. */
export function script(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** A step that an ecosystem or a package manager describes. */
export function toYaml(step: WorkflowStep): YamlMap {
  return { ...step };
}
