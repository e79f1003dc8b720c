# frozen_string_literal: true

require "quill_native"

# Measures text.
module Quill
  # Minutes that a reader needs at 200 words a minute.
  def self.reading_time(text)
    QuillNative.words(text) / 200.0
  end
end
