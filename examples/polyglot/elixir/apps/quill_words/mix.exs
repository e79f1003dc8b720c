defmodule QuillWords.MixProject do
  use Mix.Project

  @version "1.0.0"

  def project do
    [
      app: :quill_words,
      version: @version,
      elixir: "~> 1.14",
      build_path: "../../_build",
      deps_path: "../../deps",
      lockfile: "../../mix.lock",
      description: "Counts words",
      package: [licenses: ["MIT"], links: %{"Source" => "https://example.invalid/quill"}],
      deps: []
    ]
  end

  def application, do: []
end
