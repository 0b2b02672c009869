using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Patterns.Debounce;

/// <summary>What the rest of the application calls when a document has changed.</summary>
public sealed class DocumentChanges([FromKeyedServices("index-document")] IWorkflowClient<string, int> indexing)
{
    /// <summary>Has a document indexed, once it is left alone.</summary>
    /// <param name="document">Its id, which is that of the instance.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task NotifyAsync(string document, CancellationToken cancellationToken)
    {
        // With the same token the same instance is found again, so that any number of callers share it.
        var instance = await indexing.CreateAsync(document, document, document, cancellationToken);
        try
        {
            await instance.SendEventAsync("changed", document, cancellationToken);
        }
        catch (InstanceFinishedException)
        {
            // It has indexed an earlier change, and begins to wait anew.
            await instance.RestartAsync(cancellationToken: cancellationToken);
        }
    }
}
