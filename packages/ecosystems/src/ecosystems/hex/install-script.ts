/**
 * Run by `elixir -e` in an empty directory, with the API's and the repository's URL and a package's name and version.
 * It does what Hex does for `mix deps.get`, without the Hex archive: chooses versions by the requirements that the
 * tarballs state, checks their checksums, unpacks them; then Mix compiles a project that depends on the package, and
 * checks every requirement by itself. What differs from Hex: the index and its signature are not read, and versions
 * are chosen without going back on a choice.
 */
export const installScript = `
defmodule Forge.Registry do
  def get(url, accept) do
    headers = [{'accept', to_charlist(accept)}, {'user-agent', 'forge-release'}]
    options = [body_format: :binary]
    case :httpc.request(:get, {to_charlist(url), headers}, [timeout: 60_000], options) do
      {:ok, {{_, 200, _}, _, body}} -> {:ok, body}
      {:ok, {{_, status, _}, _, _}} -> {:error, status}
      {:error, reason} -> {:error, inspect(reason)}
    end
  end

  def versions(api, name) do
    case get(api <> "/packages/" <> name, "application/vnd.hex+erlang") do
      {:ok, body} -> for release <- :erlang.binary_to_term(body)["releases"], do: release["version"]
      {:error, 404} -> stop("no such package: " <> name)
      {:error, reason} -> stop("GET of package " <> name <> " answers " <> to_string(reason))
    end
  end

  def choose(api, name, requirements) do
    fits = fn version ->
      Enum.all?(requirements, &Version.match?(version, &1, allow_pre: String.contains?(&1, "-")))
    end
    case api |> versions(name) |> Enum.filter(fits) |> Enum.sort({:desc, Version}) do
      [version | _] -> version
      [] -> stop("no version of package " <> name <> " fits " <> Enum.join(requirements, " and "))
    end
  end

  def unpack(repository, name, version, directory) do
    url = repository <> "/tarballs/" <> name <> "-" <> version <> ".tar"
    bytes =
      case get(url, "*/*") do
        {:ok, bytes} -> bytes
        {:error, reason} -> stop("GET " <> url <> " answers " <> to_string(reason))
      end
    {:ok, members} = :erl_tar.extract({:binary, bytes}, [:memory])
    member = fn file -> members |> List.keyfind(to_charlist(file), 0) |> elem(1) end
    parts = for file <- ~w(VERSION metadata.config contents.tar.gz), do: member.(file)
    sum = Base.encode16(:crypto.hash(:sha256, parts))
    if sum != String.trim(member.("CHECKSUM")), do: stop("the checksum of " <> url <> " is wrong")
    to = Path.join(directory, name)
    File.rm_rf!(to)
    File.mkdir_p!(to)
    :ok = :erl_tar.extract({:binary, member.("contents.tar.gz")}, [:compressed, cwd: to_charlist(to)])
    config = Path.join(directory, name <> ".config")
    File.write!(config, member.("metadata.config"))
    {:ok, terms} = :file.consult(config)
    Map.new(terms)
  end

  def requirements(metadata) do
    for entry <- metadata["requirements"] || [] do
      {name, fields} = if is_tuple(entry), do: entry, else: {nil, entry}
      fields = Map.new(fields)
      {fields["name"] || name, fields["requirement"] || ">= 0.0.0", fields["optional"] == true}
    end
  end

  def stop(reason) do
    IO.puts(:stderr, reason)
    System.halt(1)
  end
end

defmodule Forge.SCM do
  @behaviour Mix.SCM
  def fetchable?, do: true
  def format(options), do: options[:dest]
  def format_lock(_), do: nil
  def accepts_options(app, options) do
    dest = Path.join(Application.fetch_env!(:forge, :dependencies), to_string(options[:hex] || app))
    if File.dir?(dest) and options[:path] == nil, do: Keyword.put(options, :dest, dest)
  end
  def checked_out?(_), do: true
  def lock_status(_), do: :ok
  def equal?(one, other), do: one[:dest] == other[:dest]
  def managers(_), do: []
  def checkout(_), do: nil
  def update(_), do: nil
end

[api, repository, name, version] = System.argv()
{:ok, _} = Application.ensure_all_started(:inets)
directory = Path.expand("dependencies")

resolve = fn resolve, asked, chosen ->
  open =
    Enum.find(asked, fn {dependency, requirements} ->
      known = chosen[dependency]
      known == nil or not Enum.all?(requirements, &Version.match?(known.version, &1, allow_pre: true))
    end)
  case open do
    nil -> chosen
    {dependency, requirements} ->
      version = Forge.Registry.choose(api, dependency, requirements)
      metadata = Forge.Registry.unpack(repository, dependency, version, directory)
      needs = for {need, requirement, false} <- Forge.Registry.requirements(metadata), do: {need, requirement}
      asked =
        Enum.reduce(needs, asked, fn {need, requirement}, asked ->
          Map.update(asked, need, [requirement], &Enum.uniq([requirement | &1]))
        end)
      resolve.(resolve, asked, Map.put(chosen, dependency, %{version: version, metadata: metadata}))
  end
end

chosen = resolve.(resolve, %{name => ["== " <> version]}, %{})
app = chosen[name].metadata["app"] || name
Application.put_env(:forge, :dependencies, directory)

Mix.start()
Mix.env(:prod)
Mix.SCM.append(Forge.SCM)

dependency = {String.to_atom(app), "== " <> version, [hex: String.to_atom(name)]}
File.mkdir_p!("project/lib")
File.cd!("project")
File.write!("mix.exs", """
defmodule Consumer.MixProject do
  use Mix.Project
  def project, do: [app: :consumer, version: "0.0.0", deps: [#{inspect(dependency)}]]
end
""")
Code.compile_file("mix.exs")
Mix.Task.run("compile")

Application.load(String.to_atom(app))
{:ok, modules} = :application.get_key(String.to_atom(app), :modules)
for module <- modules, do: Code.ensure_loaded!(module)
`;
