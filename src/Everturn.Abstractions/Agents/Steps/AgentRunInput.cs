using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>
/// Something that is to be done with a run. It names the run and holds no content: what was said and done is in the
/// session store alone (kernel rules, section 1).
/// </summary>
public abstract record AgentRunInput
{
    /// <summary>The tenant. Default: empty.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The session with its tenant.</summary>
    [JsonIgnore]
    public SessionKey Session => new(Tenant, SessionId);

    /// <summary>Checks the fields.</summary>
    /// <exception cref="InvalidInputException">One is not acceptable; it is named.</exception>
    public virtual void Validate()
    {
        if (Tenant is null)
        {
            throw new InvalidInputException("tenant", "It is a text, empty for the default tenant.");
        }

        Identifiers.CheckSessionId(SessionId, "sessionId");
        InputChecks.Id(RunId, "runId");
    }
}
