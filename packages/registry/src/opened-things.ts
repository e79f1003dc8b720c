/** What was opened, to be closed in the opposite order. */
export interface OpenedThings {
  /** To be called as soon as something is open. */
  add(close: () => Promise<void>): void;
  /** Closes each, also where another one cannot be closed, and throws the last fault. May be called twice. */
  close(): Promise<void>;
}

/** Nothing yet. */
export function openedThings(): OpenedThings {
  const closers: (() => Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    const close = closers.pop();
    if (!close) return;
    await close().finally(closeAll);
  };
  return {
    add: (close) => void closers.push(close),
    close: () => (closing ??= closeAll()),
  };
}
