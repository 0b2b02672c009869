namespace Everturn.AspNetCore;

/// <summary>A request that is refused before it reaches the contracts, with the answer to give.</summary>
internal sealed class HttpProblemException(Problem problem) : EverturnException(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
