using Everturn.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Testing.Crashes;

/// <summary>Crash points in an application.</summary>
public static class CrashBuilderExtensions
{
    /// <summary>
    /// Kills or stops the process at a durable write if the environment asks for it, for example with
    /// <c>EVERTURN_CRASH_AT=step-model.after:2</c>. Else it adds nothing, so that it may stay in a program.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <exception cref="InvalidInputException">The environment names a point that does not exist.</exception>
    public static EverturnBuilder AddCrashPoints(this EverturnBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CrashSettings.FromEnvironment() is { Point: not null } settings)
        {
            builder.Services.AddSingleton<ICommitObserver>(new CrashObserver(settings));
        }

        return builder;
    }
}
