# frozen_string_literal: true

require "fileutils"

# `gem install` runs this, then `make` and `make install`.
source = __dir__
target = File.expand_path("../../lib/quill_native", source)
File.write("Makefile", <<~MAKE)
  all:
  \tcargo build --release --manifest-path "#{source}/Cargo.toml" --target-dir "#{Dir.pwd}/target"

  install:
  \tmkdir -p "#{target}"
  \tcp "#{Dir.pwd}/target/release/libquill_native.so" "#{target}/"

  clean:
  \trm -rf "#{Dir.pwd}/target"
MAKE
