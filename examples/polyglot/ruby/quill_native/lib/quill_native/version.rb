# frozen_string_literal: true

module QuillNative
  VERSION = "1.0.0"
end
