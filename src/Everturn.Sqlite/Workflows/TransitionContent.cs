using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>The content of a transition as it goes into the rows; large values are on disk already.</summary>
/// <param name="Values">Of its records, in the same order; null while pending.</param>
/// <param name="Calls">Of its calls, in the same order.</param>
/// <param name="Chunks">Of its chunks, in the same order.</param>
/// <param name="Result">The output.</param>
/// <param name="Notify">The payload of the event that goes with it.</param>
internal sealed record TransitionContent(
    byte[]?[] Values,
    CallContent[] Calls,
    byte[][] Chunks,
    byte[]? Result,
    byte[]? Notify
)
{
    public int EstimatedBytes =>
        256
        + (Result?.Length ?? 0)
        + (Notify?.Length ?? 0)
        + Values.Sum(value => 256 + (value?.Length ?? 0))
        + Calls.Sum(call => call.EstimatedBytes)
        + Chunks.Sum(chunk => 256 + chunk.Length);

    public static async ValueTask<TransitionContent> StoreAsync(InstanceCommit commit, PayloadStore payloads)
    {
        var values = new byte[]?[commit.Records.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (commit.Records[i] is { Outcome: not JournalOutcome.Pending } record)
            {
                values[i] = await StoreAsync(record.Value, payloads).ConfigureAwait(false);
            }
        }

        var calls = new CallContent[commit.Calls.Count];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = await CallContent.StoreAsync(commit.Calls[i], payloads).ConfigureAwait(false);
        }

        var chunks = new byte[commit.Chunks.Count][];
        for (var i = 0; i < chunks.Length; i++)
        {
            chunks[i] = await StoreAsync(commit.Chunks[i].Content, payloads).ConfigureAwait(false);
        }

        return new TransitionContent(
            values,
            calls,
            chunks,
            commit.Result is { } result ? await StoreAsync(result, payloads).ConfigureAwait(false) : null,
            commit.Notify is { } notify ? await StoreAsync(notify.Payload, payloads).ConfigureAwait(false) : null
        );
    }

    private static ValueTask<byte[]> StoreAsync(Payload payload, PayloadStore payloads) =>
        payloads.StoreAsync(payload.Data, payload.Version);
}
