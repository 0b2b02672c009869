using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Server;

/// <summary>What becomes of a hook that throws.</summary>
internal static class HookCalls
{
    /// <summary>Calls a hook on whose answer something depends.</summary>
    /// <exception cref="HttpProblemException">It threw something of its own; Everturn's exceptions are let through.</exception>
    public static async Task<T> DecideAsync<T>(
        string hook,
        ILogger logger,
        Func<Task<T>> call,
        CancellationToken aborted
    )
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is not EverturnException
                && !(exception is OperationCanceledException && aborted.IsCancellationRequested)
            )
        {
            ServerLog.HookFailed(logger, hook, exception);
            throw new HttpProblemException(Problems.HookFailed(hook));
        }
    }

    /// <summary>Calls a hook on which nothing depends any more.</summary>
    /// <returns>What it gave; the default where it failed.</returns>
    public static async Task<T?> TellAsync<T>(string hook, ILogger logger, Func<Task<T?>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What was done is done, whatever the hook thinks of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ServerLog.HookFailed(logger, hook, exception);
            return default;
        }
    }

    /// <summary>Calls a hook on which nothing depends any more.</summary>
    public static Task TellAsync(string hook, ILogger logger, Func<Task> call) =>
        TellAsync<object>(
            hook,
            logger,
            async () =>
            {
                await call().ConfigureAwait(false);
                return null;
            }
        );
}
