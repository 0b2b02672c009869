using System.Text;
using Everturn.StatefulAgents;

namespace Everturn.Generators.Tests;

/// <summary>Keeps what a streaming method sends.</summary>
internal sealed class RecordingStream : StreamingResponse
{
    public List<string> Parts { get; } = [];

    protected override void WriteChunk(ReadOnlyMemory<byte> json) => Parts.Add(Encoding.UTF8.GetString(json.Span));

    protected override void WriteEnd(ReadOnlyMemory<byte>? json) =>
        Parts.Add("end" + (json is { } last ? " " + Encoding.UTF8.GetString(last.Span) : ""));

    protected override void WriteError(string message) => Parts.Add("error " + message);
}
