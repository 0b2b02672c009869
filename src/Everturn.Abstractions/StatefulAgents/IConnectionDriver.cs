namespace Everturn.StatefulAgents;

/// <summary>What a <see cref="Connection"/> rests on.</summary>
internal interface IConnectionDriver
{
    string Id { get; }

    AgentRequest Request { get; }

    IReadOnlyList<string> Tags { get; }

    bool IsOpen { get; }

    bool IsReadOnly { get; set; }

    bool IsProtocolEnabled { get; }

    ReadOnlyMemory<byte>? State { get; set; }

    void Send(ReadOnlyMemory<byte> data, bool isText);

    void Close(int code, string reason);
}
