namespace Everturn.Workflows;

/// <summary>Why an instance of a batch was not deleted (Cloudflare Workflows, <c>deleteBatch</c>).</summary>
/// <param name="Id">The instance.</param>
/// <param name="Code">10400 for an unknown instance, 10001 for an internal error.</param>
/// <param name="Message">The same as text; internal causes are not told.</param>
public sealed record DeleteError(string Id, int Code, string Message)
{
    /// <summary>There is no such instance.</summary>
    /// <param name="id">The id.</param>
    public static DeleteError NotFound(string id) => new(id, 10400, "workflows.api.error.instance.not_found");

    /// <summary>Something went wrong inside.</summary>
    /// <param name="id">The id.</param>
    public static DeleteError Internal(string id) => new(id, 10001, "workflows.api.error.internal_server");
}
