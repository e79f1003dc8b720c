# frozen_string_literal: true

require "fiddle"
require_relative "quill_native/version"

# The quill core through its C interface.
module QuillNative
  LIBRARY = Fiddle.dlopen(File.join(__dir__, "quill_native", "libquill_native.so"))
  WORDS = Fiddle::Function.new(LIBRARY["quill_words"], [Fiddle::TYPE_VOIDP, Fiddle::TYPE_SIZE_T], Fiddle::TYPE_SIZE_T)

  # Number of words, separated by white space.
  def self.words(text)
    bytes = text.encode("UTF-8")
    WORDS.call(bytes, bytes.bytesize)
  end
end
