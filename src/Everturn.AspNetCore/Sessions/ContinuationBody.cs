using System.Text.Json.Serialization.Metadata;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>What a resume and a retry have in common.</summary>
internal static class ContinuationBody
{
    private const int Slack = 64 * 1024;

    private static readonly string[] OptionFields = ["mode", "checkpointId", "message", "modifyState"];

    public static ValueTask<T> ReadAsync<T>(SessionRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        var limits = request.Service<EverturnLimits>();
        return JsonBody.ReadAsync(request.Http.Request, type, (2 * limits.MessageBytes) + limits.StateBytes + Slack);
    }

    /// <summary>What continues sessions of an agent.</summary>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    /// <exception cref="AgentMismatchException">It belongs to another agent.</exception>
    /// <exception cref="AgentNotFoundException">This process has no such agent.</exception>
    public static async ValueTask<IAgentExecutor> ExecutorAsync(
        SessionRequest request,
        SessionKey key,
        string agentType
    )
    {
        var session = await request.SessionAsync(key).ConfigureAwait(false);
        return session.AgentType == agentType
            ? request.Executor(agentType)
            : throw new AgentMismatchException(key.SessionId, agentType, session.AgentType);
    }

    /// <summary>Says where in the body the options are that the contracts refuse.</summary>
    public static async Task<T> NamingFieldsAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (InvalidInputException exception) when (OptionFields.Contains(exception.Field))
        {
            throw new InvalidInputException("options." + exception.Field, exception.Detail);
        }
    }
}
