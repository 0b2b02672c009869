using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>What an object answers an HTTP request.</summary>
public sealed class AgentResponse
{
    /// <summary>The status. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The type of the body; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A response of plain text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="status">The status.</param>
    public static AgentResponse Text(string text, int status = 200) =>
        new()
        {
            Status = status,
            ContentType = "text/plain; charset=utf-8",
            Body = Encoding.UTF8.GetBytes(text),
        };

    /// <summary>A response of JSON.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="status">The status.</param>
    public static AgentResponse Json<T>(T value, int status = 200) =>
        new()
        {
            Status = status,
            ContentType = "application/json",
            Body = AgentJson.Write(value),
        };
}
