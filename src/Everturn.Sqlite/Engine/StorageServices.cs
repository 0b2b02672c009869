using Everturn.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Everturn.Sqlite.Engine;

/// <summary>What the store needs from its host besides options.</summary>
internal sealed record StorageServices
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where logs go.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Codecs besides the plain one; the last encodes.</summary>
    public IEnumerable<IPayloadCodec> Codecs { get; init; } = [];

    /// <summary>The crash kit, if one is registered.</summary>
    public ICommitObserver? Observer { get; init; }

    /// <summary>Throws where a test wants a write to fail.</summary>
    public Action<CommitFault>? Fault { get; init; }
}
