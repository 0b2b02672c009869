using System.Text.Json;
using Everturn.Workflows;

namespace Everturn.AspNetCore.Workflows;

/// <summary>
/// Whether a workflow can read what it is to be created with. Without a look beforehand it would be created, and fail.
/// </summary>
internal static class WorkflowParams
{
    /// <summary>Insists on parameters of the workflow's type.</summary>
    /// <exception cref="InvalidInputException">They are of another.</exception>
    /// <exception cref="WorkflowNotFoundException">No such workflow is registered here.</exception>
    public static void Check(WorkflowRequest request, string workflow, JsonElement? value, string field)
    {
        var registration = request.Service<WorkflowRegistry>().Get(workflow);
        if (value is not { } json)
        {
            return;
        }
        try
        {
            json.Deserialize(EverturnJson.Options.GetTypeInfo(registration.ParamsType));
        }
        catch (JsonException exception)
        {
            // The place is the field's matter; the number of a byte means nothing to who sees the whole body.
            var what = exception.Message.Split(" Path: ", 2)[0];
            throw Refused(workflow, field + exception.Path?.TrimStart('$'), " " + what);
        }
        catch (Exception exception)
            when (exception is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            // A type that checks its values itself. What it says is meant for its programmer.
            throw Refused(workflow, field, "");
        }
    }

    private static InvalidInputException Refused(string workflow, string field, string what) =>
        new(field, $"It is not what workflow \"{workflow}\" takes.{what}");
}
