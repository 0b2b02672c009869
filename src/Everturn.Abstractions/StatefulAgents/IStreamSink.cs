namespace Everturn.StatefulAgents;

/// <summary>Where a <see cref="StreamingResponse"/> writes to.</summary>
internal interface IStreamSink
{
    bool IsOpen { get; }

    bool Chunk(ReadOnlyMemory<byte> json);

    bool End(ReadOnlyMemory<byte>? json);

    bool Error(string message);
}
