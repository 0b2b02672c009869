using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Testing.Crashes;
using Everturn.Workflows;

namespace Everturn.Crash.Host;

/// <summary>What the tests need besides the product's own routes.</summary>
internal static class CrashEndpoints
{
    public static void MapCrash(this WebApplication app)
    {
        app.MapPost(
            "/crash/arm",
            (string? at, CrashMode? mode, CrashObserver observer) =>
                observer.Arm(at is null ? null : CrashSettings.Parse(at, mode ?? CrashMode.Kill))
        );
        app.MapGet(
            "/crash/arrivals",
            (CrashObserver observer) => observer.Arrivals.ToDictionary(pair => pair.Key.Name, pair => pair.Value)
        );
        app.MapGet("/crash/memory", HostMemory.Read);
        app.MapPost(
            "/crash/resume/{sessionId}/{requestId}",
            async (string sessionId, string requestId, IAgentExecutor executor, CancellationToken ct) =>
                (await executor.ResumeAsync(new SessionKey(sessionId), new() { RequestId = requestId }, ct)).RunId
        );
        app.MapPost(
            "/crash/workflows/{name}/{id}",
            (string name, string id, IWorkflowEngine engine, CancellationToken ct) =>
                engine.Client<int, string>(name).CreateAsync(300, id, creationToken: id, ct)
        );
        app.MapPost(
            "/crash/workflows/{name}/{id}/events/{type}",
            async (
                string name,
                string id,
                string type,
                string? payload,
                IWorkflowEngine engine,
                CancellationToken ct
            ) =>
            {
                try
                {
                    await engine.SendEventAsync(
                        new(name, id),
                        type,
                        JsonSerializer.SerializeToUtf8Bytes(payload ?? "yes"),
                        ct
                    );
                }
                catch (InstanceFinishedException)
                {
                    // Sent once more after a crash, and received the first time.
                }
            }
        );
        app.MapGet(
            "/crash/workflows/{name}/{id}",
            async (string name, string id, IWorkflowEngine engine, CancellationToken ct) =>
            {
                var instance = await engine.GetAsync(new(name, id), ct);
                return new InstanceView(
                    instance.Status.Value,
                    instance.Status == InstanceStatus.Complete ? instance.Output<string>() : null,
                    instance.Error?.Message,
                    instance.Rollback?.IsComplete
                );
            }
        );
    }
}

internal sealed record InstanceView(string Status, string? Output, string? Error, bool? RolledBack);
