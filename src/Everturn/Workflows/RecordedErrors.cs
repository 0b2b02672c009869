using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Exceptions to stored errors and back. Only name and message survive, live as on replay.</summary>
internal static class RecordedErrors
{
    private const string ChildPrefix = "ChildFailed:";

    public static InstanceError From(Exception exception) =>
        exception switch
        {
            NonRetryableException nonRetryable => new(nonRetryable.Name, nonRetryable.Message),
            WorkflowTimeoutException => new(WorkflowTimeoutException.StoredName, exception.Message),
            ClientToolFailedException => new(ClientToolFailedException.StoredName, exception.Message),
            StepFailedException failed => new(failed.ErrorName, failed.Message),
            ChildFailedException failed => new(failed.ErrorName, failed.Message),
            _ => new(exception.GetType().Name, exception.Message),
        };

    /// <summary>A child's error as the record of the wait for its end.</summary>
    public static InstanceError OfChild(InstanceError error) => error with { Name = ChildPrefix + error.Name };

    public static Exception ToException(JournalRecord record)
    {
        var error = record.Error ?? new InstanceError("Error", "");
        return error.Name switch
        {
            NonRetryableException.DefaultName => new NonRetryableException(error.Message),
            WorkflowTimeoutException.StoredName => new WorkflowTimeoutException(error.Message),
            ClientToolFailedException.StoredName => new ClientToolFailedException(record.Key.Name, error.Message),
            _ when error.Name.StartsWith(ChildPrefix, StringComparison.Ordinal) => new ChildFailedException(
                record.Key.Name,
                error with
                {
                    Name = error.Name[ChildPrefix.Length..],
                }
            ),
            _ => new StepFailedException(record.Key.Name, error),
        };
    }
}
