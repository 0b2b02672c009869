using System.Text;
using Everturn.StatefulAgents;

namespace Everturn.Generators.Tests;

/// <summary>Keeps what a streaming method sends.</summary>
internal sealed class RecordingSink : IStreamSink
{
    public List<string> Parts { get; } = [];

    public bool IsOpen { get; private set; } = true;

    public bool Chunk(ReadOnlyMemory<byte> json) => Add(Encoding.UTF8.GetString(json.Span), ends: false);

    public bool End(ReadOnlyMemory<byte>? json) =>
        Add("end" + (json is { } last ? " " + Encoding.UTF8.GetString(last.Span) : ""), ends: true);

    public bool Error(string message) => Add("error " + message, ends: true);

    private bool Add(string part, bool ends)
    {
        Parts.Add(part);
        IsOpen = !ends;
        return true;
    }
}
