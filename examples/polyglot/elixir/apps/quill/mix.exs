defmodule Quill.MixProject do
  use Mix.Project

  def project do
    [
      app: :quill,
      version: "1.0.0",
      elixir: "~> 1.14",
      build_path: "../../_build",
      deps_path: "../../deps",
      lockfile: "../../mix.lock",
      description: "Measures text",
      package: package(),
      deps: deps()
    ]
  end

  def application, do: []

  defp package do
    [
      licenses: ["MIT"],
      links: %{"Source" => "https://example.invalid/quill"}
    ]
  end

  defp deps do
    [
      # Released together with this one.
      {:quill_words, in_umbrella: true}
    ]
  end
end
