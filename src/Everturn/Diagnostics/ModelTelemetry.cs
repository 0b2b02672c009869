using System.Diagnostics;
using Everturn.Agents;
using Everturn.Loop;

namespace Everturn.Diagnostics;

/// <summary>One attempt of a model call, as traces and metrics tell it.</summary>
/// <param name="span">Its span, if anybody listens.</param>
/// <param name="tags">What its metrics are told apart by; none where somebody else reports the call.</param>
/// <param name="content">Where messages are captured.</param>
internal sealed class ModelTelemetry(Activity? span, TagList tags, CapturedContent? content) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private TagList _tags = tags;

    public void Answered(ModelReply reply)
    {
        if (_tags.Count == 0)
        {
            return;
        }

        if (reply.ModelId is { } model)
        {
            _tags.Add(GenAiTags.ResponseModel, model);
        }

        GenAiInstruments.Tokens(reply.Tokens, _tags);
        GenAiInstruments.Duration(Stopwatch.GetElapsedTime(_started), _tags);
        if (span is null)
        {
            return;
        }

        span.SetTag(GenAiTags.ResponseModel, reply.ModelId)
            .SetTag(GenAiTags.FinishReasons, reply.FinishReason is { } reason ? new[] { reason } : null)
            .SetTag(GenAiTags.InputTokens, reply.Tokens?.Prompt)
            .SetTag(GenAiTags.OutputTokens, reply.Tokens?.Completion)
            .SetTag(GenAiTags.CachedTokens, reply.Tokens?.Cached)
            .SetTag(GenAiTags.ReasoningTokens, reply.Tokens?.Reasoning);
        content?.Answer(span, reply);
    }

    public void Failed(Exception exception)
    {
        if (_tags.Count == 0)
        {
            return;
        }

        var error = exception is ModelRequestException { StatusCode: { } status }
            ? ((int)status).ToString()
            : exception.GetType().FullName;
        _tags.Add(GenAiTags.ErrorType, error);
        GenAiInstruments.Duration(Stopwatch.GetElapsedTime(_started), _tags);
        span?.SetTag(GenAiTags.ErrorType, error).SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    public void Dispose() => span?.Dispose();
}
