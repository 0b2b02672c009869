using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Workflows;

/// <summary>The content of a call as it goes into its row; large values are on disk already.</summary>
/// <param name="Arguments">The arguments.</param>
/// <param name="Schema">The schema of its answer, if it has one.</param>
/// <param name="Response">The answer, if there is one.</param>
internal sealed record CallContent(byte[] Arguments, byte[]? Schema, byte[]? Response)
{
    private const int Version = 1;

    public int EstimatedBytes => 512 + Arguments.Length + (Schema?.Length ?? 0) + (Response?.Length ?? 0);

    public static async ValueTask<CallContent> StoreAsync(PendingCallRecord call, PayloadStore payloads) =>
        new(
            await payloads.StoreAsync(call.Arguments, Version).ConfigureAwait(false),
            await StoreAsync(call.AnswerSchema, payloads).ConfigureAwait(false),
            await StoreAsync(call.Response, payloads).ConfigureAwait(false)
        );

    private static async ValueTask<byte[]?> StoreAsync(ReadOnlyMemory<byte>? json, PayloadStore payloads) =>
        json is { } plain ? await payloads.StoreAsync(plain, Version).ConfigureAwait(false) : null;
}
