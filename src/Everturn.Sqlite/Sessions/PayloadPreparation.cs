using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Content on its way into and out of columns.</summary>
internal static class PayloadPreparation
{
    /// <summary>Encodes content, and writes a blob where it is large. Empty content gives an empty payload.</summary>
    public static StoredPayload Prepare(this PayloadStore payloads, ReadOnlyMemory<byte> plain, int version) =>
        plain.IsEmpty ? default : new StoredPayload(payloads.Store(plain, version), plain, version);

    /// <inheritdoc cref="Prepare(PayloadStore, ReadOnlyMemory{byte}, int)"/>
    public static StoredPayload Prepare(this PayloadStore payloads, ReadOnlyMemory<byte>? plain, int version) =>
        plain is { } bytes ? new StoredPayload(payloads.Store(bytes, version), bytes, version) : default;

    /// <summary>The plain bytes of a column; empty for NULL.</summary>
    public static ReadOnlyMemory<byte> LoadOrEmpty(this PayloadStore payloads, byte[]? column) =>
        column is null ? default : payloads.Load(column).Plain;

    /// <summary>The plain bytes of a column; null for NULL.</summary>
    public static ReadOnlyMemory<byte>? LoadOrNull(this PayloadStore payloads, byte[]? column) =>
        column is null ? null : payloads.Load(column).Plain;
}
