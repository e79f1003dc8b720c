# frozen_string_literal: true

require_relative "lib/quill_native/version"

Gem::Specification.new do |spec|
  spec.name = "quill_native"
  spec.version = QuillNative::VERSION
  spec.summary = "The quill core, compiled when the gem is installed"
  spec.authors = ["Quill contributors"]
  spec.license = "MIT"
  spec.homepage = "https://example.invalid/quill"
  spec.required_ruby_version = ">= 3.0"
  spec.files = Dir["lib/**/*.rb", "ext/**/*.{rs,rb,toml}", "README.md", "LICENSE"]
  spec.extensions = ["ext/quill_native/extconf.rb"]
end
