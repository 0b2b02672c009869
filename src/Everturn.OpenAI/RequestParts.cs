using System.Text;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace Everturn.OpenAI;

/// <summary>The contents of a user's message as chat completions take them.</summary>
internal static class RequestParts
{
    /// <summary>The part; null for content that has no place in a request.</summary>
    /// <exception cref="NotSupportedException">A file of a kind that the API does not take.</exception>
    public static Sdk.ChatMessageContentPart? From(AIContent content) =>
        content switch
        {
            TextContent text => Sdk.ChatMessageContentPart.CreateTextPart(text.Text),
            UriContent uri when uri.HasTopLevelMediaType("image") => Sdk.ChatMessageContentPart.CreateImagePart(
                uri.Uri
            ),
            DataContent data => From(data),
            UriContent uri => throw Unsupported(uri.MediaType),
            _ => null,
        };

    private static Sdk.ChatMessageContentPart From(DataContent data)
    {
        if (data.HasTopLevelMediaType("image"))
        {
            return Sdk.ChatMessageContentPart.CreateImagePart(Bytes(data), data.MediaType);
        }

        if (data.HasTopLevelMediaType("text"))
        {
            var name = data.Name is { Length: > 0 } file ? $"{file}:\n" : "";
            return Sdk.ChatMessageContentPart.CreateTextPart(name + Encoding.UTF8.GetString(data.Data.Span));
        }

        return data.MediaType switch
        {
            "audio/wav" or "audio/x-wav" => Audio(data, Sdk.ChatInputAudioFormat.Wav),
            "audio/mpeg" or "audio/mp3" => Audio(data, Sdk.ChatInputAudioFormat.Mp3),
            "application/pdf" => Sdk.ChatMessageContentPart.CreateFilePart(
                Bytes(data),
                data.MediaType,
                data.Name ?? "file.pdf"
            ),
            _ => throw Unsupported(data.MediaType),
        };
    }

    private static Sdk.ChatMessageContentPart Audio(DataContent data, Sdk.ChatInputAudioFormat format) =>
        Sdk.ChatMessageContentPart.CreateInputAudioPart(Bytes(data), format);

    private static BinaryData Bytes(DataContent data) => BinaryData.FromBytes(data.Data);

    private static NotSupportedException Unsupported(string mediaType) =>
        new($"Chat completions take images, PDF, text, WAV and MP3, not {mediaType}.");
}
