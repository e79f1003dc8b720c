# Loads gemspecs, each in a process of its own as they define constants, and prints what RubyGems makes of them:
# a line of JSON for each argument, in their order.
require "bundler"
require "json"

def describe(path)
  Dir.chdir(File.dirname(path))
  spec = Gem::Specification.load(path)
  dependencies = spec.dependencies.map { |each| [each.name, each.requirement.as_list.sort] }
  { name: spec.name, version: spec.version.to_s, dependencies: dependencies }
end

ARGV.each do |path|
  reader, writer = IO.pipe
  child = fork do
    $stdout.reopen($stderr)
    writer.write(JSON.generate(describe(path)))
  end
  writer.close
  puts reader.read
  Process.wait(child)
end
