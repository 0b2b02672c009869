using Everturn.StatefulAgents;

namespace Everturn.Crash.Host;

/// <summary>The way to <see cref="CrashDesk"/> from a test.</summary>
internal static class DeskEndpoints
{
    public static void MapDesks(this WebApplication app)
    {
        app.MapPost(
            "/crash/desks/{name}/schedule",
            (string name, IStatefulAgentDirectory agents) =>
                agents.Get<CrashDesk>(name).CallAsync(desk => desk.Schedule())
        );
        app.MapPost(
            "/crash/desks/{name}/queue",
            (string name, int count, bool? held, IStatefulAgentDirectory agents) =>
                agents.Get<CrashDesk>(name).CallAsync(desk => desk.Enqueue(count, held ?? false))
        );
        app.MapPost(
            "/crash/desks/{name}/write",
            (string name, int value, IStatefulAgentDirectory agents) =>
                agents.Get<CrashDesk>(name).CallAsync(desk => desk.Write(value))
        );
        app.MapGet(
            "/crash/desks/{name}",
            (string name, IStatefulAgentDirectory agents) => agents.Get<CrashDesk>(name).CallAsync(desk => desk.View())
        );
        app.MapPost(
            "/crash/desks/{name}/count",
            async (string name, IStatefulAgentDirectory agents) =>
            {
                try
                {
                    return Results.Ok(await agents.Get<CrashDesk>(name).CallAsync(desk => desk.Count()));
                }
                catch (Exception exception) when (exception is ObjectElsewhereException or StoreUnavailableException)
                {
                    return Results.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
                }
            }
        );
    }
}
