using System.CommandLine;

namespace Everturn.Cli.Runs;

/// <summary><c>everturn runs</c>.</summary>
internal static class RunsGroup
{
    public static Command Create() => new("runs", "List the runs of a session.") { ListRuns.Create() };
}
