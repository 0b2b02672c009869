using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Streams of steps, cut into chunks that the store keeps.</summary>
internal static class StepStreams
{
    private const int PreviewCharacters = 1024;

    /// <summary>Chunks that go into one commit.</summary>
    private const int Batch = 4;

    /// <summary>Stores what a callback produces.</summary>
    /// <returns>A <see cref="StreamInfo"/> as JSON.</returns>
    public static async Task<ReadOnlyMemory<byte>> StoreAsync(
        IStepHost host,
        WorkflowStepContext context,
        IAsyncEnumerable<ReadOnlyMemory<byte>> source,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        var step = new JournalKey(JournalKind.Do, context.Name, context.Count);
        var writer = new ChunkWriter(host, step, context.Attempt, Batch);
        await foreach (var piece in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (piece.Length > StepStream.MaxChunkBytes)
            {
                throw new NonRetryableException(
                    $"Step {step.Name}-{step.Ordinal} produced a chunk that is too large. Maximum allowed size is 16MiB."
                );
            }

            await writer.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        var info = new StreamInfo(
            context.Attempt,
            writer.Chunks,
            writer.Bytes,
            Preview(writer.Head.Span, writer.Bytes)
        );
        return JsonSerializer.SerializeToUtf8Bytes(info, WorkflowEngineJson.Default.StreamInfo);
    }

    /// <summary>The stream of a step that has its outcome.</summary>
    public static StepStream Open(IStepHost host, JournalRecord record)
    {
        var info = Read(record);
        return new StepStream(info.Bytes, cancellationToken => ReadAsync(host, record.Key, info, cancellationToken));
    }

    public static StreamInfo Read(JournalRecord record) =>
        JsonSerializer.Deserialize(WorkflowPayloads.Decode(record.Value).Span, WorkflowEngineJson.Default.StreamInfo)!;

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        IStepHost host,
        JournalKey step,
        StreamInfo info,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var index = 0; index < info.Chunks; index++)
        {
            yield return await host.ReadChunkAsync(step, info.Attempt, index, cancellationToken).ConfigureAwait(false)
                ?? throw new StepFailedException(
                    step.Name,
                    new("StreamError", $"Stored output for {step.Name}-{step.Ordinal} is corrupt or incomplete.")
                );
        }
    }

    private static string Preview(ReadOnlySpan<byte> head, long bytes)
    {
        var isWhole = head.Length == bytes;
        // A head that was cut inside a character is still text.
        var length = head.Length;
        while (!isWhole && length > head.Length - 4 && length > 0 && !Utf8.IsValid(head[..length]))
        {
            length--;
        }

        if (!Utf8.IsValid(head[..length]) || head[..length].Contains((byte)0))
        {
            return $"[ReadableStream (binary): {bytes} bytes]";
        }

        var text = Encoding.UTF8.GetString(head[..length]);
        return isWhole && text.Length <= PreviewCharacters
            ? text
            : text[..Math.Min(text.Length, PreviewCharacters)] + "[truncated output]";
    }
}
