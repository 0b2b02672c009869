using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Workflows;

/// <summary><c>PATCH /workflows/{workflow}/instances/{id}/status</c>: pause, resume, terminate, restart.</summary>
internal static class ChangeStatus
{
    private const string Terminate = "terminate";
    private const string Restart = "restart";
    private const int MaxBytes = 16 * 1024;

    public static async Task HandleAsync(WorkflowRequest request)
    {
        var key = request.OwnKey();
        var body = await JsonBody
            .ReadAsync(request.Http.Request, EverturnHttpJson.Default.ChangeStatusRequest, MaxBytes)
            .ConfigureAwait(false);
        var status = RequestFields.Required(body.Status, "status");
        if (body.Rollback is not null && status != Terminate)
        {
            throw new InvalidInputException("rollback", "It goes with terminate only.");
        }
        if (body.From is not null && status != Restart)
        {
            throw new InvalidInputException("from", "It goes with restart only.");
        }
        var engine = request.Engine;
        var changed = status switch
        {
            "pause" => engine.PauseAsync(key, request.Aborted),
            "resume" => engine.ResumeAsync(key, request.Aborted),
            Terminate => engine.TerminateAsync(key, new() { Rollback = body.Rollback ?? false }, request.Aborted),
            Restart => engine.RestartAsync(key, new() { From = body.From?.Read() }, request.Aborted),
            _ => throw new InvalidInputException("status", "It is pause, resume, terminate or restart."),
        };
        await changed.ConfigureAwait(false);
        var instance = await engine.GetAsync(key, request.Aborted).ConfigureAwait(false);
        await request
            .Response.WriteAsync(new InstanceView(instance), EverturnHttpJson.Default.InstanceView)
            .ConfigureAwait(false);
    }
}
