/** The name under which a gem is served: the platform is left out where it is `ruby`. */
export function gemFilename(name: string, version: string, platform: string): string {
  return platform === 'ruby' ? `${name}-${version}.gem` : `${name}-${version}-${platform}.gem`;
}

/** The platform in the name of a served file, undefined for `ruby`; a version has no dash. */
export function platformOf(filename: string, name: string): string | undefined {
  return /^[^-]*-(.+)\.gem$/.exec(filename.slice(`${name}-`.length))?.[1];
}
