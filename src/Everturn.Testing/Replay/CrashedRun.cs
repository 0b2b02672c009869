using System.Text;
using Everturn.Testing.Introspection;
using Everturn.Workflows;

namespace Everturn.Testing.Replay;

/// <summary>An instance that ran through one crash.</summary>
/// <param name="Position">The write to the journal at which the host died.</param>
/// <param name="Moment">On which side of the write.</param>
/// <param name="Details">The instance in the end, with its steps.</param>
public sealed record CrashedRun(int Position, CrashMoment Moment, InstanceDetails Details)
{
    /// <summary>How the instance ended, for people.</summary>
    public string End => DescribeEnd(Details.Instance);

    internal static string DescribeEnd(InstanceSnapshot instance) =>
        instance.Error is { } error
            ? $"{instance.Status} with {error.Name}: {error.Message}"
            : $"{instance.Status} with {(instance.OutputJson.IsEmpty ? "nothing" : Encoding.UTF8.GetString(instance.OutputJson.Span))}";
}
