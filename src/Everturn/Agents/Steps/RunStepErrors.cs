using Everturn.Workflows;

namespace Everturn.Agents.Steps;

/// <summary>Which failures of a step pass, and are repeated, and which do not.</summary>
internal static class RunStepErrors
{
    public static async Task<T> Guard<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (EverturnException exception)
            when (exception
                    is not (
                        StoreUnavailableException
                        or OutcomeUnknownException
                        or OwnershipLostException
                        or NonRetryableException
                    )
            )
        {
            throw new NonRetryableException(exception.Message, exception.GetType().Name);
        }
    }
}
