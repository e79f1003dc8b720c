import type { RequirementGrammar } from './version';

/** More different questions than a large workspace asks; a process that lives long forgets all of them then. */
const most = 50_000;
/** Longer than anybody's requirement. A server is asked by strangers, too, who may say whatever they like. */
const longest = 500;

/**
 * A grammar that answers the same question once. A thousand manifests ask for the same few requirements and versions,
 * and a rewritten requirement is tried against its version again when the edited manifest is read back.
 */
export function remembered({
  satisfies,
  rewrite,
  ...rest
}: RequirementGrammar): RequirementGrammar {
  return {
    ...rest,
    satisfies: once(satisfies),
    rewrite: once(rewrite),
  };
}

function once<Asked extends readonly string[], Answer>(
  ask: (...asked: Asked) => Answer,
): (...asked: Asked) => Answer {
  const answers = new Map<string, Answer>();
  return (...asked) => {
    // The length keeps apart what a text with a NUL of its own would join.
    const key = `${asked[0]?.length ?? 0}\0${asked.join('\0')}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(...asked);
    if (key.length > longest) return answer;
    if (answers.size >= most) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
