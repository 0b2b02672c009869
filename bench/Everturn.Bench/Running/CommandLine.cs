using System.CommandLine;
using Everturn.Bench.Serving;

namespace Everturn.Bench.Running;

/// <summary><c>NAME [--json] [--directory DIR] [--scale X]</c>, and the roles in which the program starts itself.</summary>
internal static class CommandLine
{
    public static RootCommand Root()
    {
        var json = new Option<bool>("--json")
        {
            Description = "Make the last line of the output one JSON object.",
            Recursive = true,
        };
        var directory = new Option<string?>("--directory")
        {
            Description = "Where the data goes while it runs, on a real disk. Default: artifacts/bench-data.",
            Recursive = true,
        };
        var scale = new Option<double>("--scale")
        {
            Description = "Factor on counts and durations; less than 1 is a smoke test that reaches no bar.",
            DefaultValueFactory = _ => 1,
            Recursive = true,
        };
        var root = new RootCommand("Measures Everturn on a real store, on a real disk.") { json, directory, scale };
        foreach (var benchmark in Catalog.All)
        {
            var command = new Command(benchmark.Name, benchmark.Summary);
            command.SetAction((parsed, ct) => Runner.RunAsync(benchmark, Options(parsed), ct));
            root.Add(command);
        }

        var list = new Command("list", "Lists the names.");
        list.SetAction(_ =>
            Catalog.All.ToList().ForEach(each => Console.WriteLine($"{each.Name, -12} {each.Summary}"))
        );
        root.Add(list);

        var all = new Command("all", "Runs all in turn, each in a process of its own, and prints a Markdown table.");
        all.SetAction((parsed, ct) => AllRunner.RunAsync(Options(parsed), ct));
        root.Add(all);
        root.Add(ServeCommand.Create());
        return root;

        BenchOptions Options(ParseResult parsed) =>
            new(parsed.GetValue(json), parsed.GetValue(directory), parsed.GetValue(scale));
    }
}
