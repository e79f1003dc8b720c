import { render, type Value } from './ruby/value';

/**
 * What `metadata["allowed_push_host"]` means: a URL is the only registry that `gem push` sends this gem to,
 * anything else (`TODO: Set to your gem server`, as `bundle gem` writes it) keeps it from being pushed at all.
 */
export function pushHost(value: Value | undefined): { private?: string; registry?: string } {
  const host = value ? render(value) : null;
  if (host === null) return {};
  return /^https?:\/\/[^/]/.test(host)
    ? { registry: host }
    : { private: `metadata["allowed_push_host"] = ${JSON.stringify(host)}` };
}

/** As `gem push` compares hosts: scheme and name; ports and paths do not count. */
export function isSameHost(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return a === b;
  const [left, right] = [new URL(a), new URL(b)];
  return left.protocol === right.protocol && left.hostname === right.hostname;
}

export function isLoopback(host: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(host);
}
