using System.Text.Json;
using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>A server with a <see cref="PlayedWorkflow"/>, and an agent on the workflow runtime beside it.</summary>
internal static class PlayedHost
{
    public const string Instances = "/workflows/played/instances";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<SessionHost> StartAsync(
        PlayedWorkflow.Body play,
        Action<IServiceCollection>? configure = null,
        Action<WorkflowDefinitionOptions>? options = null
    ) => SessionHost.StartAsync(configure: services => Add(services, play, configure, options));

    public static Task<SessionHost> StartSignedInAsync(
        PlayedWorkflow.Body play,
        Action<IServiceCollection>? configure = null
    ) => SessionHost.StartSignedInAsync(services => Add(services, play, configure, null));

    /// <summary>Creates an instance over HTTP.</summary>
    public static async Task<JsonElement> CreateAsync(this SessionHost host, string id, string parameters = "null")
    {
        using var response = await host.Http.PostJsonAsync(Instances, $$"""{"id":"{{id}}","params":{{parameters}}}""");
        ((int)response.StatusCode).ShouldBe(201);
        return await response.JsonAsync();
    }

    public static Task<HttpResponseMessage> PatchAsync(this SessionHost host, string id, string body) =>
        SendAsync(host.Http, "PATCH", $"{Instances}/{id}/status", body);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, null, "application/json");
        }
        return await http.SendAsync(request, Token);
    }

    public static Task<JsonElement> GetAsync(this SessionHost host, string id) =>
        host.Http.GetJsonAsync($"{Instances}/{id}");

    /// <summary>Waits until an instance is somewhere in its life.</summary>
    public static async Task<JsonElement> StatusAsync(this SessionHost host, string id, string status)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var instance = await host.GetAsync(id);
            if (instance.Text("status") == status)
            {
                return instance;
            }
            limit.IsCancellationRequested.ShouldBeFalse($"{instance} is not {status}");
            await Task.Yield();
        }
    }

    /// <summary>All that the engine's store holds, as text: to see that a refused request changed nothing.</summary>
    public static async Task<string> InstancesAsync(this SessionHost host)
    {
        var store = host.Services.GetRequiredService<IWorkflowStore>();
        var text = new List<string>();
        foreach (var record in await store.ListAsync(new() { Limit = 1_000 }, Token))
        {
            var history = (await store.ReadAsync(record.Key, Token))!;
            text.Add($"{record.Key} {record.Status} {record.Error} {record.WakeAt}");
            text.AddRange(history.Journal.Select(step => $"{step.Key} {step.Outcome} {step.Attempt}"));
            text.AddRange(history.Events.Select(stored => $"{stored.Sequence} {stored.Type}"));
            var log = await store.ReadLogAsync(record.Key, 0, 10_000, Token);
            text.AddRange(log.Select(entry => $"{entry.Number} {entry.Entry.Type}"));
        }
        return string.Join('\n', text);
    }

    private static void Add(
        IServiceCollection services,
        PlayedWorkflow.Body play,
        Action<IServiceCollection>? configure,
        Action<WorkflowDefinitionOptions>? options
    )
    {
        services.AddSingleton(play);
        services.AddEverturn().AddWorkflow<PlayedWorkflow>(options);
        configure?.Invoke(services);
    }
}
