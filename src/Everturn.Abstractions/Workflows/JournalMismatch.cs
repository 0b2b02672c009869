namespace Everturn.Workflows;

/// <summary>
/// How an instance is stopped whose journal does not fit the code any more: it is paused with an error of this name,
/// and goes on when it is resumed after the code was mended.
/// </summary>
public static class JournalMismatch
{
    /// <summary>The error's name.</summary>
    public const string ErrorName = "JournalMismatchError";

    /// <summary>The error for a step.</summary>
    /// <param name="step">The step: kind, name and count.</param>
    /// <param name="recorded">What was recorded of it.</param>
    /// <param name="asked">What the code asked for.</param>
    public static InstanceError Error(string step, string recorded, string asked) =>
        new(
            ErrorName,
            $"The journal does not fit the code at step {step}: recorded was {recorded}, the code asked for {asked}. "
                + "Mend the code, or keep both ways with a definition version or a patch marker, and resume the instance."
        );
}
