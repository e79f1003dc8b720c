defmodule QuillWords do
  @moduledoc "Counts words."

  @doc "Number of words, separated by white space."
  def count(text), do: text |> String.split() |> length()
end
