using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Event, LogLevel Level, string Text)> _entries = new();

    public IEnumerable<(int Event, LogLevel Level, string Text)> Entries => _entries;

    public int Count(int eventId) => _entries.Count(entry => entry.Event == eventId);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _entries.Enqueue((eventId.Id, logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose() { }
}
