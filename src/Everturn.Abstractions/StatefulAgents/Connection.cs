using System.Text;

namespace Everturn.StatefulAgents;

/// <summary>
/// A client's WebSocket. It and what is kept with it outlive the object's stay in memory, but not the socket: a client
/// that comes back has a new connection, usually with the same id.
/// </summary>
public sealed class Connection
{
    /// <summary>The most tags, the id included.</summary>
    public const int MaxTags = 10;

    /// <summary>The longest tag, in characters.</summary>
    public const int MaxTagLength = 256;

    /// <summary>The largest state, in bytes of its JSON.</summary>
    public const int MaxStateBytes = 16 * 1024;

    private readonly IConnectionDriver _driver;

    internal Connection(IConnectionDriver driver) => _driver = driver;

    /// <summary>The client's own id for it, or one of ours.</summary>
    public string Id => _driver.Id;

    /// <summary>The request that opened it.</summary>
    public AgentRequest Request => _driver.Request;

    /// <summary>Its tags; the first one is its id.</summary>
    public IReadOnlyList<string> Tags => _driver.Tags;

    /// <summary>Whether something can still be sent.</summary>
    public bool IsOpen => _driver.IsOpen;

    /// <summary>
    /// Whether the client may not change the state: its state frames are refused, and so is <c>SetState</c> in methods
    /// that it calls. Can be set at any time.
    /// </summary>
    public bool IsReadOnly
    {
        get => _driver.IsReadOnly;
        set => _driver.IsReadOnly = value;
    }

    /// <summary>Whether it gets identity and state frames; decided when it connects.</summary>
    public bool IsProtocolEnabled => _driver.IsProtocolEnabled;

    /// <summary>Whether <see cref="SetState"/> was called.</summary>
    public bool HasState => _driver.State is not null;

    /// <summary>What is kept with the connection; the default if nothing is.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T? GetState<T>() => _driver.State is { } json ? AgentJson.Read<T>(json.Span) : default;

    /// <summary>Keeps a value with the connection.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="state">The value; its JSON at most <see cref="MaxStateBytes"/>.</param>
    /// <exception cref="InvalidInputException">It is too large; the value before it stays.</exception>
    public void SetState<T>(T state)
    {
        var json = AgentJson.Write(state);
        if (json.Length > MaxStateBytes)
        {
            throw new InvalidInputException(
                nameof(state),
                $"The state of a connection is at most {MaxStateBytes} bytes of JSON; these are {json.Length}."
            );
        }

        _driver.State = json;
    }

    /// <summary>Sends a text.</summary>
    /// <param name="text">The text.</param>
    public void Send(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _driver.Send(Encoding.UTF8.GetBytes(text), isText: true);
    }

    /// <summary>Sends bytes.</summary>
    /// <param name="data">The bytes, not to be changed afterwards.</param>
    public void Send(ReadOnlyMemory<byte> data) => _driver.Send(data, isText: false);

    /// <summary>Sends a value as JSON text.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="message">The value.</param>
    public void SendJson<T>(T message) => _driver.Send(AgentJson.Write(message), isText: true);

    /// <summary>
    /// Closes it. Clients of Cloudflare Agents come back unless the code is 1008 or 4000 to 4999.
    /// </summary>
    /// <param name="code">The WebSocket close code.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    public void Close(int code = 1000, string reason = "") => _driver.Close(code, reason);
}
