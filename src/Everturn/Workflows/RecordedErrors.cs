using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Exceptions to stored errors and back. Only name and message survive, live as on replay.</summary>
internal static class RecordedErrors
{
    public static InstanceError From(Exception exception) =>
        exception switch
        {
            NonRetryableException nonRetryable => new(nonRetryable.Name, nonRetryable.Message),
            WorkflowTimeoutException => new(WorkflowTimeoutException.StoredName, exception.Message),
            StepFailedException failed => new(failed.ErrorName, failed.Message),
            _ => new(exception.GetType().Name, exception.Message),
        };

    public static Exception ToException(JournalRecord record)
    {
        var error = record.Error ?? new InstanceError("Error", "");
        return error.Name switch
        {
            NonRetryableException.DefaultName => new NonRetryableException(error.Message),
            WorkflowTimeoutException.StoredName => new WorkflowTimeoutException(error.Message),
            _ => new StepFailedException(record.Key.Name, error),
        };
    }
}
