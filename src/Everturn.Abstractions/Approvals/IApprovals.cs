using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.Approvals;

/// <summary>
/// The calls that wait for somebody outside: approvals, tools that clients execute, and calls of unknown outcome, of
/// agents' runs and of workflows' instances. The rows are the truth; any process that shares the store may list and answer
/// them.
/// </summary>
public interface IApprovals
{
    /// <summary>Calls of all sessions and workflows with a status, those asked first first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<Page<PendingCallRecord>> ListAsync(PendingCallQuery query, CancellationToken cancellationToken = default);

    /// <summary>A call by its approval id; null if there is none.</summary>
    /// <param name="approvalId">The id.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<PendingCallRecord?> GetAsync(
        string approvalId,
        string tenant = "",
        CancellationToken cancellationToken = default
    );

    /// <summary>Answers a call by its approval id. An instance of a workflow that asked goes on by itself.</summary>
    /// <param name="approvalId">The id.</param>
    /// <param name="answer">The answer; the first one counts, and the same again is fine.</param>
    /// <param name="options">Who decides, and whether to resume.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the answer before it is accepted.</param>
    /// <exception cref="AnswerConflictException">It has another outcome already.</exception>
    /// <exception cref="InvalidInputException">The answer is not acceptable for this call; nothing was changed.</exception>
    /// <exception cref="PendingCallNotFoundException">There is no such call.</exception>
    Task<AnswerReceipt> AnswerAsync(
        string approvalId,
        ToolAnswer answer,
        AnswerOptions? options = null,
        string tenant = "",
        CancellationToken cancellationToken = default
    );

    /// <summary>Answers a call of a session by its approval id or by the model's id of the call.</summary>
    /// <param name="key">The session.</param>
    /// <param name="callId">
    /// Either id. Where the model gave an id twice, it names the call that waits, else the one asked last.
    /// </param>
    /// <param name="answer">The answer; the first one counts, and the same again is fine.</param>
    /// <param name="options">Who decides, and whether to resume.</param>
    /// <param name="cancellationToken">Cancels the answer before it is accepted.</param>
    /// <exception cref="AgentNotFoundException">Arguments were edited, and this host has no code for the agent to check them.</exception>
    /// <exception cref="AnswerConflictException">It has another outcome already.</exception>
    /// <exception cref="InvalidInputException">The answer is not acceptable for this call; nothing was changed.</exception>
    /// <exception cref="PendingCallNotFoundException">The session has no such call.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    Task<AnswerReceipt> SubmitAsync(
        SessionKey key,
        string callId,
        ToolAnswer answer,
        AnswerOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Takes a grant back: further calls of the tool need approval again.</summary>
    /// <param name="approvalId">The approval that gave it.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the request before it is accepted.</param>
    /// <returns>The approval without the grant.</returns>
    /// <exception cref="PendingCallNotFoundException">There is no such approval.</exception>
    Task<PendingCallRecord> RevokeGrantAsync(
        string approvalId,
        string tenant = "",
        CancellationToken cancellationToken = default
    );
}
