#!/usr/bin/env escript
%% Calls the client of Hex that is inside rebar3 (hex_core, its modules renamed to r3_*). rebar3 itself publishes by a
%% plugin only, which uses this very client. Prints the status of the answer and what was answered, as Erlang terms.
%%
%% HEX_API_URL and HEX_API_KEY say where and as whom.

main([Command | Args]) ->
    load_client(),
    {ok, _} = application:ensure_all_started(inets),
    case call(Command, Args, config()) of
        {ok, {Status, _Headers, Body}} -> io:format("~b ~0tp~n", [Status, Body]);
        {error, Reason} -> io:format("error ~0tp~n", [Reason]), halt(1)
    end.

call("publish", [Directory], Config) ->
    {ok, [Metadata]} = file:consult(filename:join(Directory, "package.terms")),
    {ok, #{tarball := Tarball}} = r3_hex_tarball:create(Metadata, files(Directory)),
    r3_hex_api_release:publish(Config, Tarball);
call("retire", [Name, Version, Reason, Message], Config) ->
    Why = #{<<"reason">> => text(Reason), <<"message">> => text(Message)},
    r3_hex_api_release:retire(Config, text(Name), text(Version), Why);
call("unretire", [Name, Version], Config) ->
    r3_hex_api_release:unretire(Config, text(Name), text(Version));
call("delete", [Name, Version], Config) ->
    r3_hex_api_release:delete(Config, text(Name), text(Version));
call("search", [Text], Config) ->
    r3_hex_api_package:search(Config, text(Text), []);
call("owners", [Name], Config) ->
    r3_hex_api_package_owner:list(Config, text(Name));
call("add-owner", [Name, User], Config) ->
    r3_hex_api_package_owner:add(Config, text(Name), text(User), <<"full">>, false).

files(Directory) ->
    [{Each, filename:join(Directory, Each)} || Each <- filelib:wildcard("src/*", Directory)].

config() ->
    (r3_hex_core:default_config())#{
        api_url := text(os:getenv("HEX_API_URL")),
        api_key := text(os:getenv("HEX_API_KEY"))
    }.

%% rebar3 is an escript: a zip archive behind a line that starts it.
load_client() ->
    {ok, Sections} = escript:extract(os:find_executable("rebar3"), []),
    IsClient = fun(File) -> string:find(element(2, File), "/r3_") =/= nomatch end,
    Options = [memory, {file_filter, IsClient}],
    {ok, Modules} = zip:unzip(proplists:get_value(archive, Sections), Options),
    [{module, _} = load(Path, Code) || {Path, Code} <- Modules].

load(Path, Code) ->
    code:load_binary(list_to_atom(filename:basename(Path, ".beam")), Path, Code).

text(String) ->
    unicode:characters_to_binary(String).
