const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1 byte`, `999 bytes`, `1.2 KB`, `35 MB`. */
export function formatSize(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (amount >= 999.5 && unit < units.length - 1) [amount, unit] = [amount / 1000, unit + 1];
  if (unit === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${units[unit]}`;
}

/** `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 version`, `2 versions`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const spans = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `3 hours ago`, `in 2 days`, `just now`. */
export function formatAge(at: Date, now: Date): string {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  const [unit, length] = spans.find(([, each]) => Math.abs(seconds) >= each) ?? ['minute', 60];
  const amount = Math.floor(Math.abs(seconds) / length);
  if (amount === 0) return seconds >= 0 ? 'just now' : 'in a moment';
  const told = countOf(amount, unit);
  return seconds > 0 ? `${told} ago` : `in ${told}`;
}

/** `2026-01-31 14:05 UTC`. */
export function formatMoment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
