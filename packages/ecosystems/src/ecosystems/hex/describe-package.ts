/** Begins the one line that carries the description; what the project itself prints stands on other lines. */
const marker = 'forge-package: ';

/**
 * Run by `elixir -e` in the package's directory, with the path of the tarball as its argument. Mix evaluates
 * the project as it does for every task, but loads no dependency, so a bare Elixir without Hex, a lock file or
 * fetched dependencies suffices (1.14). Where the Hex archive is installed, its own `hex.build` packs;
 * otherwise the script says what Hex's task would pack (Hex 2.5, `lib/mix/tasks/hex.build.ex`), as an Erlang
 * term in ASCII.
 */
export const describeScript = `
[output] = System.argv()
Mix.start()
if function_exported?(Mix.Local, :append_archives, 0), do: Mix.Local.append_archives()
Code.compile_file("mix.exs")
config = Mix.Project.config()

if Code.ensure_loaded?(Mix.Tasks.Hex.Build) do
  Mix.Task.run("hex.build", ["--output", output])
else
  plain = fn
    _, value when is_binary(value) or is_number(value) or is_boolean(value) -> value
    _, nil -> nil
    _, value when is_atom(value) -> Atom.to_string(value)
    plain, value when is_list(value) -> Enum.map(value, &plain.(plain, &1))
    plain, {key, value} -> {plain.(plain, key), plain.(plain, value)}
    _, %{__struct__: _} = value -> inspect(value)
    plain, value when is_map(value) -> value |> Enum.sort() |> Enum.map(&plain.(plain, &1))
    _, value -> inspect(value)
  end

  below = fn below, path ->
    case File.lstat(path) do
      {:ok, %{type: :directory}} ->
        path |> File.ls!() |> Enum.sort() |> Enum.flat_map(&below.(below, Path.join(path, &1)))
      _ ->
        [path]
    end
  end

  defaults =
    ~w(lib priv .formatter.exs mix.exs README* readme* LICENSE* license*) ++
      ~w(CHANGELOG* changelog* src c_src Makefile*)

  package = Map.new(config[:package] || [])
  excluded = package[:exclude_patterns] || []
  root = File.cwd!()

  files =
    (package[:files] || defaults)
    |> Enum.flat_map(&Path.wildcard(Path.join(root, &1)))
    |> Enum.flat_map(&below.(below, &1))
    |> Enum.map(&Path.relative_to(Path.expand(&1), root))
    |> Enum.uniq()
    |> Enum.reject(fn path ->
      Path.basename(path) == ".DS_Store" or Enum.any?(excluded, &(path =~ &1))
    end)

  missing = Enum.filter(package[:files] || [], &(Path.wildcard(Path.join(root, &1)) == []))

  tools =
    for {file, tool} <- [
          {"mix.exs", "mix"}, {"rebar", "rebar3"}, {"rebar.lock", "rebar3"},
          {"rebar.config", "rebar3"}, {"rebar.config.script", "rebar3"},
          {"erlang.mk", "make"}, {"Makefile", "make"}, {"Makefile.win", "make"}
        ],
        file in files, uniq: true, do: tool

  production = fn {_, _, options} ->
    if only = options[:only], do: :prod in List.wrap(only), else: true
  end

  from_hex = fn {_, _, options} ->
    options[:hex] != nil or not Enum.any?([:git, :github, :path, :in_umbrella], &options[&1])
  end

  {dependencies, elsewhere} =
    (config[:deps] || [])
    |> Enum.map(fn
      {app, options} when is_list(options) -> {app, nil, options}
      {app, requirement} -> {app, requirement, []}
      {app, requirement, options} -> {app, requirement, options}
    end)
    |> Enum.filter(production)
    |> Enum.split_with(from_hex)

  requirements =
    for {app, requirement, options} <- dependencies do
      repository =
        to_string(options[:repo] || options[:organization] || "hexpm")
        |> String.split(":", parts: 2)
        |> List.last()

      %{
        name: options[:hex] || app,
        app: app,
        requirement: requirement,
        optional: options[:optional] || false,
        repository: repository
      }
    end

  description = package[:description] || config[:description]

  metadata =
    config
    |> Keyword.take([:app, :version, :elixir])
    |> Map.new()
    |> Map.merge(Map.take(package, [:licenses, :links, :extra, :elixir]))
    |> Map.merge(%{
      name: package[:name] || config[:app],
      files: files,
      build_tools: package[:build_tools] || if(tools == [], do: ["mix"], else: tools),
      requirements: requirements
    })
    |> Map.merge(if description, do: %{description: String.trim(description)}, else: %{})

  overridden = for {app, _, options} <- dependencies, options[:override], do: app

  problems = [
    missing: missing,
    elsewhere: for({app, _, _} <- elsewhere, do: app),
    overridden: overridden
  ]

  term = plain.(plain, [metadata: metadata, problems: problems])
  IO.puts(["${marker}", :io_lib.format("~w", [term]), "."])
end
`;

/** The term that the script printed; undefined when Hex packed by itself. */
export function describedIn(stdout: string): string | undefined {
  const line = stdout.split('\n').find((each) => each.startsWith(marker));
  return line?.slice(marker.length).trim();
}
