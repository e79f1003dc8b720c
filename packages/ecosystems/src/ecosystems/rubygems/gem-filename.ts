/** The name under which a gem is served: the platform is left out where it is `ruby`. */
export function gemFilename(name: string, version: string, platform: string): string {
  return platform === 'ruby' ? `${name}-${version}.gem` : `${name}-${version}-${platform}.gem`;
}
