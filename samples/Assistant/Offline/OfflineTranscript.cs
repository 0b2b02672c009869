using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Assistant.Offline;

/// <summary>What the model is told with each call, in the order of turns. The model has no memory besides it.</summary>
internal sealed partial class OfflineTranscript
{
    private readonly List<OfflineTurn> _turns = [];
    private int _calls;

    public OfflineTranscript(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.User)
            {
                if (!IsNotice(message))
                {
                    _turns.Add(new(message.Text.Trim()));
                }
            }
            else if (_turns.Count > 0)
            {
                Read(message, _turns[^1]);
            }
        }
    }

    /// <summary>The turn to go on with; null where nobody said anything.</summary>
    public OfflineTurn? Current => _turns.Count > 0 ? _turns[^1] : null;

    /// <summary>The turns before it, oldest first.</summary>
    public IReadOnlyList<OfflineTurn> Earlier => _turns.Count > 0 ? _turns[..^1] : [];

    /// <summary>A call whose id is new to the transcript, and the same whenever the same transcript is answered.</summary>
    public FunctionCallContent Call(int index, string tool, params (string Name, object? Value)[] arguments) =>
        new($"call_{_calls + index + 1}", tool, arguments.ToDictionary(pair => pair.Name, pair => pair.Value));

    // Everturn tells the model in the user's name that a call was executed with other arguments than the model's own. The
    // result says what became of it, so the turn goes on.
    private bool IsNotice(ChatMessage message) =>
        _turns.Count > 0
        && _turns[^1].Calls.Any(call => call.Result is not null)
        && NoticeWords().IsMatch(message.Text);

    private void Read(ChatMessage message, OfflineTurn turn)
    {
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent text when message.Role == ChatRole.Assistant:
                    turn.Answer += text.Text;
                    break;
                case FunctionCallContent call:
                    _calls++;
                    turn.Add(new(call.CallId, call.Name, call.Arguments));
                    break;
                case FunctionResultContent result:
                    if (turn.Calls.LastOrDefault(call => call.Id == result.CallId) is { } answered)
                    {
                        answered.Result = TextOf(result.Result);
                    }

                    break;
            }
        }
    }

    internal static string TextOf(object? result) =>
        result switch
        {
            null => "",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
            JsonElement json => json.GetRawText(),
            _ => JsonSerializer.Serialize(result, JsonSerializerOptions.Web),
        };

    [GeneratedRegex(@"^The person who approved \S+ changed its arguments to \{", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex NoticeWords();
}
