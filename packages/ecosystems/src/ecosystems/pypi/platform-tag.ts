import { parseDistributionName } from './distribution-name';

/**
 * PyPI takes no wheel for a plain `linux_…`: it would only run where it was built. The two 32-bit ARM tags are left
 * over from before there were wheels for many Linuxes (warehouse, `forklift/legacy.py`).
 */
export function refusedPlatform(
  filename: string,
): { readonly what: string; readonly fix: string } | undefined {
  const platforms = parseDistributionName(filename)?.platform?.split('.') ?? [];
  const plain = platforms.filter((each) => /^linux_(?!armv[67]l$)/.test(each));
  if (plain.length === 0) return undefined;
  const architecture = (plain[0] ?? '').replace('linux_', '');
  return {
    what: `PyPI takes no wheel with the platform tag \`${plain.join('.')}\``,
    fix: `build it for \`manylinux_2_17_${architecture}\` or \`musllinux_1_2_${architecture}\`: \`maturin build --compatibility pypi --zig\`, \`auditwheel repair\` or cibuildwheel`,
  };
}
