/**
 * Run by ruby with the name and version of an installed gem: what `require` finds for it by convention loads, and
 * its programs are there. What is raised while it loads is the gem's own affair, unless a file is missing or the
 * code does not parse.
 */
export const loadScript = `name, version = ARGV
gem name, "= #{version}"
spec = Gem.loaded_specs[name]

missing = spec.executables.reject { |file| File.exist?(File.join(spec.bin_dir, file)) || File.exist?(spec.bin_file(file)) }
abort "#{name} is installed and of no use: its executable #{missing.join(", ")} is not in the gem" if missing.any?

features = [name, name.tr("-", "/"), name.tr("-", "_")].uniq
found = features.find do |feature|
  spec.full_require_paths.any? { |path| Dir[File.join(path, "#{feature}.{rb,so,bundle,dll}")].any? }
end

begin
  require found if found
rescue LoadError, SyntaxError => error
  abort "#{name} is installed and of no use: #{error.message}"
rescue StandardError => error
  puts "it raises: #{error.message}"
end
exit!(true)
`;
