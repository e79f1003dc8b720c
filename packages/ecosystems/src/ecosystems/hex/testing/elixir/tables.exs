# What Elixir says of versions and requirements. Run by hand: `elixir tables.exs 2>/dev/null`, in this directory.

texts = [
  "1.2.3", "0.0.0", "1.2.3-rc.1", "1.2.3-rc", "1.2.3-0", "1.2.3-0a", "1.2.3-a-b", "1.2.3--", "1.2.3-rc.1+build.7",
  "1.2.3+7", "1.2.3+007", "1.2.3+a-b", "10.20.30", "2024.11.5", "1.2.3-alpha.beta", "1.2.3-1.2.3",
  "", "1", "1.2", "1.2.3.4", "v1.2.3", "=1.2.3", "01.2.3", "1.02.3", "1.2.03", "1.2.3-01", "1.2.3-rc.01", "1.2.3-",
  "1.2.3+", "1.2.3-rc..1", "1.2.3-rc_1", "1.2.3+a+b", "1.2.x", "1.2.*", " 1.2.3", "1.2.3 ", "1.2.3\n", "-1.2.3",
  "1.2.-3", "1.2.3-é", "١.2.3", "latest"
]

ascending = [
  "0.0.1", "0.1.0", "1.0.0-0", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-A", "1.0.0-a", "1.0.0-alpha", "1.0.0-alpha.1",
  "1.0.0-alpha.beta", "1.0.0-alpha-1", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0-rc.1+7",
  "1.0.0-rc.1.0", "1.0.0", "1.0.0+7", "1.0.0+8", "1.0.1", "1.0.10", "1.1.0-dev", "1.1.0", "1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0",
  "10.0.0"
]

requirements = [
  "~> 1.2", "~>1.2", "~> 1.0", "~> 0.3", "~> 1.2.0", "~> 1.2.3", "~> 1.2-rc.1", "~> 1.2.0-rc.1", "~> 1.2+7", "~> 2.0.0-0",
  "1.2.0", "==1.2.0", "== 1.2.0+7", "== 1.3.0-rc.1", "!= 1.2.0", "!1.2.0", "! 1.2.0", "!= 1.3.0-rc.1",
  "> 1.2.0", "> 1.2.0-rc.1", ">= 1.2.0", ">=1.2.0", ">= 1.3.0-rc.1", "< 2.0.0", "<2.0.0", "< 2.0.0-0", "<= 1.3.0", "<= 1.3.0-rc.1",
  ">= 1.2.0 and < 2.0.0", ">=1.2.0 and <2.0.0", ">= 1.2.0 and < 2.0.0-0", "  >=  1.2.0   and  <  1.3.0  ",
  "~> 1.2 and >= 1.2.3 or ~> 2.0", "~> 2.0 or ~> 1.2 and >= 1.2.3", "~> 1.2 or ~> 2.0", "== 1.2.0 or == 2.0.0", "1.2.0 or 2.0.0",
  "~> 1.2 and != 1.2.5", ">= 1.0.0 or < 0.1.0 and > 0.0.1", "~> 1.2.0 or ~> 1.3.0-rc.1",
  "", " ", "~> 1", "~> 1.2.3.4", "1.2", ">= 1.2", "== 1.2", "!= 1.2", "^1.2", "= 1.2.0", "=== 1.2.0", "=> 1.2.0", ">> 1.2.0",
  "> = 1.2.0", "! = 1.2.0", "~ > 1.2", "== == 1.2.0", "~>~> 1.2", "!= ~> 1.2", "v1.2.0", "~> v1.2", "~> 01.2", "~> 1.2-01", "~> 1.2-",
  "~> 1.2.*", "*", "~> 1.x", "(~> 1.2)", "~> 1.2, ~> 1.3", "~> 1.2 || ~> 2.0", "~> 1.2 && ~> 1.3", "~> 1.2 AND ~> 1.3", "~> 1.2 ~> 1.3",
  ">= 1.2.0 < 2.0.0", ">=1.2.0and<2.0.0", ">= 1.2.0 and", "and >= 1.2.0", ">= 1.2.0 or", "or >= 1.2.0", "~> 1.2 and and ~> 1.3",
  "~> 1.2 or and ~> 1.3", ">= and 1.2.0", "1.2.0 2.0.0", "1. 2.0", ">", "~>", "~> 1.2\tor ~> 2.0", "~> 1.2\n", "\t1.2.0"
]

versions = [
  "0.0.1", "0.3.0", "0.4.0", "1.0.0", "1.1.0-dev", "1.2.0-rc.1", "1.2.0-rc.2", "1.2.0", "1.2.0+8", "1.2.3", "1.2.5", "1.3.0-rc.1", "1.3.0",
  "1.9.9", "2.0.0-0", "2.0.0-rc.1", "2.0.0", "2.3.4", "3.0.0"
]

shown = fn text -> inspect(text, printable_limit: :infinity, binaries: :as_strings) end
line = fn cells -> Enum.join(cells, "\t") <> "\n" end
write = fn file, lines -> File.write!(file, ["# Elixir #{System.version()}, tables.exs\n" | lines]) end

write.(
  "parsed.tsv",
  for(text <- texts, do: line.([shown.(text), if(Version.parse(text) == :error, do: "error", else: "ok")]))
)

signs = %{lt: "<", eq: "=", gt: ">"}

write.("compared.tsv", [
  line.(["" | ascending])
  | for(a <- ascending, do: line.([a | for(b <- ascending, do: signs[Version.compare(a, b)])]))
])

# y: matches; p: matches where prereleases are allowed, Elixir's default; -: does not match.
cell = fn requirement, version ->
  case {Version.match?(version, requirement), Version.match?(version, requirement, allow_pre: false)} do
    {true, true} -> "y"
    {true, false} -> "p"
    {false, false} -> "-"
  end
end

write.("matched.tsv", [
  line.(["" | versions])
  | for requirement <- requirements do
      case Version.parse_requirement(requirement) do
        :error -> line.([shown.(requirement), "error"])
        {:ok, parsed} -> line.([shown.(requirement) | for(version <- versions, do: cell.(parsed, version))])
      end
    end
])
