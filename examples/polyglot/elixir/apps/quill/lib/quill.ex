defmodule Quill do
  @moduledoc "Measures text."

  @doc "Minutes that a reader needs at 200 words a minute."
  def reading_time(text), do: QuillWords.count(text) / 200
end
