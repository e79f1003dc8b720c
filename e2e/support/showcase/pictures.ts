/** A picture of the docs: a page as somebody sees it. */
export interface Picture {
  readonly name: string;
  readonly path: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Whether it is seen by an administrator. */
  readonly asAdmin?: boolean;
}

const desk = { width: 1100, height: 760 } as const;
const phone = { width: 390, height: 844 } as const;

/** Taken by `tools/pictures`, into docs/images. */
export const pictures: readonly Picture[] = [
  { name: 'packages', path: '/ui', colorScheme: 'light', ...desk },
  { name: 'package', path: '/ui/packages/npm/%40lumen%2Fnode', colorScheme: 'light', ...desk },
  {
    name: 'package-dark',
    path: '/ui/packages/npm/%40lumen%2Fnode/1.1.0',
    colorScheme: 'dark',
    ...desk,
  },
  { name: 'releases', path: '/ui/releases', colorScheme: 'light', ...desk },
  { name: 'trail', path: '/ui/trail', colorScheme: 'dark', ...desk, asAdmin: true },
  { name: 'tokens', path: '/ui/account/tokens', colorScheme: 'light', ...desk, asAdmin: true },
  { name: 'phone', path: '/ui', colorScheme: 'light', ...phone },
  { name: 'phone-dark', path: '/ui/packages/cargo/lumen-core', colorScheme: 'dark', ...phone },
];
