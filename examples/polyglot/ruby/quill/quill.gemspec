# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = "quill"
  spec.version = "1.0.0"
  spec.summary = "Measures text"
  spec.authors = ["Quill contributors"]
  spec.license = "MIT"
  spec.homepage = "https://example.invalid/quill"
  spec.required_ruby_version = ">= 3.0"
  spec.files = Dir["lib/**/*.rb", "README.md", "LICENSE"]
  spec.add_dependency "quill_native", "~> 1.0"
end
